// An API server that goes wrong in one way, at one place of a conversation.
#pragma once

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>

#include "tests/support/raw_server.h"

namespace podreg::cli {

enum class Place { connect, tls, headers, body, trailers, watch };
enum class Fault { refused, reset, silence, trickle, cut, garbage, endless, slow_close };
enum class Does { read, write, watch };

// A proper answer, cut where a fault can stand.
struct Answer {
  std::string headers;   // with the empty line behind them
  std::string body;      // as one chunk
  std::string trailers;  // from the last chunk on

  Answer(const std::string& json, Fault fault, bool endless_body)
      : headers("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTrailer: X-Checksum\r\n" +
                std::string(fault == Fault::slow_close ? "Connection: close\r\n" : "") +
                "Transfer-Encoding: chunked\r\n\r\n"),
        body(size_line(fault == Fault::endless && endless_body ? 0x7fffffff : json.size()) + json +
             "\r\n"),
        trailers("0\r\nX-Checksum: 12\r\n\r\n") {}

  static std::string size_line(std::size_t size) { return fmt::format("{:x}\r\n", size); }
  std::string whole() const { return headers + body + trailers; }

  // What comes before the fault, which is in the middle of that part.
  std::string before(Place place) const {
    if (place == Place::headers) return headers.substr(0, headers.size() / 2);
    if (place == Place::trailers) return headers + body + trailers.substr(0, 8);
    return headers + body.substr(0, body.find(R"("kind":")") + 9);  // within a text
  }
};

// More of the same, without end.
inline std::string more_of(Place place) {
  if (place == Place::headers || place == Place::trailers) {
    return "X-More: " + std::string(1000, 'x') + "\r\n";
  }
  return std::string(1 << 16, 'x');
}

inline void trickle(tests::Peer& peer, const std::string& bytes) {
  for (const char byte : bytes) {
    if (!peer.write(std::string(1, byte))) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  peer.wait_for_end();
}

// Instead of `rest`, which would have been right.
inline void go_wrong(tests::Peer& peer, Fault fault, const std::string& rest,
                     const std::string& more) {
  switch (fault) {
    case Fault::refused:
    case Fault::cut:
      break;
    case Fault::reset:
      std::this_thread::sleep_for(std::chrono::milliseconds(10));  // what was written arrives
      peer.reset_at_close();
      break;
    case Fault::silence:
      peer.wait_for_end();
      break;
    case Fault::trickle:
      trickle(peer, rest);
      break;
    case Fault::garbage:
      peer.write(std::string("\x00\xff\x1b[31mGARBAGE\r\n\r\n", 17));
      break;
    case Fault::endless:
      while (peer.write(more)) {
      }
      break;
    case Fault::slow_close:
      peer.write(rest);
      peer.wait_for_end();
      break;
  }
}

inline constexpr const char* kService =
    R"({"kind":"Service","apiVersion":"v1","metadata":{"name":"shop","namespace":"demo"},)"
    R"("spec":{"selector":{"app":"shop"}}})";
inline constexpr const char* kPod =
    R"({"kind":"Pod","apiVersion":"v1","metadata":{"name":"shop-1","namespace":"demo",)"
    R"("resourceVersion":"7","labels":{"app":"shop"},)"
    R"("annotations":{"io.dubbo/metadata":"{\"a\":\"b\"}"}}})";

// The list or object at that address.
inline std::string proper_answer(const std::string& target) {
  if (target.find("/pods/shop-1") != std::string::npos) return kPod;
  const auto list = [](const std::string& kind, const std::string& items) {
    return R"({"kind":")" + kind + R"(","apiVersion":"v1","metadata":{"resourceVersion":"7"},)" +
           R"("items":[)" + items + "]}";
  };
  if (target.find("/services") != std::string::npos) return list("ServiceList", kService);
  if (target.find("/endpoints") != std::string::npos) return list("EndpointsList", "");
  return list("PodList", kPod);
}

struct Case {
  Place place;
  Fault fault;
  Does does;
};

// Behaves until the request that the fault is about: the first one, of a write the PATCH, of
// Place::watch the first watch.
class WorstServer {
 public:
  explicit WorstServer(Case one)
      : case_(one), server_([this](tests::Peer& peer) { serve(peer); }) {}

  std::string url() const {
    const bool tls = case_.place == Place::connect || case_.place == Place::tls;
    return (tls ? "https://" : "http://") + server_.authority();
  }
  int writes() const { return writes_; }

 private:
  void serve(tests::Peer& peer) {
    if (case_.place == Place::connect)
      return go_wrong(peer, case_.fault, {}, std::string(1000, 'x'));
    if (case_.place == Place::tls) return fail_handshake(peer);
    for (auto head = peer.read_request(); !head.empty(); head = peer.read_request()) {
      if (!answer(peer, head)) return;
    }
  }

  // A ServerHello that says that it is of 400 bytes.
  void fail_handshake(tests::Peer& peer) const {
    peer.read_some(4096);
    const std::string begin("\x16\x03\x03\x01\x90\x02\x00\x01\x8c\x03\x03", 11);
    peer.write(begin);
    go_wrong(peer, case_.fault, std::string(389, '\0'), std::string(1000, 'x'));
  }

  // False at the end of the conversation.
  bool answer(tests::Peer& peer, const std::string& head) {
    const bool is_write = head.starts_with("PATCH ");
    const bool is_watch = head.find("watch=") != std::string::npos;
    if (is_write) ++writes_;
    peer.read_body(head);
    if (head.find("sendInitialEvents=") != std::string::npos) return refuse_streaming(peer);
    const bool about = is_about(is_write, is_watch);
    const Answer proper(is_watch ? "{}" : proper_answer(head.substr(0, head.find(" HTTP/"))),
                        about ? case_.fault : Fault::cut, case_.place == Place::body);
    if (!about) {
      return is_watch ? hold(peer, proper) : peer.write(proper.whole());
    }
    if (case_.fault == Fault::refused) return refuse(peer);
    const auto place = case_.place == Place::watch ? Place::body : case_.place;
    const auto before = case_.place == Place::watch ? proper.headers : proper.before(place);
    peer.write(before);
    const auto whole = proper.whole();
    go_wrong(peer, case_.fault, whole.substr(before.size()), more_of(place));
    return false;
  }

  bool is_about(bool is_write, bool is_watch) const {
    if (case_.place == Place::watch) return is_watch;
    return case_.does == Does::write ? is_write : !is_watch;
  }

  // A watch on which nothing happens.
  static bool hold(tests::Peer& peer, const Answer& proper) {
    peer.write(proper.headers);
    peer.wait_for_end();
    return false;
  }

  // As an API server before 1.27: lists it is.
  static bool refuse_streaming(tests::Peer& peer) {
    return peer.answer("422 Unprocessable Entity", "text/plain", "sendInitialEvents is forbidden");
  }

  static bool refuse(tests::Peer& peer) {
    return peer.answer("503 Service Unavailable", "text/plain", "not now");
  }

  Case case_;
  std::atomic<int> writes_{0};
  tests::RawServer server_;
};

}  // namespace podreg::cli
