// An API server that answers SelfSubjectAccessReviews: a plain one on 127.0.0.1.
#pragma once

#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/raw_server.h"

namespace podreg::tests {

class FakeReviewer {
 public:
  // `denied` are texts like `"verb":"list","group":"","resource":"pods"`; a review that has one of
  // them is denied. Without `user` SelfSubjectReview does not exist, as before Kubernetes 1.28.
  explicit FakeReviewer(std::set<std::string> denied, std::string user = "ann")
      : denied_(std::move(denied)),
        user_(std::move(user)),
        server_([this](Peer& peer) { serve(peer); }) {}

  std::string url() const { return server_.url(); }

  // Request line and body of each request.
  std::vector<std::string> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  void serve(Peer& peer) {
    for (auto request = peer.read_request(); !request.empty(); request = peer.read_request()) {
      const auto body = peer.read_body(request);
      {
        const std::lock_guard lock(mutex_);
        requests_.push_back(request.substr(0, request.find(" HTTP/")) + " " + body);
      }
      const std::string reviews = "POST /apis/authorization.k8s.io/v1/";
      if (request.starts_with(reviews + "selfsubjectaccessreviews ") ||
          request.starts_with(reviews + "subjectaccessreviews ")) {
        peer.answer("201 Created", "application/json", review(body));
      } else if (!user_.empty() &&
                 request.starts_with("POST /apis/authentication.k8s.io/v1/selfsubjectreviews ")) {
        peer.answer(
            "201 Created", "application/json",
            R"({"kind":"SelfSubjectReview","status":{"userInfo":{"username":")" + user_ + "\"}}}");
      } else {
        peer.answer("404 Not Found", "text/plain", "404 page not found");
      }
    }
  }

  std::string review(const std::string& body) const {
    for (const auto& text : denied_) {
      if (body.find(text) != std::string::npos) {
        return R"({"kind":"SelfSubjectAccessReview","status":{"allowed":false,"reason":"no"}})";
      }
    }
    return R"({"kind":"SelfSubjectAccessReview","status":{"allowed":true,"reason":"bound"}})";
  }

  std::set<std::string> denied_;
  std::string user_;
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;
  RawServer server_;
};

}  // namespace podreg::tests
