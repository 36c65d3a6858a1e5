// The frames of a port-forward, without any input or output: what arrived from the API server goes
// in, in any pieces, and what is for the reader or for the server comes out.
//
// Format: WebSocket (RFC 6455) with v4.channel.k8s.io in its binary messages, see
// k8s/port_forward.h.
#pragma once

#include <wslay/wslay.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace podreg::k8s {

// Not thread safe.
class PortForwardFrames {
 public:
  // Throws std::bad_alloc.
  PortForwardFrames();

  // Takes bytes of the server. What comes after ended() is left out. Memory grows with what
  // arrives, whatever length a frame announces.
  void feed(std::string_view bytes);

  // Frames bytes for the pod.
  void send(std::string_view bytes);

  // Says good-bye, unless the server did so first.
  void close();

  // What the pod sent. The caller takes away what it has passed on.
  std::string& from_pod() { return from_pod_; }

  // What is to be sent to the server, pongs too. The caller takes away what it has sent, and feeds
  // nothing while much of it waits.
  std::string& to_server() { return to_server_; }

  // The server closed, reported an error, or broke the rules.
  bool ended() const { return ended_; }

  // What the kubelet said about an error ("connection refused"), or which rule was broken; empty
  // for neither. At most 500 bytes.
  const std::string& reason() const { return reason_; }

 private:
  struct ContextDeleter {
    void operator()(wslay_event_context_ptr context) const { wslay_event_context_free(context); }
  };

  static ssize_t on_receive(wslay_event_context_ptr context, std::uint8_t* bytes, std::size_t size,
                            int flags, void* frames);
  static ssize_t on_send(wslay_event_context_ptr context, const std::uint8_t* bytes,
                         std::size_t size, int flags, void* frames);
  static int on_mask(wslay_event_context_ptr context, std::uint8_t* bytes, std::size_t size,
                     void* frames);
  static void on_frame(wslay_event_context_ptr context,
                       const wslay_event_on_frame_recv_start_arg* frame, void* frames);
  static void on_chunk(wslay_event_context_ptr context,
                       const wslay_event_on_frame_recv_chunk_arg* chunk, void* frames);
  static void on_message(wslay_event_context_ptr context,
                         const wslay_event_on_msg_recv_arg* message, void* frames);

  // A message under way, of which nothing is kept but what these say.
  struct Message {
    bool binary = false;
    std::optional<char> channel;  // its first byte
    bool names_port = false;
  };

  void begin(int opcode);
  void take(std::string_view chunk);
  void end_message();
  void flush();

  std::unique_ptr<wslay_event_context, ContextDeleter> websocket_;
  std::string_view arrived_;  // of the feed() under way
  std::string from_pod_;
  std::string to_server_;
  Message message_;
  bool in_control_frame_ = false;  // which may come between the frames of a message
  std::array<bool, 2> named_{};    // by channel: whether its first message, the port, was there
  std::string error_;              // what has arrived of the message of an error
  bool ended_ = false;
  std::string reason_;
};

}  // namespace podreg::k8s
