#include "rpc/dubbo_client.h"

#include <fmt/format.h>

#include <utility>

#include "core/error.h"
#include "rpc/provider_error.h"
#include "rpc/socket_io.h"

namespace podreg::rpc {

using core::Error;
using core::ErrorKind;

DubboClient::DubboClient(std::unique_ptr<core::Stream> stream, std::size_t largest_body)
    : stream_(std::move(stream)), reader_(largest_body) {}

std::uint64_t DubboClient::send(const DubboRequest& request, core::Deadline deadline) {
  return send(encode(request), deadline);
}

std::uint64_t DubboClient::send(std::string body, core::Deadline deadline) {
  DubboFrame frame;
  frame.request = frame.two_way = true;
  frame.id = next_id_++;
  frame.body = std::move(body);
  send_frame(frame, deadline);
  return frame.id;
}

std::uint64_t DubboClient::send_heartbeat(core::Deadline deadline) {
  const DubboFrame question = heartbeat(next_id_++);
  send_frame(question, deadline);
  return question.id;
}

void DubboClient::ping(core::Deadline deadline) { await(send_heartbeat(deadline), deadline); }

DubboFrame DubboClient::await(std::uint64_t id, core::Deadline deadline) {
  for (;;) {
    // What comes behind the answer, and may be broken, is for whoever awaits more.
    if (auto found = arrived_.extract(id)) return std::move(found.mapped());
    if (auto frame = reader_.next()) {
      take(*std::move(frame), deadline);
      continue;
    }
    const std::string piece = read_some(stream_->descriptor(), deadline);
    if (piece.empty()) throw_ended();
    heard_ = true;
    reader_.feed(piece);
  }
}

DubboFrame DubboClient::await(std::uint64_t id, const std::string& body, core::Deadline deadline) {
  auto answer = await(id, deadline);
  if (sent_again_ || !may_be_decoded_next_time(answer)) return answer;
  sent_again_ = true;
  return await(send(body, deadline), deadline);
}

// Of requests only heartbeats are expected; a provider that announces its end ("R") still answers
// what is under way.
void DubboClient::take(DubboFrame frame, core::Deadline deadline) {
  if (!frame.request) {
    if (frame.id < next_id_) arrived_.insert_or_assign(frame.id, std::move(frame));
  } else if (frame.event && frame.two_way) {
    send_frame(answer_to_heartbeat(frame), deadline);
  }
}

// A provider may close as soon as it has answered, before it has read all of ours, so what cannot
// be sent is no reason not to read on.
void DubboClient::send_frame(const DubboFrame& frame, core::Deadline deadline) {
  write_all(stream_->descriptor(), encode(frame), deadline);
}

void DubboClient::throw_ended() const {
  const Heard heard = reader_.in_the_middle() ? Heard::part_of_the_answer
                      : heard_                ? Heard::something
                                              : Heard::nothing;
  throw connection_closed(heard, stream_->reason());
}

}  // namespace podreg::rpc
