#include "k8s/transfer.h"

#include <fmt/format.h>

#include <algorithm>
#include <climits>
#include <new>

#include "core/error.h"
#include "k8s/near_address.h"
#include "k8s/transport_error.h"

namespace podreg::k8s {
namespace {

constexpr long kReadBuffer = 64L << 10;
// What gzip makes of one buffer, at most a thousand times as much, libcurl keeps while nobody
// reads.
constexpr long kCompressedReadBuffer = 16L << 10;
// Small enough for the processor's cache: with 1 MiB, 10 MB of pods took a fifth more processor
// time than with this, most of it for fresh pages.
constexpr std::size_t kUnreadLimit = std::size_t{64} << 10;
constexpr std::size_t kHeaderLimit = 256 << 10;
constexpr std::size_t kHeaderCountLimit = 500;
constexpr std::uint64_t kProgressStep = 16 << 10;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const auto begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

void initialise_libcurl() {
  static const CURLcode result = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (result != CURLE_OK) throw std::bad_alloc();
}

Transfer& transfer_of(CURL* easy) {
  Transfer* transfer = nullptr;
  curl_easy_getinfo(easy, CURLINFO_PRIVATE, &transfer);
  return *transfer;
}

}  // namespace

Multiplexer::Multiplexer() {
  initialise_libcurl();
  multi_.reset(curl_multi_init());
  if (!multi_) throw std::bad_alloc();
}

void Multiplexer::add(CURL* easy) {
  if (curl_multi_add_handle(multi_.get(), easy) != CURLM_OK) throw std::bad_alloc();
}

void Multiplexer::remove(CURL* easy) { curl_multi_remove_handle(multi_.get(), easy); }

void Multiplexer::work() {
  int running = 0;
  if (curl_multi_perform(multi_.get(), &running) != CURLM_OK) throw std::bad_alloc();
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    transfer_of(message->easy_handle).finish(message->data.result);
  }
}

void Multiplexer::wait(std::chrono::milliseconds limit) {
  curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(limit.count()), nullptr);
}

Transfer::Transfer(const TransferContext& context, const Request& request, Credentials credentials,
                   Clock::time_point request_began)
    : context_(context),
      credentials_(std::move(credentials)),
      record_(context.options.detail,
              {credentials_.token, credentials_.password, basic_authorization(credentials_)}),
      method_(request.method),
      url_(context.server.url() + request.target),
      body_(request.body),
      easy_(curl_easy_init()),
      largest_body_(request.largest_body),
      request_began_(request_began) {
  if (!easy_) throw std::bad_alloc();
  set_up_callbacks();
  set_up_tls();
  set_up_request(request);
  context_.multiplexer.add(easy_.get());
}

Transfer::~Transfer() {
  context_.multiplexer.remove(easy_.get());
  if (!done_) ended_ = Clock::now();
  observe();
}

template <typename Value>
void Transfer::set(CURLoption option, Value value) {
  // What can fail is memory; an option that this libcurl does not know is a fault of the build.
  if (curl_easy_setopt(easy_.get(), option, value) != CURLE_OK) throw std::bad_alloc();
}

void Transfer::append(StringList& list, const std::string& text) {
  curl_slist* longer = curl_slist_append(list.get(), text.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  static_cast<void>(list.release());
  list.reset(longer);
}

void Transfer::set_up_callbacks() {
  set(CURLOPT_PRIVATE, this);
  set(CURLOPT_ERRORBUFFER, error_.data());
  set(CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  set(CURLOPT_HEADERDATA, this);
  set(CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  set(CURLOPT_WRITEDATA, this);
  set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(CURLOPT_BUFFERSIZE, kReadBuffer);
  set(CURLOPT_NOSIGNAL, 1L);
  if (context_.options.observer && record_.wants_headers()) {
    set(CURLOPT_VERBOSE, 1L);
    set(CURLOPT_DEBUGFUNCTION, &Transfer::on_debug);
    set(CURLOPT_DEBUGDATA, this);
  }
}

void Transfer::set_blob(CURLoption option, const std::string& pem) {
  if (pem.empty()) return;
  curl_blob blob{};
  blob.data = const_cast<char*>(pem.data());  // read only, whatever the type says
  blob.len = pem.size();
  blob.flags = CURL_BLOB_NOCOPY;
  set(option, &blob);
}

void Transfer::set_up_tls() {
  const Connection& connection = context_.connection;
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(CURLOPT_SSL_VERIFYPEER, connection.insecure_skip_tls_verify ? 0L : 1L);
  set(CURLOPT_SSL_VERIFYHOST, connection.insecure_skip_tls_verify ? 0L : 2L);
  if (!connection.ca_pem.empty()) {
    set_blob(CURLOPT_CAINFO_BLOB, connection.ca_pem);
    // A blob takes the place of the file of the system's authorities, but not of their folder.
    set<char*>(CURLOPT_CAPATH, nullptr);
  }
  set_blob(CURLOPT_SSLCERT_BLOB, credentials_.client_cert_pem);
  set_blob(CURLOPT_SSLKEY_BLOB, credentials_.client_key_pem);
}

void Transfer::set_up_request(const Request& request) {
  const ServerAddress& server = context_.server;
  const std::string& tls_name = context_.connection.tls_server_name;
  std::string url = url_;
  append(header_list_, "Accept: " + request.accept);
  set_up_identity();
  if (server.tls && !tls_name.empty()) {
    // libcurl takes the name for TLS from the URL alone. So the URL gets that name, while the
    // connection goes to the real address; and the Host header stays, as it does with kubectl.
    ServerAddress renamed = server;
    renamed.host = tls_name;
    url = renamed.url() + request.target;
    append(connect_to_, renamed.host_and_port() + ":" + server.host_and_port());
    set(CURLOPT_CONNECT_TO, connect_to_.get());
    append(header_list_, "Host: " + server.host_and_port());
  }
  if (method_ != "GET") set_up_body(request);
  set(CURLOPT_URL, url.c_str());
  set(CURLOPT_PATH_AS_IS, 1L);
  set(CURLOPT_HTTPHEADER, header_list_.get());
  // Not a name that looks like curl's: the API server would indent its JSON for it.
  set(CURLOPT_USERAGENT, "podreg/" PODREG_VERSION);
  const bool http1 = context_.connection.http1_only;
  set(CURLOPT_HTTP_VERSION,
      static_cast<long>(http1 ? CURL_HTTP_VERSION_1_1 : CURL_HTTP_VERSION_2TLS));
  // Rather wait for a connection that may be shared than open another. Without TLS there is no
  // HTTP/2, and libcurl would wait for a whole answer before it knows.
  set(CURLOPT_PIPEWAIT, server.tls && !http1 ? 1L : 0L);
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(context_.options.timeouts.connect.count()));
  set_up_proxy();
  set_up_compression();
}

void Transfer::set_up_identity() {
  if (!credentials_.token.empty()) {
    append(header_list_, fmt::format("Authorization: Bearer {}", credentials_.token));
  } else if (!credentials_.username.empty() || !credentials_.password.empty()) {
    set(CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
    set(CURLOPT_USERNAME, credentials_.username.c_str());
    set(CURLOPT_PASSWORD, credentials_.password.c_str());
  }
  for (const auto& [name, value] : impersonation_headers(context_.connection.impersonation)) {
    append(header_list_, fmt::format("{}: {}", name, value));
  }
}

// A proxy speaks TLS on the same terms as the server, as Go's transport has it, but gets no client
// certificate.
void Transfer::set_up_proxy() {
  const Connection& connection = context_.connection;
  set(CURLOPT_PROXY, connection.proxy_url.c_str());  // empty: none, whatever the environment says
  set(CURLOPT_NOPROXY, connection.no_proxy.c_str());
  if (connection.proxy_url.empty()) return;
  set(CURLOPT_PROXY_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(CURLOPT_PROXY_SSL_VERIFYPEER, connection.insecure_skip_tls_verify ? 0L : 1L);
  set(CURLOPT_PROXY_SSL_VERIFYHOST, connection.insecure_skip_tls_verify ? 0L : 2L);
  if (!connection.ca_pem.empty()) {
    set_blob(CURLOPT_PROXY_CAINFO_BLOB, connection.ca_pem);
    set<char*>(CURLOPT_PROXY_CAPATH, nullptr);
  }
}

// Whether the server is near is known when the connection is made, which is before libcurl reads
// the headers.
void Transfer::set_up_compression() {
  set(CURLOPT_PREREQFUNCTION, &Transfer::on_connected);
  set(CURLOPT_PREREQDATA, this);
  const Compression mode = context_.options.compression;
  const bool disabled = mode == Compression::automatic && context_.connection.disable_compression;
  if (mode == Compression::off || disabled) return;
  set(CURLOPT_ACCEPT_ENCODING, "gzip");
  set(CURLOPT_BUFFERSIZE, kCompressedReadBuffer);
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
  append(header_list_, "Accept-Encoding:");
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
  append(header_list_, "Content-Type: " + request.content_type);
  append(header_list_, "Expect:");  // not: send it when the server says "100 Continue"
  set(CURLOPT_UPLOAD, 1L);
  set(CURLOPT_CUSTOMREQUEST, method_.c_str());
  set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(body_.size()));
  set(CURLOPT_READFUNCTION, &Transfer::on_send);
  set(CURLOPT_READDATA, this);
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
  try {
    auto& transfer = *static_cast<Transfer*>(self);
    if (transfer.take_body({data, size * count})) return size * count;
    return transfer.too_large_ ? 0 : CURL_WRITEFUNC_PAUSE;
  } catch (const std::bad_alloc&) {
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
  } else if (trimmed(line).empty()) {
    long code = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &code);
    answered_ = code >= 200;  // otherwise "100 Continue" and the like: the answer is yet to come
  } else if (const auto colon = line.find(':'); colon != std::string_view::npos) {
    headers_.emplace_back(trimmed(line.substr(0, colon)),
                          masked(std::string(trimmed(line.substr(colon + 1)))));
  }
  return true;
}

bool Transfer::take_body(std::string_view bytes) {
  if (received_ + bytes.size() > largest_body_) {
    too_large_ = true;
    return false;
  }
  if (arrived_.size() >= kUnreadLimit) {
    paused_ = true;
    return false;
  }
  arrived_.append(bytes);
  record_.take_received(bytes);
  received_ += bytes.size();
  return true;
}

void Transfer::finish(CURLcode code) {
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

const std::vector<std::pair<std::string, std::string>>& Transfer::headers() {
  status();
  return headers_;
}

std::string_view Transfer::next() {
  reading_.clear();
  check_whole_time();  // also of a body that never makes us wait
  await([this] { return !arrived_.empty(); });
  if (arrived_.empty()) {
    if (result_ != CURLE_OK) throw_failure();
    return {};
  }
  reading_.swap(arrived_);
  if (paused_) {
    paused_ = false;
    curl_easy_pause(easy_.get(), CURLPAUSE_CONT);  // calls on_body at once with what it kept
  }
  return reading_;
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
    context_.multiplexer.wait(patience());
    count_wait(Clock::now() - before);
  }
}

std::chrono::milliseconds Transfer::patience() const {
  using std::chrono::milliseconds;
  auto limit = milliseconds(1000);
  const auto until = [&limit](milliseconds whole, Clock::duration gone) {
    if (whole.count() == 0) return;
    limit = std::min(limit, std::chrono::ceil<milliseconds>(whole - gone));
  };
  until(context_.options.timeouts.answer, stalled_);
  until(context_.options.timeouts.whole, Clock::now() - request_began_);
  return std::max(limit, milliseconds(0));
}

std::uint64_t Transfer::progress() const { return received_ + (answered_ ? kProgressStep : 0); }

void Transfer::count_wait(Clock::duration waited) {
  const Timeouts& timeouts = context_.options.timeouts;
  stalled_ += waited;
  if (progress() >= progress_seen_ + kProgressStep) {
    progress_seen_ = progress();
    stalled_ = {};
  }
  if (timeouts.answer.count() != 0 && stalled_ >= timeouts.answer) {
    throw too_slow(context_.server, answered_, timeouts.answer);
  }
  check_whole_time();
}

void Transfer::check_whole_time() const {
  const auto whole = context_.options.timeouts.whole;
  if (whole.count() != 0 && Clock::now() - request_began_ >= whole) {
    throw too_long(context_.server, whole);
  }
}

TransferFailure Transfer::failure() const {
  TransferFailure failure;
  failure.code = result_;
  failure.detail = error_.data();
  failure.answered = answered_;
  failure.too_many_headers = too_many_headers_;
  failure.too_large = too_large_ ? largest_body_ : 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_SSL_VERIFYRESULT, &failure.verify_result);
  curl_easy_getinfo(easy_.get(), CURLINFO_OS_ERRNO, &failure.os_error);
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
  exchange.bytes = received_;
  curl_off_t wire_bytes = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_SIZE_DOWNLOAD_T, &wire_bytes);
  exchange.wire_bytes = static_cast<std::uint64_t>(wire_bytes);
  exchange.time = std::chrono::duration_cast<std::chrono::microseconds>(ended_ - started_);
  context_.options.observer(record_.finish(std::move(exchange), headers_));
}

}  // namespace podreg::k8s
