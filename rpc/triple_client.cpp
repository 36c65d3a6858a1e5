#include "rpc/triple_client.h"

#include <fmt/format.h>
#include <nghttp2/nghttp2.h>

#include <charconv>
#include <cstdint>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.h"
#include "rpc/grpc.h"
#include "rpc/other_protocol.h"
#include "rpc/provider_error.h"
#include "rpc/socket_io.h"

namespace podreg::rpc {

using core::Error;
using core::ErrorKind;

namespace {

constexpr std::size_t kHeaderLimit = std::size_t{256} << 10;

nghttp2_nv field_of(std::string_view name, std::string_view value) {
  // nghttp2 takes copies, whatever the types say.
  const auto bytes = [](std::string_view text) {
    return reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data()));
  };
  return {bytes(name), bytes(value), name.size(), value.size(), NGHTTP2_NV_FLAG_NONE};
}

}  // namespace

class TripleClient::Session {
 public:
  Session(std::unique_ptr<core::Stream> stream, std::size_t largest_body)
      : stream_(std::move(stream)), largest_body_(largest_body) {
    nghttp2_session_callbacks* callbacks = nullptr;
    check(nghttp2_session_callbacks_new(&callbacks));
    const std::unique_ptr<nghttp2_session_callbacks, CallbacksDeleter> owned(callbacks);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, &Session::on_header);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, &Session::on_data);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, &Session::on_close);
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, &Session::on_frame);
    nghttp2_session* session = nullptr;
    check(nghttp2_session_client_new(&session, callbacks, this));
    session_.reset(session);
    const nghttp2_settings_entry no_push{NGHTTP2_SETTINGS_ENABLE_PUSH, 0};
    check(nghttp2_submit_settings(session, NGHTTP2_FLAG_NONE, &no_push, 1));
  }

  void start(const TripleRequest& request, core::Deadline deadline) {
    deadline_ = deadline;
    exchange_ = {};
    exchange_.body = request.body;
    submit(request);
    send();
  }

  TripleResponse finish(core::Deadline deadline) {
    deadline_ = deadline;
    while (!exchange_.closed) {
      if (nghttp2_session_want_read(session_.get()) == 0) throw_broken();
      receive();
      if (!refusal_.empty()) throw Error(ErrorKind::invalid_data, refusal_);
      // What is broken ends the stream where its end is sent.
      if (!exchange_.closed) send();
    }
    if (exchange_.error_code != NGHTTP2_NO_ERROR) {
      if (!exchange_.given_up) throw_broken();
      throw Error(ErrorKind::unreachable,
                  fmt::format("the provider gave the request up: {}",
                              nghttp2_http2_strerror(exchange_.error_code)));
    }
    return std::move(exchange_.response);
  }

 private:
  struct CallbacksDeleter {
    void operator()(nghttp2_session_callbacks* callbacks) const {
      nghttp2_session_callbacks_del(callbacks);
    }
  };
  struct SessionDeleter {
    void operator()(nghttp2_session* session) const { nghttp2_session_del(session); }
  };

  // What can fail is memory.
  static void check(int result) {
    if (result != 0) throw std::bad_alloc();
  }

  // The request that is under way.
  struct Exchange {
    std::int32_t stream = 0;
    std::string body;
    std::size_t body_sent = 0;
    std::size_t header_bytes = 0;
    bool closed = false;
    bool given_up = false;  // by the other side
    std::uint32_t error_code = NGHTTP2_NO_ERROR;
    TripleResponse response;
  };

  static Session& self(void* session) { return *static_cast<Session*>(session); }

  void submit(const TripleRequest& request) {
    std::vector<nghttp2_nv> fields = {field_of(":method", "POST"),
                                      field_of(":scheme", "http"),
                                      field_of(":path", request.path),
                                      field_of(":authority", request.authority),
                                      field_of("content-type", request.content_type),
                                      field_of("user-agent", "podreg")};
    if (request.content_type == kGrpcContentType) fields.push_back(field_of("te", "trailers"));
    for (const auto& [name, value] : request.headers) fields.push_back(field_of(name, value));
    nghttp2_data_provider body{};
    body.source.ptr = this;
    body.read_callback = &Session::on_send;
    if (nghttp2_session_check_request_allowed(session_.get()) == 0) {
      throw Error(ErrorKind::unreachable, "the provider takes no more requests on this connection");
    }
    exchange_.stream = nghttp2_submit_request(session_.get(), nullptr, fields.data(), fields.size(),
                                              &body, nullptr);
    if (exchange_.stream < 0) throw std::bad_alloc();
  }

  // All frames in one piece, for which the provider wakes up once.
  void send() {
    std::string frames;
    for (;;) {
      const std::uint8_t* bytes = nullptr;
      const ssize_t size = nghttp2_session_mem_send(session_.get(), &bytes);
      if (size < 0) throw std::bad_alloc();
      if (size == 0) break;
      frames.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    }
    // A provider may answer and close before it has read all that it was sent.
    unwritable_ = unwritable_ || !write_all(stream_->descriptor(), frames, deadline_);
  }

  void receive() {
    const std::string bytes = read_some(stream_->descriptor(), deadline_);
    if (bytes.empty()) {
      if (begins_otherwise()) throw_broken();
      throw connection_closed(exchange_.response.status != 0 ? Heard::part_of_the_answer
                              : !beginning_.empty()          ? Heard::something
                                                             : Heard::nothing,
                              stream_->reason());
    }
    beginning_ += bytes.substr(0, kTellingBytes - beginning_.size());
    // A TLS alert is shorter than the head of a frame, for which nghttp2 would wait.
    const bool told = beginning_.size() == kTellingBytes || !other_protocol(beginning_).empty();
    if (told && begins_otherwise()) throw_broken();
    const auto* const data = reinterpret_cast<const std::uint8_t*>(bytes.data());
    const ssize_t taken = nghttp2_session_mem_recv(session_.get(), data, bytes.size());
    if (taken < 0 && refusal_.empty()) throw_broken();
  }

  // HTTP/2 begins with a frame of settings: three bytes of length, which is never large, then 4.
  bool begins_otherwise() const {
    return (!beginning_.empty() && beginning_[0] != 0) ||
           (beginning_.size() > 3 && beginning_[3] != NGHTTP2_SETTINGS);
  }

  // The other side began with something else, or broke the rules later.
  [[noreturn]] void throw_broken() const {
    const auto guess = other_protocol(beginning_);
    throw Error(ErrorKind::invalid_data,
                began_ ? "the provider's HTTP/2 is not well formed"
                       : fmt::format("what arrived is no HTTP/2, which triple speaks{}", guess));
  }

  static ssize_t on_send(nghttp2_session* /*session*/, std::int32_t /*stream*/, std::uint8_t* bytes,
                         std::size_t size, std::uint32_t* flags, nghttp2_data_source* source,
                         void* /*user*/) {
    auto& exchange = self(source->ptr).exchange_;
    const auto sent = exchange.body.copy(reinterpret_cast<char*>(bytes), size, exchange.body_sent);
    exchange.body_sent += sent;
    if (exchange.body_sent == exchange.body.size()) *flags |= NGHTTP2_DATA_FLAG_EOF;
    return static_cast<ssize_t>(sent);
  }

  static int on_frame(nghttp2_session* /*session*/, const nghttp2_frame* frame, void* user) {
    auto& exchange = self(user).exchange_;
    const auto type = frame->hd.type;
    self(user).began_ = true;
    // What a GOAWAY names as the last stream is still answered.
    const bool reset = type == NGHTTP2_RST_STREAM && frame->hd.stream_id == exchange.stream;
    const bool refused = type == NGHTTP2_GOAWAY && frame->goaway.last_stream_id < exchange.stream;
    if (reset || refused) exchange.given_up = true;
    return 0;
  }

  // Trailers come here as well.
  static int on_header(nghttp2_session* /*session*/, const nghttp2_frame* frame,
                       const std::uint8_t* name, std::size_t name_size, const std::uint8_t* value,
                       std::size_t value_size, std::uint8_t /*flags*/, void* user) {
    const std::string_view key(reinterpret_cast<const char*>(name), name_size);
    const std::string_view text(reinterpret_cast<const char*>(value), value_size);
    auto& exchange = self(user).exchange_;
    exchange.header_bytes += key.size() + text.size();
    if (exchange.header_bytes > kHeaderLimit) return self(user).refuse("its headers are endless");
    if (frame->hd.stream_id != exchange.stream) return 0;
    if (key == ":status") {
      std::from_chars(text.data(), text.data() + text.size(), exchange.response.status);
    } else {
      exchange.response.headers[std::string(key)] = text;
    }
    return 0;
  }

  static int on_data(nghttp2_session* /*session*/, std::uint8_t /*flags*/, std::int32_t stream,
                     const std::uint8_t* bytes, std::size_t size, void* user) {
    auto& session = self(user);
    if (stream != session.exchange_.stream) return 0;
    std::string& body = session.exchange_.response.body;
    if (body.size() + size > session.largest_body_) {
      return session.refuse(
          fmt::format("its answer is larger than {} MiB", session.largest_body_ >> 20));
    }
    body.append(reinterpret_cast<const char*>(bytes), size);
    const auto announced = session.announced_size();
    if (announced > session.largest_body_) {
      return session.refuse(fmt::format("its answer of {} bytes is larger than {} MiB", announced,
                                        session.largest_body_ >> 20));
    }
    return 0;
  }

  // Of a gRPC message, as soon as its head has arrived; else 0.
  std::size_t announced_size() const {
    const auto& response = exchange_.response;
    return response.is_grpc() ? announced_grpc_size(response.body) : 0;
  }

  static int on_close(nghttp2_session* /*session*/, std::int32_t stream, std::uint32_t code,
                      void* user) {
    auto& exchange = self(user).exchange_;
    if (stream != exchange.stream) return 0;
    exchange.closed = true;
    exchange.error_code = code;
    return 0;
  }

  int refuse(const std::string& why) {
    refusal_ = why;
    return NGHTTP2_ERR_CALLBACK_FAILURE;
  }

  std::unique_ptr<core::Stream> stream_;
  core::Deadline deadline_;
  std::size_t largest_body_;
  std::unique_ptr<nghttp2_session, SessionDeleter> session_;
  std::string beginning_;  // of what arrived
  bool began_ = false;     // a frame has arrived
  bool unwritable_ = false;
  std::string refusal_;  // why podreg itself ended it
  Exchange exchange_;
};

TripleClient::TripleClient(std::unique_ptr<core::Stream> stream, std::size_t largest_body)
    : session_(std::make_unique<Session>(std::move(stream), largest_body)) {}

TripleClient::~TripleClient() = default;

TripleResponse TripleClient::exchange(const TripleRequest& request, core::Deadline deadline) {
  send(request, deadline);
  return await(deadline);
}

void TripleClient::send(const TripleRequest& request, core::Deadline deadline) {
  session_->start(request, deadline);
}

TripleResponse TripleClient::await(core::Deadline deadline) { return session_->finish(deadline); }

}  // namespace podreg::rpc
