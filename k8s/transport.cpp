#include "k8s/transport.h"

#include <algorithm>
#include <utility>

#include "k8s/credentials_to_send.h"
#include "k8s/live_answer.h"
#include "k8s/response.h"
#include "k8s/system_clock.h"
#include "k8s/transfer.h"
#include "k8s/wiped_memory.h"

namespace podreg::k8s {

Timeouts Timeouts::within(std::chrono::milliseconds whole) {
  Timeouts timeouts;
  timeouts.answer = std::chrono::milliseconds(0);
  timeouts.whole = whole;
  if (whole.count() != 0) timeouts.connect = std::min(timeouts.connect, whole);
  return timeouts;
}

Transport::Transport(Connection connection, TransportOptions options)
    : connection_(std::move(connection)),
      server_(parse_server(connection_.server)),
      options_(std::move(options)),
      clock_(options_.clock != nullptr ? *options_.clock : system_clock()),
      multiplexer_(std::make_unique<Multiplexer>()) {
  if (!options_.jitter) options_.jitter = random_share;
}

Transport::~Transport() = default;

std::unique_ptr<Response> Transport::start(Request request) {
  return std::make_unique<Response>(*this, std::move(request));
}

std::unique_ptr<LiveAnswer> Transport::start_live(const Request& request) {
  return std::make_unique<LiveAnswer>(*this, request);
}

void Transport::work() { multiplexer_->work(); }

bool Transport::wait(std::chrono::milliseconds limit, int descriptor) {
  return multiplexer_->wait(limit, descriptor);
}

void Transport::hang_up() {
  const auto near = multiplexer_->near;
  multiplexer_ = std::make_unique<Multiplexer>();
  multiplexer_->near = near;
}

std::unique_ptr<Transfer> Transport::attempt(const Request& request, SteadyTime began) {
  const WipedMemory wiped;
  const auto credentials =
      credentials_to_send(connection_, server_, options_.allow_plaintext_token);
  const TransferContext context{connection_, server_, options_, *multiplexer_};
  return std::make_unique<Transfer>(context, request, credentials, began);
}

bool Transport::is_far() const {
  if (options_.compression != Compression::automatic)
    return options_.compression == Compression::on;
  return !multiplexer_->near.value_or(true);
}

}  // namespace podreg::k8s
