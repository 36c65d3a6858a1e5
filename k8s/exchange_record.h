// Keeps of an attempt what is to be shown of it, as far as somebody wants to see it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "k8s/exchange.h"
#include "k8s/headers.h"
#include "k8s/masking.h"

namespace podreg::k8s {

class ExchangeRecord {
 public:
  // `secrets` are masked wherever they appear.
  ExchangeRecord(Detail detail, std::vector<std::string> secrets)
      : detail_(detail), secrets_(std::move(secrets)) {}

  bool wants_headers() const { return detail_ != Detail::line; }

  // The lines of a request's head, as they are sent.
  void take_request_head(std::string_view head);
  void take_sent_body(std::string_view type, std::string_view body);
  void take_received(std::string_view bytes);

  // With all that was taken, masked; the answer's headers are "Name" and "value".
  Exchange finish(Exchange exchange, const Headers& headers);

  // Also for texts that are shown without being asked for: errors.
  const SentSecrets& secrets() const { return secrets_; }

 private:
  ShownBody shown(std::string_view type, std::string_view beginning, std::uint64_t size) const;

  Detail detail_;
  SentSecrets secrets_;
  std::vector<std::string> request_headers_;
  ShownBody sent_;
  std::string received_;
};

}  // namespace podreg::k8s
