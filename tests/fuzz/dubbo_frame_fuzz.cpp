// Feeds the reader of dubbo frames with anything: it has to hand out the same frames, or refuse,
// however the bytes are cut, and each frame that it hands out has to be read again from the bytes
// that it is written as. Every frame is also read as an answer, whatever it is.
#include <string>
#include <tuple>
#include <vector>

#include "core/error.h"
#include "rpc/dubbo_frame.h"
#include "rpc/dubbo_message.h"
#include "tests/fuzz/fuzz_input.h"

namespace {

using podreg::core::Error;
using podreg::rpc::DubboAnswer;
using podreg::rpc::DubboFrame;
using podreg::rpc::DubboFrameReader;

auto fields(const DubboFrame& frame) {
  // The status of a request is not written.
  return std::tuple(frame.request, frame.two_way, frame.event, frame.serialization,
                    frame.request ? 0 : frame.status, frame.id, frame.body);
}

struct Outcome {
  std::vector<DubboFrame> frames;
  bool refused = false;
  bool in_the_middle = false;
};

Outcome read(std::string_view bytes, std::size_t piece) {
  Outcome outcome;
  DubboFrameReader reader;
  const podreg::fuzz::MemoryWatch memory;
  try {
    podreg::fuzz::for_each_piece(bytes, piece, [&](std::string_view part) {
      reader.feed(part);
      while (auto frame = reader.next()) outcome.frames.push_back(*std::move(frame));
    });
    outcome.in_the_middle = reader.in_the_middle();
  } catch (const Error&) {
    outcome.refused = true;
  }
  memory.check(bytes, 12);
  return outcome;
}

void must_survive(const DubboFrame& frame) {
  DubboFrameReader reader;
  reader.feed(encode(frame));
  const auto again = reader.next();
  podreg::fuzz::must(again && fields(*again) == fields(frame) && !reader.in_the_middle());
  try {
    DubboAnswer answer;
    read_answer(frame, answer);
  } catch (const Error&) {  // as it should be
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const podreg::fuzz::FuzzInput input(data, size);
  const auto whole = read(input.bytes, size);
  const auto cut = read(input.bytes, std::size_t{1} + input.choice);
  podreg::fuzz::must(whole.refused == cut.refused && whole.in_the_middle == cut.in_the_middle &&
                     whole.frames.size() == cut.frames.size());
  for (std::size_t i = 0; i < whole.frames.size(); ++i) {
    podreg::fuzz::must(fields(whole.frames[i]) == fields(cut.frames[i]));
    must_survive(whole.frames[i]);
  }
  return 0;
}
