#include "k8s/masking.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/json.h"
#include "k8s/wiped_memory.h"

namespace podreg::k8s {
namespace {

// Letters in lower case, and digits; nothing else.
std::string plain_name(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') plain += static_cast<char>(c + 32);
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) plain += c;
  }
  return plain;
}

// "token" and "id_token", but not "serviceAccountTokens".
bool names_secret(std::string_view name) {
  static constexpr std::array<std::string_view, 9> kEndings = {
      "token",  "password",      "passwd",        "secret",    "apikey",
      "bearer", "clientkeydata", "authorization", "privatekey"};
  const std::string plain = plain_name(name);
  return std::ranges::any_of(kEndings, [&](auto ending) { return plain.ends_with(ending); });
}

// Copies JSON, and leaves out what is secret.
class JsonMasker {
 public:
  JsonMasker(std::string_view text, const std::vector<std::string>& secrets)
      : text_(text), secrets_(secrets) {}

  std::string masked() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') {
        copy_text();
        continue;
      }
      if (c == '{') open();
      if (c == '}') close();
      out_ += c;
      ++at_;
    }
    return std::move(out_);
  }

 private:
  void copy_text() {
    const std::string_view text = take_text();
    if (is_key()) {
      key_ = text;
      out_ += text;
    } else if (names_secret(key_) || secret_depth_ || hides_secret(text)) {
      out_ += '"';
      out_ += kMasked;
      out_ += '"';
    } else {
      out_ += text;
    }
  }

  bool hides_secret(std::string_view quoted) const {
    if (secrets_.empty() || quoted.find('\\') == std::string_view::npos) return false;
    core::JsonDocument document;
    document.Parse(quoted.data(), quoted.size());
    if (document.HasParseError() || !document.IsString()) return false;
    const std::string text(document.GetString(), document.GetStringLength());
    return mask_occurrences(text, secrets_) != text;
  }

  // With its quotation marks; the last one is absent where the JSON ends.
  std::string_view take_text() {
    const std::size_t begin = at_++;
    while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2U : 1U;
    at_ = std::min(at_ + 1, text_.size());
    return text_.substr(begin, at_ - begin);
  }

  bool is_key() const {
    const auto next = text_.find_first_not_of(" \t\r\n", at_);
    return next != std::string_view::npos && text_[next] == ':';
  }

  void open() {
    ++depth_;
    if (!secret_depth_ && (key_ == "\"data\"" || key_ == "\"stringData\"")) secret_depth_ = depth_;
    key_ = {};
  }

  void close() {
    if (secret_depth_ == depth_) secret_depth_.reset();
    --depth_;
    key_ = {};
  }

  std::string_view text_;
  const std::vector<std::string>& secrets_;
  std::size_t at_ = 0;
  std::string out_;
  std::string_view key_;  // the last one, with its quotation marks
  int depth_ = 0;
  std::optional<int> secret_depth_;  // of the object in which everything is
};

// From "?" or "&" up to the "=" behind it.
std::string_view parameter_at(std::string_view text, std::size_t at) {
  const auto end = text.find_first_of("=?&# \t\"'<>", at + 1);
  if (end == std::string_view::npos || text[end] != '=') return {};
  return text.substr(at + 1, end - at - 1);
}

}  // namespace

std::string mask_header(std::string_view name, std::string_view value) {
  const std::string plain = plain_name(name);
  const bool secret = names_secret(name) || plain == "cookie" || plain == "setcookie";
  return std::string(name) + ": " + (secret ? std::string(kMasked) : mask_url(value));
}

std::string mask_url(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    out += text[at];
    if (out.ends_with("://")) {
      const auto authority =
          text.substr(at + 1, text.find_first_of("/?# \t\"'<>", at + 1) - at - 1);
      const auto end = authority.rfind('@');  // a password may hold another
      if (end == std::string_view::npos) continue;
      out += kMasked;
      at += end;
    } else if (text[at] == '?' || text[at] == '&') {
      const auto name = parameter_at(text, at);
      if (name.empty() || !names_secret(name)) continue;
      out.append(name).append("=").append(kMasked);
      const auto end = text.find_first_of("&# \t\"'<>", at + name.size() + 2);
      at = std::min(end, text.size()) - 1;
    }
  }
  return out;
}

std::string mask_json(std::string_view text, const std::vector<std::string>& secrets) {
  return JsonMasker(text, secrets).masked();
}

std::string mask_occurrences(std::string text, const std::vector<std::string>& secrets) {
  constexpr std::size_t kShortest = 4;
  for (const std::string& secret : secrets) {
    if (secret.size() < kShortest) continue;
    for (auto at = text.find(secret); at != std::string::npos;
         at = text.find(secret, at + kMasked.size())) {
      text.replace(at, secret.size(), kMasked);
    }
  }
  return text;
}

SentSecrets::~SentSecrets() {
  const WipedMemory wiped;
  std::vector<std::string>().swap(texts_);  // and not its strings alone
}

}  // namespace podreg::k8s
