// A server that answers one request after the other as a test says, whatever connections they come
// over, and keeps what it was asked. A request too many gets no answer.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/raw_server.h"

namespace podreg::tests {

class TurnsServer {
 public:
  // Answers one request; false: the connection ends then.
  using Turn = std::function<bool(Peer&)>;

  explicit TurnsServer(std::vector<Turn> turns)
      : turns_(std::move(turns)), server_([this](Peer& peer) { serve(peer); }) {}

  std::string url() const { return server_.url(); }
  const RawServer& server() const { return server_; }

  // Head and body of each.
  std::vector<std::string> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  void serve(Peer& peer) {
    for (auto request = peer.read_request(); !request.empty(); request = peer.read_request()) {
      const Turn turn = next_turn(request + peer.read_body(request));
      if (!turn || !turn(peer)) return;
    }
  }

  Turn next_turn(std::string request) {
    const std::lock_guard lock(mutex_);
    const std::size_t number = requests_.size();
    requests_.push_back(std::move(request));
    return number < turns_.size() ? turns_[number] : nullptr;
  }

  std::vector<Turn> turns_;
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;
  RawServer server_;
};

// Turns that tests share.
inline TurnsServer::Turn answering(std::string status, std::string body = "",
                                   std::string headers = "", std::string type = "text/plain") {
  return [=](Peer& peer) { return peer.answer(status, type, body, headers); };
}

// Sends these bytes and ends the connection.
inline TurnsServer::Turn breaking_off_after(std::string bytes) {
  return [=](Peer& peer) {
    peer.write(bytes);
    return false;
  };
}

inline TurnsServer::Turn resetting_after(std::string bytes) {
  return [=](Peer& peer) {
    peer.write(bytes);
    peer.reset_at_close();
    return false;
  };
}

}  // namespace podreg::tests
