#include "k8s/exchange_record.h"

#include "k8s/masking.h"
#include "k8s/media_types.h"

namespace podreg::k8s {
namespace {

// More than is shown, so that a secret at its end is found as a whole.
constexpr std::size_t kKept = kShownBody + (std::size_t{16} << 10);

bool is_json(const std::string& type) {
  return type == "application/json" || type.ends_with("+json");
}

std::string masked_line(std::string_view line) {
  const auto colon = line.find(": ");
  if (colon == std::string_view::npos || line.find(' ') < colon) return mask_url(line);
  return mask_header(line.substr(0, colon), line.substr(colon + 2));
}

}  // namespace

void ExchangeRecord::take_request_head(std::string_view head) {
  while (!head.empty()) {
    const auto end = std::min(head.find("\r\n"), head.size());
    if (end != 0) request_headers_.push_back(secrets_.masked(masked_line(head.substr(0, end))));
    head.remove_prefix(std::min(end + 2, head.size()));
  }
}

void ExchangeRecord::take_sent_body(std::string_view type, std::string_view body) {
  if (detail_ == Detail::bodies) sent_ = shown(type, body.substr(0, kKept), body.size());
}

void ExchangeRecord::take_received(std::string_view bytes) {
  if (detail_ == Detail::bodies && received_.size() < kKept) {
    received_.append(bytes.substr(0, kKept - received_.size()));
  }
}

ShownBody ExchangeRecord::shown(std::string_view type, std::string_view beginning,
                                std::uint64_t size) const {
  ShownBody body;
  body.type = media_type(type);
  body.size = size;
  body.is_text = is_json(body.type) || body.type.starts_with("text/");
  if (!body.is_text) return body;
  body.beginning = secrets_.masked(is_json(body.type) ? mask_json(beginning, secrets_.texts())
                                                      : mask_url(beginning));
  if (body.beginning.size() > kShownBody) body.beginning.resize(kShownBody);
  return body;
}

Exchange ExchangeRecord::finish(Exchange exchange, const Headers& headers) {
  exchange.url = secrets_.masked(mask_url(exchange.url));
  if (detail_ == Detail::line) return exchange;
  exchange.request_headers = std::move(request_headers_);
  for (const auto& [name, value] : headers) {
    exchange.response_headers.push_back(secrets_.masked(mask_header(name, value)));
  }
  if (detail_ != Detail::bodies) return exchange;
  exchange.sent = std::move(sent_);
  exchange.received = shown(header_value(headers, "Content-Type"), received_, exchange.bytes);
  return exchange;
}

}  // namespace podreg::k8s
