#include <gmock/gmock.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <thread>

#include "core/error.h"
#include "k8s/transport.h"
#include "k8s/transport_error.h"
#include "tests/unit/k8s/transport_calls.h"

namespace podreg::k8s {
namespace {

using core::ErrorKind;
using std::chrono::milliseconds;
using testing::HasSubstr;
using tests::Peer;
using tests::RawServer;

TEST(TransportErrors, NobodyListens) {
  std::string url;
  {
    const RawServer gone([](Peer&) {});
    url = gone.url();
  }
  Connection connection;
  connection.server = url;
  connection.origin = "context x";
  tests::FakeClock clock;
  Transport transport(connection, quick(clock));
  const auto error = error_of(transport);
  EXPECT_EQ(error.kind(), ErrorKind::unreachable);
  EXPECT_EQ(error.what(),
            "the API server at " + url.substr(7) + " cannot be reached: Connection refused");
  EXPECT_EQ(error.hint(), "is the server up, and its address in context x right?");

  connection.address_origin = "--server";
  Transport by_flag(connection, quick(clock));
  EXPECT_EQ(error_of(by_flag).hint(), "is the server up, and its address in --server right?");
  connection.proxy_url = "socks5://ann:secret@" + url.substr(7);
  connection.server = "http://127.0.0.1:1";
  Transport by_proxy(connection, quick(clock));
  EXPECT_STREQ(error_of(by_proxy).what(),
               ("the API server at 127.0.0.1:1 cannot be reached: its proxy socks5://<masked>@" +
                url.substr(7) + ": Connection refused")
                   .c_str());
}

// For as long as it lives no more files can be opened.
class NoMoreFiles {
 public:
  NoMoreFiles() {
    ::getrlimit(RLIMIT_NOFILE, &usual_);
    const int next = ::dup(STDERR_FILENO);
    ::close(next);
    const rlimit fewer{static_cast<rlim_t>(next), usual_.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &fewer);
  }
  ~NoMoreFiles() { ::setrlimit(RLIMIT_NOFILE, &usual_); }
  NoMoreFiles(const NoMoreFiles&) = delete;
  NoMoreFiles& operator=(const NoMoreFiles&) = delete;

 private:
  rlimit usual_{};
};

TEST(TransportErrors, NoMoreFilesCanBeOpened) {
  Connection connection;
  connection.server = "http://127.0.0.1:1";
  tests::FakeClock clock;
  Transport transport(connection, quick(clock));
  // The sanitizer opens a pipe to look at an object of a type that it sees for the first time.
  EXPECT_THAT(error_of(transport).what(), HasSubstr("Connection refused"));
  const NoMoreFiles fewer;
  const auto error = error_of(transport);
  EXPECT_EQ(error.kind(), ErrorKind::unreachable);
  EXPECT_STREQ(error.what(),
               "the API server at 127.0.0.1:1 cannot be reached: this process may open no more "
               "files");
  EXPECT_EQ(error.hint(), "raise the limit: ulimit -n 1024");
}

TEST(TransportErrors, NoMoreFilesOfTheMachineAreNotTheLimitOfTheProcess) {
  TransferFailure failure;
  failure.code = CURLE_COULDNT_CONNECT;
  failure.os_error = ENFILE;
  const auto error = transport_error(parse_server("http://127.0.0.1:1"), {}, {}, failure);
  EXPECT_EQ(error.kind(), ErrorKind::unreachable);
  EXPECT_THAT(error.what(), HasSubstr("this machine can open no more files"));
}

TEST(TransportErrors, TheNameIsNotKnown) {
  Connection connection;
  connection.server = "https://no-such-host.invalid:6443";
  tests::FakeClock clock;
  Transport transport(connection, quick(clock));
  const auto error = error_of(transport);
  EXPECT_EQ(error.kind(), ErrorKind::unreachable);
  EXPECT_THAT(error.what(), HasSubstr("no-such-host.invalid:6443 cannot be reached: "));
}

TEST(TransportErrors, TheServerHangsUpWithoutAnAnswer) {
  const RawServer server([](Peer& peer) { peer.read_request(); });
  const auto error = error_of(server);
  EXPECT_EQ(error.kind(), ErrorKind::unreachable);
  EXPECT_THAT(error.what(), HasSubstr("broke off before it answered"));
}

TEST(TransportErrors, TheConnectionIsResetInTheMiddleOfTheHeaders) {
  const RawServer server([](Peer& peer) {
    peer.read_request();
    peer.write("HTTP/1.1 200 OK\r\nContent-Ty");
    peer.reset_at_close();
  });
  EXPECT_EQ(error_of(server).kind(), ErrorKind::unreachable);
}

TEST(TransportErrors, TheBodyIsShorterThanItsLength) {
  const RawServer server([](Peer& peer) {
    peer.read_request();
    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort");
  });
  const auto error = error_of(server);
  EXPECT_EQ(error.kind(), ErrorKind::unreachable);
  EXPECT_THAT(error.what(), HasSubstr("broke off in the middle of its answer"));
}

TEST(TransportErrors, TheConnectionIsResetInTheMiddleOfTheBody) {
  const RawServer server([](Peer& peer) {
    peer.read_request();
    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort");
    std::this_thread::sleep_for(milliseconds(20));
    peer.reset_at_close();
  });
  const auto error = error_of(server);
  EXPECT_EQ(error.kind(), ErrorKind::unreachable);
  EXPECT_THAT(error.what(), HasSubstr("broke off in the middle of its answer"));
}

TEST(TransportErrors, AChunkedBodyEndsWithoutItsLastChunk) {
  const RawServer server([](Peer& peer) {
    peer.read_request();
    peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
  });
  EXPECT_EQ(error_of(server).kind(), ErrorKind::unreachable);
}

TEST(TransportErrors, WhatAnswersIsNotHttp) {
  const RawServer server([](Peer& peer) {
    peer.read_request();
    peer.write("SSH-2.0-OpenSSH_9.2\r\n");
  });
  const auto error = error_of(server);
  EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
  EXPECT_THAT(error.what(), HasSubstr("does not speak HTTP"));
}

TEST(TransportErrors, HeadersWithoutEnd) {
  const RawServer server([](Peer& peer) {
    peer.read_request();
    peer.write("HTTP/1.1 200 OK\r\n");
    while (peer.write("X-More: " + std::string(1000, 'x') + "\r\n")) {
    }
  });
  const auto error = error_of(server);
  EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
  EXPECT_THAT(error.what(), HasSubstr("too many headers"));
}

TEST(TransportErrors, AHeaderThatIsTooLarge) {
  const RawServer server([](Peer& peer) {
    peer.read_request();
    peer.write("HTTP/1.1 200 OK\r\nX-Big: " + std::string(110'000, 'x') + "\r\n\r\n");
    peer.wait_for_end();
  });
  const auto error = error_of(server);
  EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
  EXPECT_THAT(error.what(), HasSubstr("headers of the answer"));
}

TEST(TransportErrors, WhatIsNotEncodedAsItSays) {
  const RawServer server([](Peer& peer) {
    peer.read_request();
    peer.answer("200 OK", "text/plain", "no gzip", "Content-Encoding: gzip\r\n");
  });
  Connection connection;
  connection.server = server.url();
  tests::FakeClock clock;
  auto options = quick(clock);
  options.compression = Compression::on;
  Transport transport(connection, options);
  const auto error = error_of(transport);
  EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
  EXPECT_THAT(error.what(), HasSubstr("cannot be unpacked"));
}

TEST(TransportErrors, InterimAnswersWithoutEnd) {
  const RawServer server([](Peer& peer) {
    peer.read_request();
    while (peer.write("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")) {
    }
  });
  EXPECT_EQ(error_of(server).kind(), ErrorKind::invalid_data);
}

TEST(TransportTimeouts, NoAnswer) {
  const RawServer server([](Peer& peer) { peer.wait_for_end(); });
  Timeouts timeouts;
  timeouts.answer = milliseconds(100);
  const auto error = error_of(server, timeouts);
  EXPECT_EQ(error.kind(), ErrorKind::unreachable);
  EXPECT_EQ(error.what(),
            "the API server at " + server.authority() + " did not answer within 100 ms");
}

TEST(TransportTimeouts, ABodyThatTricklesIsGivenUp) {
  const RawServer server([](Peer& peer) {
    peer.read_request();
    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
    while (peer.write("x")) std::this_thread::sleep_for(milliseconds(5));
  });
  Timeouts timeouts;
  timeouts.answer = milliseconds(150);
  const auto error = error_of(server, timeouts);
  EXPECT_EQ(error.kind(), ErrorKind::unreachable);
  EXPECT_THAT(error.what(), HasSubstr("almost stopped in the middle of its answer, for 150 ms"));
}

TEST(TransportTimeouts, ABodyThatKeepsComingIsNotGivenUp) {
  const RawServer server([](Peer& peer) {
    peer.read_request();
    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1600000\r\n\r\n");
    for (int i = 0; i < 50; ++i) {
      peer.write(std::string(32'000, 'x'));
      std::this_thread::sleep_for(milliseconds(20));
    }
  });
  Timeouts timeouts;
  timeouts.answer = milliseconds(500);  // half of what the whole takes
  EXPECT_STREQ(error_of(server, timeouts).what(), "no error");
}

TEST(TransportTimeouts, AServerThatSaysNothingHasNotAnswered) {
  const RawServer server([](Peer& peer) { peer.wait_for_end(); });
  const auto error = error_of(server, Timeouts::within(milliseconds(150)));
  EXPECT_THAT(error.what(), HasSubstr("did not answer within 150 ms"));
}

TEST(TransportTimeouts, ARequestTimeoutBoundsTheWhole) {
  const RawServer server([](Peer& peer) {
    peer.read_request();
    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
    while (peer.write(std::string(32'000, 'x'))) std::this_thread::sleep_for(milliseconds(5));
  });
  const auto error = error_of(server, Timeouts::within(milliseconds(150)));
  EXPECT_EQ(error.kind(), ErrorKind::unreachable);
  EXPECT_THAT(error.what(), HasSubstr("did not finish its answer within 150 ms"));
}

TEST(TransportTimeouts, ARequestTimeoutTakesThePlaceOfTheOthers) {
  const auto timeouts = Timeouts::within(milliseconds(3'000));
  EXPECT_EQ(timeouts.connect, milliseconds(3'000));
  EXPECT_EQ(timeouts.answer, milliseconds(0));
  EXPECT_EQ(Timeouts::within(milliseconds(300'000)).connect, milliseconds(10'000));
  EXPECT_EQ(Timeouts::within(milliseconds(0)).connect, milliseconds(10'000));
}

}  // namespace
}  // namespace podreg::k8s
