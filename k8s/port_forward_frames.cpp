#include "k8s/port_forward_frames.h"

#include <openssl/rand.h>

#include <algorithm>
#include <new>
#include <utility>

#include "core/short_text.h"

namespace podreg::k8s {
namespace {

constexpr std::uint64_t kLargestFrame = std::uint64_t{4} << 20;  // the kubelet's have 32 KiB
constexpr char kData = 0;
constexpr char kError = 1;
constexpr std::size_t kMostOfError = 2 * core::kLongestShortText;

PortForwardFrames& self(void* frames) { return *static_cast<PortForwardFrames*>(frames); }

}  // namespace

PortForwardFrames::PortForwardFrames() {
  wslay_event_callbacks callbacks{};
  callbacks.recv_callback = &PortForwardFrames::on_receive;
  callbacks.send_callback = &PortForwardFrames::on_send;
  callbacks.genmask_callback = &PortForwardFrames::on_mask;
  callbacks.on_frame_recv_start_callback = &PortForwardFrames::on_frame;
  callbacks.on_frame_recv_chunk_callback = &PortForwardFrames::on_chunk;
  callbacks.on_msg_recv_callback = &PortForwardFrames::on_message;
  wslay_event_context_ptr context = nullptr;
  if (wslay_event_context_client_init(&context, &callbacks, this) != 0) throw std::bad_alloc();
  websocket_.reset(context);
  // Otherwise wslay takes the memory for a frame as soon as that announces its length.
  wslay_event_config_set_no_buffering(context, 1);
  wslay_event_config_set_max_recv_msg_length(context, kLargestFrame);
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

void PortForwardFrames::begin(int opcode) {
  in_control_frame_ = wslay_is_ctrl_frame(opcode);
  if (in_control_frame_ || opcode == WSLAY_CONTINUATION_FRAME) return;
  message_ = {};
  message_.binary = opcode == WSLAY_BINARY_FRAME;
}

// The first message of each channel names the port.
void PortForwardFrames::take(std::string_view chunk) {
  if (chunk.empty() || ended_ || in_control_frame_ || !message_.binary) return;
  if (!message_.channel) {
    message_.channel = chunk[0];
    chunk.remove_prefix(1);
    const bool known = message_.channel == kData || message_.channel == kError;
    message_.names_port =
        known && !std::exchange(named_.at(static_cast<std::size_t>(*message_.channel)), true);
  }
  if (message_.names_port) return;
  if (message_.channel == kData) from_pod_ += chunk;
  if (message_.channel == kError) {
    error_ += chunk.substr(0, kMostOfError - std::min(kMostOfError, error_.size()));
  }
}

void PortForwardFrames::end_message() {
  if (ended_ || message_.names_port || message_.channel != kError) return;
  reason_ = core::short_text(error_);
  ended_ = true;
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

void PortForwardFrames::on_frame(wslay_event_context_ptr /*context*/,
                                 const wslay_event_on_frame_recv_start_arg* frame, void* frames) {
  self(frames).begin(frame->opcode);
}

void PortForwardFrames::on_chunk(wslay_event_context_ptr /*context*/,
                                 const wslay_event_on_frame_recv_chunk_arg* chunk, void* frames) {
  self(frames).take({reinterpret_cast<const char*>(chunk->data), chunk->data_length});
}

// Its text has been taken chunk by chunk.
void PortForwardFrames::on_message(wslay_event_context_ptr /*context*/,
                                   const wslay_event_on_msg_recv_arg* message, void* frames) {
  if (message->opcode == WSLAY_BINARY_FRAME) self(frames).end_message();
}

}  // namespace podreg::k8s
