// Credentials that are others after each refusal.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/error.h"
#include "k8s/credentials.h"

namespace podreg::k8s {

// Gives one token after the other, the next after each refusal. An empty one cannot be had now, and
// the next one later.
class TokensInTurn final : public CredentialSource {
 public:
  explicit TokensInTurn(std::vector<std::string> tokens) : tokens_(std::move(tokens)) {}

  Credentials current() override {
    Credentials credentials;
    credentials.token = tokens_.at(refusals);
    if (credentials.token.empty()) {
      ++refusals;
      throw core::Error(core::ErrorKind::invalid_data, "there is no token at the moment");
    }
    return credentials;
  }

  std::size_t refusals = 0;

 private:
  bool refused() override { return ++refusals < tokens_.size(); }

  std::vector<std::string> tokens_;
};

}  // namespace podreg::k8s
