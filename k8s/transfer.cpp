#include "k8s/transfer.h"

#include <fmt/format.h>

#include <algorithm>
#include <climits>
#include <new>

#include "core/ascii.h"
#include "core/error.h"
#include "k8s/near_address.h"
#include "k8s/transport_error.h"

namespace podreg::k8s {
namespace {

constexpr long kReadBuffer = 64L << 10;
constexpr std::size_t kHeaderLimit = 256 << 10;
constexpr std::size_t kHeaderCountLimit = 500;
// For the end of an answer whose document is complete: a server sends it with the last bytes.
constexpr auto kLastLook = std::chrono::milliseconds(10);

}  // namespace

Transfer::Transfer(const TransferContext& context, const Request& request,
                   const Credentials& credentials, Clock::time_point request_began)
    : context_(context),
      record_(context.options.detail, secrets_of(credentials)),
      method_(request.method),
      url_(context.server.url() + request.target),
      body_(request.body),
      arriving_(request.largest_body),
      patience_(context.server, context.options, request_began) {
  set_up_callbacks();
  easy_.set_tls(context.connection, credentials);
  easy_.set_proxy(context.connection);
  for (const auto& [name, value] : identity_headers(context.connection, credentials)) {
    easy_.add_header(fmt::format("{}: {}", name, value));
  }
  set_up_request(request);
  context_.multiplexer.add(easy_.get());
}

Transfer::~Transfer() {
  context_.multiplexer.remove(easy_.get());
  if (!done_) ended_ = Clock::now();
  observe();
}

void Transfer::set_up_callbacks() {
  easy_.set(CURLOPT_PRIVATE, this);
  easy_.set(CURLOPT_ERRORBUFFER, error_.data());
  easy_.set(CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  easy_.set(CURLOPT_HEADERDATA, this);
  easy_.set(CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  easy_.set(CURLOPT_WRITEDATA, this);
  easy_.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  easy_.set(CURLOPT_BUFFERSIZE, kReadBuffer);
  easy_.set(CURLOPT_NOSIGNAL, 1L);
  if (context_.options.observer && record_.wants_headers()) {
    easy_.set(CURLOPT_VERBOSE, 1L);
    easy_.set(CURLOPT_DEBUGFUNCTION, &Transfer::on_debug);
    easy_.set(CURLOPT_DEBUGDATA, this);
  }
}

void Transfer::set_up_request(const Request& request) {
  easy_.set_url(context_.connection, context_.server, request.target);
  easy_.add_header("Accept: " + request.accept);
  if (method_ != "GET") set_up_body(request);
  // Not a name that looks like curl's: the API server would indent its JSON for it.
  easy_.set(CURLOPT_USERAGENT, "podreg/" PODREG_VERSION);
  const bool http1 = context_.connection.http1_only;
  easy_.set(CURLOPT_HTTP_VERSION,
            static_cast<long>(http1 ? CURL_HTTP_VERSION_1_1 : CURL_HTTP_VERSION_2TLS));
  // Rather wait for a connection that may be shared than open another. Without TLS there is no
  // HTTP/2, and libcurl would wait for a whole answer before it knows.
  easy_.set(CURLOPT_PIPEWAIT, context_.server.tls && !http1 ? 1L : 0L);
  easy_.set(CURLOPT_FOLLOWLOCATION, 0L);
  easy_.set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  // Finds out that the other end of a watch has gone without a word.
  easy_.set(CURLOPT_TCP_KEEPALIVE, 1L);
  easy_.set(CURLOPT_TCP_KEEPIDLE, 30L);
  easy_.set(CURLOPT_TCP_KEEPINTVL, 15L);
  // libcurl takes zero for five minutes.
  const auto connect = static_cast<long>(context_.options.timeouts.connect.count());
  easy_.set(CURLOPT_CONNECTTIMEOUT_MS, connect == 0 ? long{INT_MAX} : connect);
  set_up_compression();
}

// Whether the server is near is known when the connection is made, which is before libcurl reads
// the headers.
void Transfer::set_up_compression() {
  easy_.set(CURLOPT_PREREQFUNCTION, &Transfer::on_connected);
  easy_.set(CURLOPT_PREREQDATA, this);
  const Compression mode = context_.options.compression;
  const bool disabled = mode == Compression::automatic && context_.connection.disable_compression;
  if (mode == Compression::off || disabled) return;
  easy_.set(CURLOPT_ACCEPT_ENCODING, "gzip");
  easy_.set(CURLOPT_BUFFERSIZE, kCompressedReadBuffer);
}

// The type of `ip` is libcurl's.
// NOLINTNEXTLINE(readability-non-const-parameter)
int Transfer::on_connected(void* self, char* ip, char* /*own_ip*/, int /*port*/, int /*own_port*/) {
  auto& transfer = *static_cast<Transfer*>(self);
  try {
    transfer.take_address(ip);
  } catch (const std::bad_alloc&) {
    return CURL_PREREQFUNC_ABORT;
  }
  return CURL_PREREQFUNC_OK;
}

void Transfer::take_address(const std::string& ip) {
  const bool near = is_near(ip) && context_.connection.proxy_url.empty();
  context_.multiplexer.near = near;
  if (!near || uncompressed_ || context_.options.compression != Compression::automatic) return;
  uncompressed_ = true;
  // Without a value: takes the place of libcurl's own, and is not sent.
  easy_.add_header("Accept-Encoding:");
}

int Transfer::on_debug(CURL* /*easy*/, curl_infotype type, char* data, std::size_t size,
                       void* self) {
  if (type != CURLINFO_HEADER_OUT) return 0;
  try {
    static_cast<Transfer*>(self)->record_.take_request_head({data, size});
  } catch (const std::bad_alloc&) {
    return 0;  // it would only have been shown
  }
  return 0;
}

// libcurl begins a request again when a connection that it used before breaks off without an
// answer, although the server may have acted on it. From a function that cannot go back it cannot
// take a body twice: then it fails once a byte of the body is on its way.
void Transfer::set_up_body(const Request& request) {
  record_.take_sent_body(request.content_type, body_);
  easy_.add_header("Content-Type: " + request.content_type);
  easy_.add_header("Expect:");  // not: send it when the server says "100 Continue"
  easy_.set(CURLOPT_UPLOAD, 1L);
  easy_.set(CURLOPT_CUSTOMREQUEST, method_.c_str());
  easy_.set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(body_.size()));
  easy_.set(CURLOPT_READFUNCTION, &Transfer::on_send);
  easy_.set(CURLOPT_READDATA, this);
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
  try {
    const bool taken = static_cast<Transfer*>(self)->take_header({data, size * count});
    return taken ? size * count : 0;
  } catch (const std::bad_alloc&) {
    return 0;
  }
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  try {
    const auto taken = transfer.take_body({data, size * count});
    if (taken == BodyBuffer::Taken::yes) return size * count;
    return taken == BodyBuffer::Taken::later ? CURL_WRITEFUNC_PAUSE : 0;
  } catch (const std::bad_alloc&) {
    transfer.arriving_.refuse();
    return 0;
  }
}

std::size_t Transfer::on_send(char* data, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  const auto sent = transfer.body_.copy(data, size * count, transfer.body_sent_);
  transfer.body_sent_ += sent;
  return sent;
}

bool Transfer::take_header(std::string_view line) {
  header_bytes_ += line.size();
  if (header_bytes_ > kHeaderLimit || headers_.size() > kHeaderCountLimit) {
    too_many_headers_ = true;
    return false;
  }
  if (answered_) return true;  // a trailer
  if (line.starts_with("HTTP/")) {
    headers_.clear();
  } else if (core::trimmed(line).empty()) {
    long code = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &code);
    answered_ = code >= 200;  // otherwise "100 Continue" and the like: the answer is yet to come
  } else if (const auto colon = line.find(':'); colon != std::string_view::npos) {
    headers_.emplace_back(core::trimmed(line.substr(0, colon)),
                          secrets().masked(std::string(core::trimmed(line.substr(colon + 1)))));
  }
  return true;
}

BodyBuffer::Taken Transfer::take_body(std::string_view bytes) {
  const auto taken = arriving_.put(bytes, wire_bytes());
  if (taken == BodyBuffer::Taken::yes) record_.take_received(bytes);
  return taken;
}

// What arrived of the body, before it was unpacked.
std::uint64_t Transfer::wire_bytes() const {
  curl_off_t bytes = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_SIZE_DOWNLOAD_T, &bytes);
  return static_cast<std::uint64_t>(bytes);
}

void Transfer::finish(CURLcode code) {
  if (done_) return;  // what went wrong first counts
  done_ = true;
  result_ = code;
  ended_ = Clock::now();
}

int Transfer::status() {
  await([this] { return answered_; });
  if (!answered_) throw_failure();
  long code = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &code);
  return static_cast<int>(code);
}

const Headers& Transfer::headers() {
  status();
  return headers_;
}

std::string_view Transfer::next() {
  arriving_.drop_taken();
  patience_.check(answered_);  // also of a body that never makes us wait
  await([this] { return !arriving_.empty(); });
  if (arriving_.empty() && result_ != CURLE_OK) throw_failure();
  return take();
}

std::string_view Transfer::rest() {
  arriving_.drop_taken();
  const auto until = Clock::now() + kLastLook;
  const auto found = [this] { return done_ || !arriving_.empty(); };
  for (context_.multiplexer.work(); !found() && Clock::now() < until; context_.multiplexer.work()) {
    context_.multiplexer.wait(std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()));
  }
  return take();
}

std::string_view Transfer::take() {
  const auto piece = arriving_.take();
  if (!piece.empty() && arriving_.paused()) {
    arriving_.begin_resuming();
    // Calls on_body at once with what it kept, and tells nobody else when that is refused.
    const CURLcode code = curl_easy_pause(easy_.get(), CURLPAUSE_CONT);
    arriving_.end_resuming();
    if (code != CURLE_OK) finish(code);
  }
  return piece;
}

std::optional<core::Error> Transfer::error() const {
  if (!done_ || result_ == CURLE_OK) return std::nullopt;
  return transport_error(context_.server, context_.connection, context_.options.timeouts,
                         failure());
}

std::string Transfer::read_up_to(std::size_t limit) {
  std::string body;
  while (body.size() < limit) {
    const auto piece = next();
    if (piece.empty()) break;
    body.append(piece.substr(0, limit - body.size()));
  }
  return secrets().masked(std::move(body));
}

void Transfer::drain(std::size_t limit) {
  try {
    for (std::size_t size = 0; size < limit;) {
      const auto piece = next();
      if (piece.empty()) return;
      size += piece.size();
    }
  } catch (const core::Error&) {
    return;
  }
}

Fault Transfer::fault() const {
  return done_ ? fault_of(failure()) : Fault::lasting;  // otherwise it took too long
}

template <typename Ready>
void Transfer::await(Ready ready) {
  while (!ready() && !done_) {
    context_.multiplexer.work();
    if (ready() || done_) return;
    const auto before = Clock::now();
    context_.multiplexer.wait(patience_.next_wait());
    patience_.count(Clock::now() - before, {answered_, arriving_.received()});
    if (context_.options.on_wait) context_.options.on_wait();
  }
}

TransferFailure Transfer::failure() const {
  TransferFailure failure = easy_.failure(result_);
  failure.detail = error_.data();
  failure.answered = answered_;
  failure.too_many_headers = too_many_headers_;
  failure.is_bomb = arriving_.is_bomb();
  failure.too_large = arriving_.too_large() ? arriving_.largest() : 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_HTTP_CONNECTCODE, &failure.proxy_status);
  return failure;
}

void Transfer::throw_failure() const {
  throw transport_error(context_.server, context_.connection, context_.options.timeouts, failure());
}

void Transfer::observe() {
  if (!context_.options.observer) return;
  Exchange exchange;
  exchange.method = method_;
  exchange.url = url_;
  if (answered_) {
    long code = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &code);
    exchange.status = static_cast<int>(code);
  }
  exchange.bytes = arriving_.received();
  exchange.wire_bytes = wire_bytes();
  exchange.time = std::chrono::duration_cast<std::chrono::microseconds>(ended_ - started_);
  context_.options.observer(record_.finish(std::move(exchange), headers_));
}

}  // namespace podreg::k8s
