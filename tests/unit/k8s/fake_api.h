// An API server for tests of ApiCluster, and how they ask it.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "core/error.h"
#include "k8s/api_cluster.h"
#include "tests/support/fake_clock.h"
#include "tests/support/raw_server.h"

namespace podreg::k8s {

inline constexpr const char* kJson = "application/json";
struct Answer {
  std::string type = kJson;
  std::string body;
  std::string status = "200 OK";
  std::string headers = {};
};

inline std::string not_found(const std::string& name) {
  return R"({"kind":"Status","apiVersion":"v1","status":"Failure","reason":"NotFound","code":404,)"
         R"("message":"not found","details":{"name":")" +
         name + "\"}}";
}

// An API server that has one answer for each target, "PATCH TARGET" for a patch; anything else does
// not exist.
class FakeApi {
 public:
  explicit FakeApi(std::map<std::string, Answer> answers)
      : answers_(std::move(answers)), server_([this](tests::Peer& peer) { serve(peer); }) {}

  Connection connection() const {
    Connection connection;
    connection.server = server_.url();
    connection.user = "tester";
    return connection;
  }

  // Targets that were asked for, and the last request as a whole.
  std::vector<std::string> targets() const {
    const std::lock_guard lock(mutex_);
    return targets_;
  }
  std::string last_request() const {
    const std::lock_guard lock(mutex_);
    return last_request_;
  }

 private:
  void serve(tests::Peer& peer) {
    for (auto request = peer.read_request(); !request.empty(); request = peer.read_request()) {
      const auto begin = request.starts_with("GET ") ? 4U : 0U;
      const auto target = request.substr(begin, request.find(" HTTP/") - begin);
      const auto body = peer.read_body(request);
      {
        const std::lock_guard lock(mutex_);
        targets_.push_back(target);
        last_request_ = request + body;
      }
      const auto found = answers_.find(target);
      if (found == answers_.end()) {
        peer.answer("404 Not Found", kJson, not_found("it"));
      } else {
        const auto& answer = found->second;
        peer.answer(answer.status, answer.type, answer.body, answer.headers);
      }
    }
  }

  std::map<std::string, Answer> answers_;
  mutable std::mutex mutex_;
  std::vector<std::string> targets_;
  std::string last_request_;
  tests::RawServer server_;
};

template <typename Action>
core::Error error_of(Action action) {
  try {
    action();
  } catch (const core::Error& error) {
    return error;
  }
  return {core::ErrorKind::usage, "no error"};
}

// Without a pause between attempts.
inline ApiOptions quick(tests::FakeClock& clock) {
  ApiOptions options;
  options.clock = &clock;
  return options;
}

}  // namespace podreg::k8s
