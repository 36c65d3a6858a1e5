#include "k8s/credentials.h"

#include <openssl/evp.h>

#include <utility>

namespace podreg::k8s {

namespace {

std::string base64(const std::string& text) {
  std::string coded(4 * ((text.size() + 2) / 3) + 1, '\0');
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(coded.data()),
                  reinterpret_cast<const unsigned char*>(text.data()),
                  static_cast<int>(text.size()));
  coded.pop_back();  // the final zero
  return coded;
}

}  // namespace

std::string basic_authorization(const Credentials& credentials) {
  if (credentials.username.empty() && credentials.password.empty()) return {};
  return base64(credentials.username + ":" + credentials.password);
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
