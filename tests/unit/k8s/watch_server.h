// A server for tests of watches: every connection is one request, which the test answers as it
// likes and when it likes; and what follows it.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "core/error.h"
#include "k8s/reflector.h"
#include "k8s/system_clock.h"
#include "tests/support/turns_server.h"
#include "tests/unit/k8s/transport_calls.h"

namespace podreg::k8s {

inline std::string pod_json(const std::string& name, const std::string& version,
                            const std::string& annotation = "{}") {
  std::string escaped;
  for (const char c : annotation) {
    if (c == '"') escaped += '\\';
    escaped += c;
  }
  return R"({"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"name":")" +
         name + R"(","namespace":"demo","resourceVersion":")" + version +
         R"(","annotations":{"io.dubbo/metadata":")" + escaped + "\"}}}";
}

inline std::string event(const std::string& type, const std::string& object) {
  return R"({"type":")" + type + R"(","object":)" + object + "}\n";
}

inline std::string bookmark(const std::string& version, bool initial_end = false) {
  const std::string annotations =
      initial_end ? R"(,"annotations":{"k8s.io/initial-events-end":"true"})" : "";
  return event("BOOKMARK", R"({"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1",)"
                           R"("metadata":{"resourceVersion":")" +
                               version + "\"" + annotations + "}}");
}

inline std::string error_event(int code, const std::string& reason) {
  return event("ERROR",
               R"({"kind":"Status","apiVersion":"v1","status":"Failure","message":"it is )" +
                   reason + R"(","reason":")" + reason + R"(","code":)" + std::to_string(code) +
                   "}");
}

// A list of pods, as JSON.
inline std::string pod_list_json(const std::vector<std::string>& pods, const std::string& version) {
  std::string items;
  for (const auto& pod : pods) items += (items.empty() ? "" : ",") + pod;
  return R"({"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1","metadata":)"
         R"({"resourceVersion":")" +
         version + R"("},"items":[)" + items + "]}";
}

inline tests::TurnsServer::Turn listing(const std::vector<std::string>& pods,
                                        const std::string& version) {
  return tests::answering("200 OK", pod_list_json(pods, version), "", "application/json");
}

inline tests::TurnsServer::Turn failing(const std::string& status, const std::string& reason,
                                        const std::string& headers = "") {
  return tests::answering(status,
                          R"({"kind":"Status","apiVersion":"v1","status":"Failure","reason":")" +
                              reason + R"(","message":"no","code":)" + status.substr(0, 3) + "}",
                          headers, "application/json");
}

inline std::string chunk(const std::string& bytes) {
  char size[20];
  std::snprintf(size, sizeof size, "%zx\r\n", bytes.size());
  return size + bytes + "\r\n";
}

inline const std::string kWatchHead =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json;stream=watch\r\n"
    "Transfer-Encoding: chunked\r\n\r\n";

// A watch with these bytes, which then goes on without a word.
inline tests::TurnsServer::Turn watching(const std::string& bytes) {
  return [bytes](tests::Peer& peer) {
    peer.write(kWatchHead + (bytes.empty() ? "" : chunk(bytes)));
    peer.wait_for_end();
    return false;
  };
}

// One that the server ends as it should.
inline tests::TurnsServer::Turn watching_and_ending(const std::string& bytes) {
  return [bytes](tests::Peer& peer) { return peer.write(kWatchHead + chunk(bytes) + "0\r\n\r\n"); };
}

// One that sends these bytes again and again, for ever, so often.
inline tests::TurnsServer::Turn watching_without_end(const std::string& bytes,
                                                     std::chrono::milliseconds pause = {}) {
  return [=](tests::Peer& peer) {
    bool taken = peer.write(kWatchHead);
    while (taken) {
      taken = peer.write(chunk(bytes));
      std::this_thread::sleep_for(pause);
    }
    return false;
  };
}

// One that breaks off behind the bytes.
inline tests::TurnsServer::Turn watching_and_breaking_off(const std::string& bytes) {
  return tests::breaking_off_after(kWatchHead + chunk(bytes));
}

// The refusal of a server that cannot stream lists.
inline tests::TurnsServer::Turn refusing_to_stream() {
  return failing("422 Unprocessable Entity", "Invalid");
}

}  // namespace podreg::k8s
