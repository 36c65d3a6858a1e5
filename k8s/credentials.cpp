#include "k8s/credentials.h"

#include <utility>

#include "core/base64.h"

namespace podreg::k8s {

std::string basic_authorization(const Credentials& credentials) {
  if (credentials.username.empty() && credentials.password.empty()) return {};
  return core::encode_base64(credentials.username + ":" + credentials.password);
}

std::vector<std::string> secrets_of(const Credentials& credentials) {
  return {credentials.token, core::encode_base64(credentials.token), credentials.password,
          basic_authorization(credentials)};
}

int CredentialSource::generation() const {
  const std::lock_guard lock(mutex_);
  return generation_;
}

bool CredentialSource::renew(int generation) {
  const std::lock_guard lock(mutex_);
  if (generation != generation_) return true;
  if (!refused()) return false;
  ++generation_;
  return true;
}

int generation_of(const CredentialSource* source) {
  return source == nullptr ? 0 : source->generation();
}

bool renew(CredentialSource* source, int generation) {
  return source != nullptr && source->renew(generation);
}

FixedCredentials::FixedCredentials(Credentials credentials, std::shared_ptr<TokenFile> token_file)
    : credentials_(std::move(credentials)), token_file_(std::move(token_file)) {}

Credentials FixedCredentials::current() {
  Credentials now = credentials_;
  if (token_file_) now.token = token_file_->token();
  return now;
}

bool FixedCredentials::refused() {
  if (!token_file_) return false;
  token_file_->forget();
  return true;
}

std::shared_ptr<CredentialSource> bearer_token(std::string token) {
  Credentials credentials;
  credentials.token = std::move(token);
  return std::make_shared<FixedCredentials>(std::move(credentials));
}

}  // namespace podreg::k8s
