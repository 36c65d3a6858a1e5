#include "k8s/response.h"

#include <utility>

#include "k8s/masking.h"
#include "k8s/transfer.h"

namespace podreg::k8s {
namespace {

// Of an answer that is not what was hoped for: read, so that its connection can be used again.
constexpr std::size_t kDrained = std::size_t{64} << 10;

}  // namespace

Response::Response(Transport& transport, Request request)
    : transport_(transport),
      request_(std::move(request)),
      retries_(transport.clock_, transport.options_.jitter, transport.options_.timeouts.whole,
               request_.method != "GET" && !request_.changes_nothing) {
  begin();
}

Response::~Response() = default;

void Response::begin() {
  transfer_.reset();  // what it has seen is told before the next one begins
  generation_ = generation_of(transport_.connection_.credentials.get());
  transfer_ = transport_.attempt(request_, began_);
  settled_ = false;
}

int Response::status() {
  while (!settled_) {
    const auto error = head_error();
    settled_ = true;
    const bool again = error ? ask_again_after_fault(error->what()) : ask_again_after_answer();
    if (!again && error) throw core::Error(*error);
  }
  return transfer_->status();
}

std::optional<core::Error> Response::head_error() {
  try {
    transfer_->status();
    return std::nullopt;
  } catch (const core::Error& error) {
    return error;
  }
}

bool Response::ask_again_after_answer() {
  const int status = transfer_->status();
  if (status == 401 && !refused_) {
    refused_ = true;
    if (!renew(transport_.connection_.credentials.get(), generation_)) return false;
    return ask_again_in(std::chrono::milliseconds(0), "401");
  }
  return ask_again_in(retries_.after(status, header("Retry-After")), std::to_string(status));
}

bool Response::ask_again_after_fault(const std::string& reason) {
  return ask_again_in(retries_.after(transfer_->fault()), reason);
}

bool Response::ask_again() { return ask_again_after_fault("its answer broke off"); }

bool Response::ask_again_in(std::optional<std::chrono::milliseconds> pause,
                            const std::string& reason) {
  if (!pause) return false;
  if (transport_.options_.on_retry) {
    transport_.options_.on_retry(
        {request_.method, mask_url(transport_.server_.url() + request_.target), reason, *pause});
  }
  transfer_->drain(kDrained);
  if (pause->count() > 0) transport_.clock_.sleep(*pause);
  begin();
  return true;
}

std::string Response::header(std::string_view name) {
  return header_value(transfer_->headers(), name);
}

std::vector<std::string> Response::headers(std::string_view name) {
  return header_values(transfer_->headers(), name);
}

std::string_view Response::next() {
  status();
  return transfer_->next();
}

std::string_view Response::rest() { return transfer_->rest(); }

const SentSecrets& Response::secrets() const { return transfer_->secrets(); }

std::string Response::read_up_to(std::size_t limit) {
  status();
  return transfer_->read_up_to(limit);
}

}  // namespace podreg::k8s
