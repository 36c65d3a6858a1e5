// Takes secrets out of what is shown of requests and answers. What takes their place is "<masked>".
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/setting.h"

namespace podreg::k8s {

using core::kMasked;

// "Name: value" without the value when the name is that of a credential or cookie; otherwise with
// the value as mask_url leaves it.
std::string mask_header(std::string_view name, std::string_view value);

// Of each URL in the text, the user name and password, and the values of parameters whose names say
// that they are secrets.
std::string mask_url(std::string_view text);

// JSON, or its beginning: the texts under names that say that they are secrets (token, password,
// client-key-data, …), and all texts in `data` and `stringData`, which is where a Secret has its
// own, and those in which one of the secrets hides behind escapes ("\u0041"). What looks like JSON
// inside of a text is left: an annotation is shown as it is.
std::string mask_json(std::string_view text, const std::vector<std::string>& secrets = {});

// Every occurrence of one of the secrets; those shorter than four bytes are not looked for.
std::string mask_occurrences(std::string text, const std::vector<std::string>& secrets);

// Secrets that were sent, kept for as long as they may come back; then they are overwritten.
class SentSecrets {
 public:
  explicit SentSecrets(std::vector<std::string> texts) : texts_(std::move(texts)) {}
  ~SentSecrets();
  SentSecrets(const SentSecrets&) = delete;
  SentSecrets& operator=(const SentSecrets&) = delete;

  const std::vector<std::string>& texts() const { return texts_; }
  std::string masked(std::string text) const { return mask_occurrences(std::move(text), texts_); }

 private:
  std::vector<std::string> texts_;
};

}  // namespace podreg::k8s
