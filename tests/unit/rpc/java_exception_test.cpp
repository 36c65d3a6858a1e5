#include "rpc/java_exception.h"

#include <gtest/gtest.h>

#include "rpc/hessian2_reader.h"
#include "rpc/hessian2_writer.h"

namespace podreg::rpc {
namespace {

using core::JavaException;
using hessian2::Writer;

JavaException read(Writer& writer) {
  hessian2::Document document;
  const auto bytes = writer.take();
  return read_exception(hessian2::Reader(bytes, document).read());
}

void write_frame(Writer& writer, const char* method, const char* file, int line) {
  writer.begin_map("java.lang.StackTraceElement");
  writer.string("declaringClass");
  writer.string("com.example.shop.Orders");
  writer.string("methodName");
  writer.string(method);
  if (file != nullptr) {
    writer.string("fileName");
    writer.string(file);
  }
  writer.string("lineNumber");
  writer.integer(line);
  writer.end_map();
}

TEST(JavaExceptionInHessian2, HasTheStackThatJavaPrints) {
  Writer writer;
  writer.begin_map("com.example.shop.NoStock");
  writer.string("detailMessage");
  writer.string("none left");
  writer.string("stackTrace");
  writer.list(3, "[java.lang.StackTraceElement");
  write_frame(writer, "get", "Orders.java", 41);
  write_frame(writer, "call", "Orders.java", -1);
  write_frame(writer, "invoke", nullptr, -2);
  writer.end_map();
  const auto exception = read(writer);
  EXPECT_EQ(exception.to_string(), "com.example.shop.NoStock: none left");
  EXPECT_EQ(exception.stack,
            "com.example.shop.NoStock: none left\n"
            "\tat com.example.shop.Orders.get(Orders.java:41)\n"
            "\tat com.example.shop.Orders.call(Orders.java)\n"
            "\tat com.example.shop.Orders.invoke(Unknown Source)\n");
}

TEST(JavaExceptionInHessian2, AGenericExceptionIsTheOneThatItStandsFor) {
  Writer writer;
  writer.begin_map("org.apache.dubbo.rpc.service.GenericException");
  writer.string("detailMessage");
  writer.string(
      "com.example.shop.NoStock: none left\n\tat com.example.shop.Orders.get(Orders.java:41)");
  writer.string("exceptionClass");
  writer.string("com.example.shop.NoStock");
  writer.string("exceptionMessage");
  writer.string("none left");
  writer.end_map();
  const auto exception = read(writer);
  EXPECT_EQ(exception.to_string(), "com.example.shop.NoStock: none left");
  EXPECT_EQ(exception.stack,
            "com.example.shop.NoStock: none left\n"
            "\tat com.example.shop.Orders.get(Orders.java:41)");
}

TEST(JavaExceptionInHessian2, FramesThatAreNoneSayNothing) {
  Writer writer;
  writer.begin_map("com.example.shop.NoStock");
  writer.string("stackTrace");
  writer.list(3, "[java.lang.StackTraceElement");
  writer.long_integer(-1);
  writer.string("com.example.shop.Orders.get");
  writer.null();
  writer.end_map();
  EXPECT_EQ(read(writer).stack,
            "com.example.shop.NoStock\n"
            "\tat .(Unknown Source)\n\tat .(Unknown Source)\n\tat .(Unknown Source)\n");
}

// Of one text that is in a thousand frames there would be a thousand.
TEST(JavaExceptionInHessian2, TheNamesInFramesAreShort) {
  Writer writer;
  writer.begin_map("com.example.shop.NoStock");
  writer.string("stackTrace");
  writer.list(1, "[java.lang.StackTraceElement");
  writer.begin_map("java.lang.StackTraceElement");
  writer.string("declaringClass");
  writer.string(std::string(100'000, 'x'));
  writer.end_map();
  writer.end_map();
  EXPECT_LT(read(writer).stack.size(), 1'000);
}

TEST(JavaExceptionInText, WithoutALineBeforeItsFramesThereIsNone) {
  EXPECT_FALSE(exception_in_trace("\n\tat com.example.shop.Orders.get(Orders.java:41)"));
  EXPECT_FALSE(exception_in_trace("\n\n\tat com.example.shop.Orders.get(Orders.java:41)"));
}

TEST(JavaExceptionInHessian2, MayBeAMessageAlone) {
  Writer writer;
  writer.string("none left");
  EXPECT_EQ(read(writer).to_string(), "Java exception: none left");
}

}  // namespace
}  // namespace podreg::rpc
