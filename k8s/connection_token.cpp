#include "k8s/connection_token.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/ascii.h"
#include "core/error.h"
#include "k8s/connection_file.h"
#include "k8s/wiped_memory.h"

namespace podreg::k8s {

using core::Error;
using core::ErrorKind;

TokenFile::TokenFile(std::string path, std::string what, std::string hint, std::string fallback,
                     SteadyNow now)
    : path_(std::move(path)),
      what_(std::move(what)),
      hint_(std::move(hint)),
      fallback_(std::move(fallback)),
      now_(std::move(now)) {}

std::string TokenFile::token() {
  const std::lock_guard lock(mutex_);
  const auto time = now_();
  if (!read_at_ || time - *read_at_ >= kTokenPeriod) {
    const WipedMemory wiped;  // of the one before
    if (read_again()) read_at_ = time;
  }
  return token_;
}

void TokenFile::forget() {
  const std::lock_guard lock(mutex_);
  read_at_.reset();
}

// As client-go: a file that cannot be read for a moment is no reason to end while its token works.
bool TokenFile::read_again() {
  try {
    token_ = read();
  } catch (const Error&) {
    if (read_at_) return false;
    if (fallback_.empty()) throw;
    token_ = fallback_;
  }
  return true;
}

std::string TokenFile::read() const {
  const WipedMemory wiped;
  std::string token(
      core::trimmed(read_connection_file(path_, what_, kLargestCredential, hint_), " \t\r\n\v\f"));
  if (token.empty()) {
    throw Error(ErrorKind::invalid_data, fmt::format("{}: {} is empty", what_, path_), hint_);
  }
  check_token_text(token, fmt::format("{} ({})", what_, path_));
  return token;
}

bool fits_header(std::string_view token) {
  return std::ranges::all_of(token, [](char c) { return c > ' ' && c < 0x7f; });
}

void check_token_text(const std::string& token, const std::string& what) {
  if (fits_header(token)) return;
  throw Error(
      ErrorKind::invalid_data,
      fmt::format("{} holds spaces, line breaks or other characters that no token has", what),
      "a token is one line of letters, digits and signs");
}

}  // namespace podreg::k8s
