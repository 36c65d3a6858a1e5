// Asks the API server what the user of a connection may do.
//
// Format: authorization.k8s.io/v1 SelfSubjectAccessReview, SubjectAccessReview and
// authentication.k8s.io/v1 SelfSubjectReview, created with POST; the answer stands in the status of
// what is created. Nothing is stored. Everybody who is authenticated may ask both, as Kubernetes is
// installed.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/access.h"
#include "k8s/api_call.h"
#include "k8s/api_cluster.h"
#include "k8s/reading.h"
#include "k8s/server_warnings.h"
#include "k8s/transport.h"

namespace podreg::k8s {

class AccessReview final : public core::AccessReviewer {
 public:
  // Does not connect yet. Throws Error(invalid_data) when the server's address cannot be used.
  explicit AccessReview(Connection connection, ApiOptions options = {});

  // All are asked at the same time.
  std::vector<core::AccessAnswer> review(const std::vector<core::Permission>& permissions,
                                         const std::optional<std::string>& ns) override;

  std::vector<core::AccessAnswer> review_account(
      const std::string& ns, const std::string& account,
      const std::vector<core::Permission>& permissions) override;

  std::optional<core::Timestamp> time() override;

  std::string user() override;

 private:
  std::vector<core::AccessAnswer> ask(const ApiCall& call, const std::vector<std::string>& bodies);
  std::unique_ptr<Response> create(const ApiCall& call, std::string body);
  std::string answer_to(const ApiCall& call, Response& response);

  ServerWarnings warnings_;
  ReadObserver on_read_;
  Transport transport_;
  std::string date_;  // of the last answer: its header Date
};

}  // namespace podreg::k8s
