#include "cli/standard_streams.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <string>
#include <thread>

namespace podreg::cli {
namespace {

// What comes out of a pipe that does not block and whose reader begins when it is full.
std::string through_a_full_pipe(const std::string& text, OnFailure on_failure) {
  std::array<int, 2> pipe{};
  EXPECT_EQ(::pipe2(pipe.data(), O_CLOEXEC), 0);
  ::fcntl(pipe[1], F_SETFL, O_NONBLOCK);
  std::string read;
  std::thread reader([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    std::array<char, 4096> bytes{};
    for (ssize_t count = 0; (count = ::read(pipe[0], bytes.data(), bytes.size())) > 0;)
      read.append(bytes.data(), static_cast<std::size_t>(count));
  });
  DescriptorSink sink(pipe[1], on_failure);
  EXPECT_NO_THROW(sink.write(text));
  EXPECT_NO_THROW(sink.flush());
  ::close(pipe[1]);
  reader.join();
  ::close(pipe[0]);
  return read;
}

TEST(DescriptorSink, WaitsForAFullPipeThatDoesNotBlock) {
  const std::string text(1024 * 1024, 'x');
  for (const auto on_failure : {OnFailure::report, OnFailure::ignore})
    EXPECT_EQ(through_a_full_pipe(text, on_failure).size(), text.size());
}

}  // namespace
}  // namespace podreg::cli
