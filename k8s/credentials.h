// Who a request comes from.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "k8s/connection_token.h"

namespace podreg::k8s {

// All that a request may carry to say so; each is empty when there is none.
struct Credentials {
  std::string token;     // bearer
  std::string username;  // basic authentication, when there is no token
  std::string password;
  std::string client_cert_pem;
  std::string client_key_pem;
};

// What basic authentication sends of them: base64 of "username:password"; empty when there is
// neither.
std::string basic_authorization(const Credentials& credentials);

// What of them nobody may see, in the forms in which they are sent, or may come back.
std::vector<std::string> secrets_of(const Credentials& credentials);

// Where they come from: a kubeconfig's fields, files that rotate, a plugin. Shared by all that
// talks to one API server, and may be used from any thread.
class CredentialSource {
 public:
  virtual ~CredentialSource() = default;

  // Those of this moment; called before each request. Throws Error when they cannot be
  // had: invalid_data, and what ExecPlugin says.
  virtual Credentials current() = 0;

  // Of the credentials that a request begins with now: to be asked before they are.
  int generation() const;

  // After a 401 to credentials of that generation: whether there may be others by now, so that
  // asking once more makes sense. Several requests may be refused at the same time; only the first
  // of them makes new credentials.
  bool renew(int generation);

 private:
  // The server answered 401 to the last ones: forgets what is cached, and returns whether current()
  // may then give others.
  virtual bool refused() = 0;

  mutable std::mutex mutex_;
  int generation_ = 0;  // the next one after each that was refused
};

// The same where there may be no source (nullptr), which never has others.
int generation_of(const CredentialSource* source);
bool renew(CredentialSource* source, int generation);

// The same each time, but for a token that stands in a file. May be used from any thread.
class FixedCredentials final : public CredentialSource {
 public:
  // With a `token_file`, its token takes the place of the one in `credentials`.
  explicit FixedCredentials(Credentials credentials,
                            std::shared_ptr<TokenFile> token_file = nullptr);

  Credentials current() override;

 private:
  bool refused() override;

  Credentials credentials_;
  std::shared_ptr<TokenFile> token_file_;
};

// A bearer token and nothing else.
std::shared_ptr<CredentialSource> bearer_token(std::string token);

}  // namespace podreg::k8s
