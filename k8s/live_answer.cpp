#include "k8s/live_answer.h"

#include "k8s/transfer.h"

namespace podreg::k8s {

LiveAnswer::LiveAnswer(Transport& transport, const Request& request)
    : transport_(transport),
      generation_(generation_of(transport.connection_.credentials.get())),
      transfer_(transport.attempt(request, std::chrono::steady_clock::now())) {}

LiveAnswer::~LiveAnswer() = default;

std::optional<int> LiveAnswer::status() {
  if (!transfer_->answered()) return std::nullopt;
  return transfer_->status();
}

std::string LiveAnswer::header(std::string_view name) {
  return header_value(transfer_->headers(), name);
}

std::vector<std::string> LiveAnswer::headers(std::string_view name) {
  return header_values(transfer_->headers(), name);
}

std::string_view LiveAnswer::take() { return transfer_->take(); }

bool LiveAnswer::ended() const { return transfer_->ended(); }

std::optional<core::Error> LiveAnswer::error() const { return transfer_->error(); }

Fault LiveAnswer::fault() const { return transfer_->fault(); }

std::string_view LiveAnswer::next() { return transfer_->next(); }

std::string_view LiveAnswer::rest() { return transfer_->rest(); }

const SentSecrets& LiveAnswer::secrets() const { return transfer_->secrets(); }

FailedAnswer LiveAnswer::read_failure() {
  FailedAnswer answer{*status(), header("Content-Type"), header("Location")};
  try {
    answer.take_body(transfer_->read_up_to(kLargestErrorBody), secrets());
  } catch (const core::Error&) {
    return answer;  // half a Status says nothing
  }
  return answer;
}

bool LiveAnswer::renew_credentials() {
  return renew(transport_.connection_.credentials.get(), generation_);
}

}  // namespace podreg::k8s
