#include "k8s/port_forward_frames.h"

#include <openssl/rand.h>

#include <new>
#include <utility>

#include "core/short_text.h"

namespace podreg::k8s {
namespace {

constexpr std::uint64_t kLargestMessage = std::uint64_t{4} << 20;
constexpr char kData = 0;
constexpr char kError = 1;

PortForwardFrames& self(void* frames) { return *static_cast<PortForwardFrames*>(frames); }

}  // namespace

PortForwardFrames::PortForwardFrames() {
  wslay_event_callbacks callbacks{};
  callbacks.recv_callback = &PortForwardFrames::on_receive;
  callbacks.send_callback = &PortForwardFrames::on_send;
  callbacks.genmask_callback = &PortForwardFrames::on_mask;
  callbacks.on_msg_recv_callback = &PortForwardFrames::on_message;
  wslay_event_context_ptr context = nullptr;
  if (wslay_event_context_client_init(&context, &callbacks, this) != 0) throw std::bad_alloc();
  websocket_.reset(context);
  wslay_event_config_set_max_recv_msg_length(context, kLargestMessage);
}

void PortForwardFrames::feed(std::string_view bytes) {
  if (ended_) return;
  arrived_ = bytes;
  const bool broken = wslay_event_recv(websocket_.get()) != 0;
  arrived_ = {};
  flush();
  if (ended_) return;
  ended_ = broken || wslay_event_get_close_received(websocket_.get()) != 0 ||
           wslay_event_get_read_enabled(websocket_.get()) == 0;
  // After a fault of the other side wslay reads no more, and has queued a close frame that says so.
  if (ended_ && wslay_event_get_close_received(websocket_.get()) == 0) {
    reason_ = "the API server's WebSocket frames are not well formed, or too large";
  }
}

void PortForwardFrames::send(std::string_view bytes) {
  std::string payload(1, kData);
  payload += bytes;
  const wslay_event_msg message{
      WSLAY_BINARY_FRAME, reinterpret_cast<const std::uint8_t*>(payload.data()), payload.size()};
  if (wslay_event_queue_msg(websocket_.get(), &message) != 0) ended_ = true;
  flush();
}

void PortForwardFrames::close() {
  // Refused when a close frame has been sent already.
  wslay_event_queue_close(websocket_.get(), WSLAY_CODE_NORMAL_CLOSURE, nullptr, 0);
  flush();
}

// The first message of each channel names the port.
void PortForwardFrames::take(std::string_view message) {
  if (message.empty() || ended_) return;
  const char channel = message[0];
  message.remove_prefix(1);
  if (channel != kData && channel != kError) return;
  bool& named = named_[channel == kData ? 0 : 1];
  if (!std::exchange(named, true)) return;
  if (channel == kData) {
    from_pod_ += message;
  } else {
    reason_ = core::short_text(message);
    ended_ = true;
  }
}

void PortForwardFrames::flush() {
  if (wslay_event_send(websocket_.get()) != 0) ended_ = true;
}

ssize_t PortForwardFrames::on_receive(wslay_event_context_ptr context, std::uint8_t* bytes,
                                      std::size_t size, int /*flags*/, void* frames) {
  std::string_view& arrived = self(frames).arrived_;
  if (arrived.empty()) {
    wslay_event_set_error(context, WSLAY_ERR_WOULDBLOCK);
    return -1;
  }
  const auto taken = arrived.copy(reinterpret_cast<char*>(bytes), size);
  arrived.remove_prefix(taken);
  return static_cast<ssize_t>(taken);
}

ssize_t PortForwardFrames::on_send(wslay_event_context_ptr /*context*/, const std::uint8_t* bytes,
                                   std::size_t size, int /*flags*/, void* frames) {
  self(frames).to_server_.append(reinterpret_cast<const char*>(bytes), size);
  return static_cast<ssize_t>(size);
}

int PortForwardFrames::on_mask(wslay_event_context_ptr /*context*/, std::uint8_t* bytes,
                               std::size_t size, void* /*frames*/) {
  return RAND_bytes(bytes, static_cast<int>(size)) == 1 ? 0 : -1;
}

void PortForwardFrames::on_message(wslay_event_context_ptr /*context*/,
                                   const wslay_event_on_msg_recv_arg* message, void* frames) {
  if (message->opcode != WSLAY_BINARY_FRAME) return;
  self(frames).take({reinterpret_cast<const char*>(message->msg), message->msg_length});
}

}  // namespace podreg::k8s
