#include "rpc/triple_client.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <new>

#include "core/error.h"
#include "core/percent.h"

namespace podreg::rpc {

using core::Error;
using core::ErrorKind;

namespace {

constexpr std::size_t kHeaderLimit = std::size_t{256} << 10;
constexpr std::size_t kPrefix = 5;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const auto begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

// One request on libcurl, which gets the stream's socket in place of one of its own.
class Exchange {
 public:
  Exchange(core::Stream& stream, const TripleRequest& request, std::size_t largest_body)
      : stream_(stream), largest_body_(largest_body), easy_(curl_easy_init()) {
    if (!easy_) throw std::bad_alloc();
    set_up_socket();
    set_up_request(request);
  }

  TripleResponse run(core::Deadline deadline) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(std::max<long long>(left.count(), 1)));
    const CURLcode code = curl_easy_perform(easy_.get());
    if (code != CURLE_OK) throw_failure(code);
    long status = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
    response_.status = static_cast<int>(status);
    return std::move(response_);
  }

 private:
  struct EasyDeleter {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
  };
  struct ListDeleter {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };

  template <typename Value>
  void set(CURLoption option, Value value) {
    if (curl_easy_setopt(easy_.get(), option, value) != CURLE_OK) throw std::bad_alloc();
  }

  void set_up_socket() {
    set(CURLOPT_OPENSOCKETFUNCTION, &Exchange::on_open);
    set(CURLOPT_OPENSOCKETDATA, this);
    set(CURLOPT_SOCKOPTFUNCTION, &Exchange::on_options);
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_ERRORBUFFER, error_.data());
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE));
    set(CURLOPT_PROTOCOLS_STR, "http");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  }

  void set_up_request(const TripleRequest& request) {
    // The address is of no use, because the socket is connected; so nothing is looked up for it.
    append("Host: " + request.authority);
    append("Content-Type: " + request.content_type);
    append("Expect:");
    if (request.content_type == kGrpcContentType) append("TE: trailers");
    for (const auto& [name, value] : request.headers) append(name + ": " + value);
    set(CURLOPT_URL, ("http://127.0.0.1" + request.path).c_str());
    set(CURLOPT_PATH_AS_IS, 1L);
    set(CURLOPT_HTTPHEADER, headers_.get());
    set(CURLOPT_USERAGENT, "podreg");
    set(CURLOPT_POST, 1L);
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(CURLOPT_COPYPOSTFIELDS, request.body.data());
    set(CURLOPT_HEADERFUNCTION, &Exchange::on_header);
    set(CURLOPT_HEADERDATA, this);
    set(CURLOPT_WRITEFUNCTION, &Exchange::on_body);
    set(CURLOPT_WRITEDATA, this);
  }

  void append(const std::string& line) {
    curl_slist* longer = curl_slist_append(headers_.get(), line.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    static_cast<void>(headers_.release());
    headers_.reset(longer);
  }

  // libcurl closes what it gets, so it gets a duplicate.
  static curl_socket_t on_open(void* self, curlsocktype /*purpose*/, curl_sockaddr* /*address*/) {
    return ::dup(static_cast<Exchange*>(self)->stream_.descriptor());
  }

  static int on_options(void* /*self*/, curl_socket_t /*socket*/, curlsocktype /*purpose*/) {
    return CURL_SOCKOPT_ALREADY_CONNECTED;
  }

  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self) {
    try {
      return static_cast<Exchange*>(self)->take_header({data, size * count}) ? size * count : 0;
    } catch (const std::bad_alloc&) {
      return 0;
    }
  }

  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self) {
    try {
      return static_cast<Exchange*>(self)->take_body({data, size * count}) ? size * count : 0;
    } catch (const std::bad_alloc&) {
      return 0;
    }
  }

  // Trailers come here as well.
  bool take_header(std::string_view line) {
    header_bytes_ += line.size();
    if (header_bytes_ > kHeaderLimit) {
      refusal_ = "its headers are longer than 256 KiB";
      return false;
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return true;
    std::string name(trimmed(line.substr(0, colon)));
    std::ranges::transform(name, name.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    response_.headers[name] = trimmed(line.substr(colon + 1));
    return true;
  }

  bool take_body(std::string_view bytes) {
    if (response_.body.size() + bytes.size() > largest_body_) {
      refusal_ = fmt::format("its answer is larger than {} MiB", largest_body_ >> 20);
      return false;
    }
    response_.body += bytes;
    return true;
  }

  [[noreturn]] void throw_failure(CURLcode code) const {
    if (!refusal_.empty()) throw Error(ErrorKind::invalid_data, refusal_);
    if (code == CURLE_OPERATION_TIMEDOUT) throw Error(ErrorKind::unreachable, "no answer in time");
    if (code == CURLE_HTTP2 || code == CURLE_UNSUPPORTED_PROTOCOL ||
        code == CURLE_WEIRD_SERVER_REPLY) {
      throw Error(ErrorKind::invalid_data, "what arrived is no HTTP/2, which triple speaks");
    }
    const std::string reason = stream_.reason();
    throw Error(ErrorKind::unreachable,
                fmt::format("the connection broke off: {}", !reason.empty() ? reason
                                                            : error_[0] != '\0'
                                                                ? std::string(error_.data())
                                                                : curl_easy_strerror(code)));
  }

  core::Stream& stream_;
  std::size_t largest_body_;
  std::array<char, CURL_ERROR_SIZE> error_{};
  std::unique_ptr<curl_slist, ListDeleter> headers_;
  std::unique_ptr<CURL, EasyDeleter> easy_;
  std::size_t header_bytes_ = 0;
  std::string refusal_;  // why podreg itself ended it
  TripleResponse response_;
};

// https://grpc.github.io/grpc/core/md_doc_statuscodes.html
std::string status_name(const std::string& number) {
  static constexpr const char* kNames[] = {"OK",
                                           "CANCELLED",
                                           "UNKNOWN",
                                           "INVALID_ARGUMENT",
                                           "DEADLINE_EXCEEDED",
                                           "NOT_FOUND",
                                           "ALREADY_EXISTS",
                                           "PERMISSION_DENIED",
                                           "RESOURCE_EXHAUSTED",
                                           "FAILED_PRECONDITION",
                                           "ABORTED",
                                           "OUT_OF_RANGE",
                                           "UNIMPLEMENTED",
                                           "INTERNAL",
                                           "UNAVAILABLE",
                                           "DATA_LOSS",
                                           "UNAUTHENTICATED"};
  const bool known = !number.empty() && number.size() <= 2 &&
                     std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; }) &&
                     static_cast<std::size_t>(std::stoi(number)) < std::size(kNames);
  return known ? fmt::format("{} ({})", kNames[std::stoi(number)], number)
               : fmt::format("grpc-status {}", number);
}

std::string first_line(const std::string& text) {
  return text.substr(0, text.find_first_of("\r\n"));
}

void check(const TripleResponse& response) {
  const std::string status = response.header("grpc-status");
  if (status.empty()) {
    throw Error(ErrorKind::invalid_data,
                response.status == 200
                    ? "the provider's answer is not gRPC"
                    : fmt::format("the provider answered with HTTP status {}", response.status));
  }
  if (status == "0") return;
  const std::string coded = response.header("grpc-message");
  const std::string message = first_line(core::percent_decode(coded).value_or(coded));
  throw Error(ErrorKind::invalid_data,
              fmt::format("the provider answered \"{}\"{}{}", status_name(status),
                          message.empty() ? "" : ": ", message));
}

}  // namespace

std::string TripleResponse::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string() : found->second;
}

TripleResponse exchange(core::Stream& stream, const TripleRequest& request, core::Deadline deadline,
                        std::size_t largest_body) {
  static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (initialised != CURLE_OK) throw std::bad_alloc();
  return Exchange(stream, request, largest_body).run(deadline);
}

std::string grpc_message(std::string_view message) {
  std::string framed(1, '\0');
  for (int shift = 24; shift >= 0; shift -= 8) {
    framed += static_cast<char>(message.size() >> shift & 0xff);
  }
  return framed.append(message);
}

std::string_view grpc_answer(const TripleResponse& response) {
  check(response);
  const std::string_view body = response.body;
  if (body.size() < kPrefix) throw Error(ErrorKind::invalid_data, "the provider's answer is empty");
  if (body[0] != 0) {
    throw Error(ErrorKind::invalid_data,
                fmt::format("the provider's answer is compressed ({}), which was not asked for",
                            response.header("grpc-encoding")));
  }
  std::size_t size = 0;
  for (std::size_t i = 1; i < kPrefix; ++i) size = size << 8 | static_cast<unsigned char>(body[i]);
  if (size != body.size() - kPrefix) {
    throw Error(ErrorKind::invalid_data,
                fmt::format("the provider's answer holds {} bytes, not the {} that it announces",
                            body.size() - kPrefix, size));
  }
  return body.substr(kPrefix);
}

}  // namespace podreg::rpc
