#include "k8s/transport_error.h"

#include <fmt/format.h>
#include <openssl/x509_vfy.h>

#include <cerrno>
#include <chrono>
#include <system_error>

#include "k8s/body_buffer.h"
#include "k8s/proxy_url.h"

namespace podreg::k8s {
namespace {

using core::Error;
using core::ErrorKind;

// "10 s", "1.5 s", "250 ms".
std::string in_words(std::chrono::milliseconds time) {
  if (time.count() < 1000) return fmt::format("{} ms", time.count());
  return fmt::format("{} s", static_cast<double>(time.count()) / 1000);
}

std::string where(const Connection& connection) {
  return connection.origin.empty() ? "the server's address" : connection.origin;
}

std::string of_user(const Connection& connection) {
  return connection.user.empty() ? std::string() : fmt::format(" of user \"{}\"", connection.user);
}

std::string where_its_address_is(const Connection& connection) {
  return connection.address_origin.empty() ? where(connection) : connection.address_origin;
}

// What went wrong in libcurl's words: the longer ones when there are any.
std::string words(const TransferFailure& failure) {
  return failure.detail.empty() ? curl_easy_strerror(failure.code) : failure.detail;
}

std::string cannot_reach(const ServerAddress& server, std::string_view why) {
  return fmt::format("the API server at {} cannot be reached: {}", server.host_and_port(), why);
}

Error untrusted(const ServerAddress& server, const Connection& connection,
                const TransferFailure& failure) {
  const auto sentence = [&](const std::string& why) {
    return fmt::format("the certificate of the API server at {} is not accepted: {}",
                       server.host_and_port(), why);
  };
  const std::string& name =
      connection.tls_server_name.empty() ? server.host : connection.tls_server_name;
  switch (failure.verify_result) {
    case X509_V_OK:
    case X509_V_ERR_UNSPECIFIED:
      // libcurl compares the names itself, and says the result in words only.
      if (failure.detail.find("match") == std::string::npos) break;
      [[fallthrough]];
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return {ErrorKind::unreachable, sentence(fmt::format("it is not for the name \"{}\"", name)),
              "--tls-server-name NAME says which name the certificate is for"};
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return {ErrorKind::unreachable, sentence("it has expired"),
              "the server needs a new certificate; see also whether the clock of this machine is "
              "right"};
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return {ErrorKind::unreachable, sentence("it is not valid yet"),
              "see whether the clock of this machine is right"};
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
      return {ErrorKind::unreachable,
              sentence(fmt::format("it is signed by an authority that {} does not know",
                                   connection.ca_pem.empty() ? "this machine" : where(connection))),
              "--certificate-authority FILE names the cluster's own authority"};
    default:
      break;
  }
  const bool has_reason =
      failure.verify_result != X509_V_OK && failure.verify_result != X509_V_ERR_UNSPECIFIED;
  const std::string why =
      has_reason ? X509_verify_cert_error_string(failure.verify_result) : words(failure);
  return {ErrorKind::unreachable, sentence(why)};
}

Error refused(const ServerAddress& server, const Connection& connection,
              const TransferFailure& failure) {
  const std::string why = failure.os_error == 0
                              ? words(failure)
                              : std::generic_category().message(static_cast<int>(failure.os_error));
  if (!connection.proxy_url.empty()) {  // nobody has got as far as the server
    return {ErrorKind::unreachable,
            cannot_reach(server, fmt::format("its proxy {}: {}",
                                             without_credentials(connection.proxy_url), why)),
            "is the proxy up, and its address right?"};
  }
  return {ErrorKind::unreachable, cannot_reach(server, why),
          fmt::format("is the server up, and its address in {} right?",
                      where_its_address_is(connection))};
}

// Nothing of the server, nor of its proxy, is known then.
Error out_of_files(const ServerAddress& server, long os_error) {
  if (os_error == ENFILE) {
    return {ErrorKind::unreachable, cannot_reach(server, "this machine can open no more files"),
            "see who has so many open: the kernel's limit is fs.file-max"};
  }
  return {ErrorKind::unreachable, cannot_reach(server, "this process may open no more files"),
          "raise the limit: ulimit -n 1024"};
}

bool refused_by_proxy(const TransferFailure& failure) {
  return failure.code == CURLE_PROXY || failure.proxy_status >= 300;
}

Error proxy_refuses(const ServerAddress& server, const Connection& connection,
                    const TransferFailure& failure) {
  return {
      ErrorKind::unreachable,
      cannot_reach(server, fmt::format("the proxy {} refuses: {}",
                                       without_credentials(connection.proxy_url), words(failure))),
      "a proxy that wants a user name and a password finds them in its URL, "
      "http://USER:PASSWORD@HOST:PORT"};
}

Error broke_off(const ServerAddress& server, const TransferFailure& failure) {
  return {ErrorKind::unreachable,
          fmt::format("the API server at {} broke off {}: {}", server.host_and_port(),
                      failure.answered ? "in the middle of its answer" : "before it answered",
                      words(failure))};
}

Error not_http(const ServerAddress& server, const TransferFailure& failure) {
  return {ErrorKind::invalid_data, fmt::format("what answers at {} does not speak HTTP: {}",
                                               server.host_and_port(), words(failure))};
}

// Reset while TLS was being agreed on; OpenSSL has no error of its own then.
bool is_reset_in_tls(const TransferFailure& failure) {
  return failure.detail.find("SSL_ERROR_SYSCALL") != std::string::npos ||
         failure.detail.find("reset by peer") != std::string::npos ||
         failure.detail.find("unexpected eof") != std::string::npos;
}

// A proxy that wants a password, or a server that sends a TLS alert about a certificate, will not
// think otherwise later.
bool is_refusal(const TransferFailure& failure) {
  const long status = failure.proxy_status;
  const bool by_proxy = status >= 300 && (status < 502 || status > 504);
  return !failure.answered && (by_proxy || failure.detail.find(" alert ") != std::string::npos);
}

}  // namespace

bool is_out_of_files(long os_error) { return os_error == EMFILE || os_error == ENFILE; }

Fault fault_of(const TransferFailure& failure) {
  if (failure.too_large != 0 || failure.too_many_headers || failure.is_bomb) return Fault::lasting;
  switch (failure.code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
      return Fault::not_connected;
    case CURLE_SSL_CONNECT_ERROR:
      return is_reset_in_tls(failure) ? Fault::not_connected : Fault::lasting;
    case CURLE_OK:  // the body was cut short, and libcurl did not see it
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_SEND_FAIL_REWIND:
    case CURLE_PARTIAL_FILE:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
      return Fault::broken_off;
    case CURLE_RECV_ERROR:
      return is_refusal(failure) ? Fault::lasting : Fault::broken_off;
    default:
      return Fault::lasting;
  }
}

Error transport_error(const ServerAddress& server, const Connection& connection,
                      const Timeouts& timeouts, const TransferFailure& failure) {
  if (failure.too_many_headers) {
    return {ErrorKind::invalid_data,
            fmt::format("the answer of {} has too many headers", server.host_and_port())};
  }
  if (failure.too_large != 0) {
    return {ErrorKind::invalid_data,
            fmt::format("the answer of {} is larger than {} MiB, the most that is taken",
                        server.host_and_port(), failure.too_large >> 20U)};
  }
  if (failure.is_bomb) {
    return {ErrorKind::invalid_data,
            fmt::format("the answer of {} is a compressed bomb: it unpacks to more than {} times "
                        "its size",
                        server.host_and_port(), kMostUnpacked)};
  }
  if (refused_by_proxy(failure)) return proxy_refuses(server, connection, failure);
  switch (failure.code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return {
          ErrorKind::unreachable,
          cannot_reach(server, fmt::format("the name \"{}\" is not known", server.host)),
          fmt::format("is the server's address in {} right?", where_its_address_is(connection))};
    case CURLE_COULDNT_RESOLVE_PROXY:
      return {ErrorKind::unreachable, cannot_reach(server, "the name of the proxy is not known"),
              "see the proxy " + without_credentials(connection.proxy_url)};
    case CURLE_COULDNT_CONNECT:
      if (is_out_of_files(failure.os_error)) return out_of_files(server, failure.os_error);
      return refused(server, connection, failure);
    case CURLE_OPERATION_TIMEDOUT:
      return {
          ErrorKind::unreachable,
          cannot_reach(server, fmt::format("no connection within {}", in_words(timeouts.connect)))};
    case CURLE_PEER_FAILED_VERIFICATION:
      return untrusted(server, connection, failure);
    case CURLE_SSL_CONNECT_ERROR:
      return {ErrorKind::unreachable, fmt::format("no TLS connection to {} can be made: {}",
                                                  server.host_and_port(), words(failure))};
    case CURLE_SSL_CERTPROBLEM:
      return {ErrorKind::invalid_data,
              fmt::format("the client certificate or key{} cannot be used: {}", of_user(connection),
                          words(failure))};
    case CURLE_SSL_CACERT_BADFILE:
      return {ErrorKind::invalid_data,
              fmt::format("the certificate authority of {} cannot be read", where(connection)),
              "it has to be one or more certificates in PEM"};
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
      return not_http(server, failure);
    case CURLE_OUT_OF_MEMORY:  // a header of more than 100 KB is one, for libcurl
      return {ErrorKind::invalid_data,
              fmt::format("the headers of the answer of {} are too large, or there is no memory "
                          "for them",
                          server.host_and_port())};
    case CURLE_BAD_CONTENT_ENCODING:
      return {ErrorKind::invalid_data,
              fmt::format("the answer of {} cannot be unpacked: its Content-Encoding is none that "
                          "was asked for, or not what it says",
                          server.host_and_port()),
              "--compression off asks for it as it is"};
    default:
      return broke_off(server, failure);
  }
}

Error too_slow(const ServerAddress& server, bool answered, std::chrono::milliseconds limit) {
  const auto* const what =
      answered ? "almost stopped in the middle of its answer, for" : "did not answer within";
  return {ErrorKind::unreachable,
          fmt::format("the API server at {} {} {}", server.host_and_port(), what, in_words(limit)),
          "--request-timeout TIME sets how long to wait"};
}

Error too_long(const ServerAddress& server, bool answered, std::chrono::milliseconds limit) {
  return {ErrorKind::unreachable,
          fmt::format("the API server at {} did not {} within {}", server.host_and_port(),
                      answered ? "finish its answer" : "answer", in_words(limit)),
          "--request-timeout TIME sets how long to wait"};
}

Error out_of_time(const ServerAddress& server, bool answered) {
  return {ErrorKind::unreachable,
          fmt::format("the API server at {} had not {} when the time was over",
                      server.host_and_port(), answered ? "finished its answer" : "answered"),
          "--timeout TIME sets how long to wait"};
}

}  // namespace podreg::k8s
