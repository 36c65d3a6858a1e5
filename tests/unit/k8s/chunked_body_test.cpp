#include "k8s/chunked_body.h"

#include <gtest/gtest.h>

#include <string>

namespace podreg::k8s {
namespace {

TEST(ChunkedBody, IsWhatIsInItsChunks) {
  const auto body =
      read_chunked("5\r\nhello\r\n1;name=value\r\n \r\nB\r\nworld\r\nwide\r\n0\r\n\r\n");
  EXPECT_EQ(body.bytes, "hello world\r\nwide");
  EXPECT_TRUE(body.ended);
}

TEST(ChunkedBody, WhereverItIsCutWhatIsThereIsItsBeginning) {
  const std::string text = "5\r\nhello\r\n10\r\n0123456789abcdef\r\n0\r\n\r\n";
  const std::string whole = "hello0123456789abcdef";
  for (std::size_t size = 0; size < text.size(); ++size) {
    const auto body = read_chunked(text.substr(0, size));
    EXPECT_TRUE(whole.starts_with(body.bytes)) << size;
    EXPECT_EQ(body.ended, size >= text.size() - 2) << size;
  }
}

TEST(ChunkedBody, EndsAtWhatIsNoChunk) {
  for (const std::string text : {"zz\r\n", "\r\n", "-1\r\nx", "11111111111111111\r\nx"}) {
    EXPECT_TRUE(read_chunked("2\r\nab\r\n" + text).ended) << text;
    EXPECT_EQ(read_chunked("2\r\nab\r\n" + text).bytes, "ab") << text;
  }
  EXPECT_EQ(read_chunked("ffffffffffffffff\r\nabc").bytes, "abc");
}

}  // namespace
}  // namespace podreg::k8s
