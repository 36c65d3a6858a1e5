#include "k8s/multiplexer.h"

#include <poll.h>

#include <algorithm>
#include <new>

#include "k8s/easy_handle.h"
#include "k8s/transfer.h"

namespace podreg::k8s {
namespace {

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

bool Multiplexer::wait(std::chrono::milliseconds limit, int descriptor) {
  constexpr std::chrono::milliseconds kLongest{3'600'000};  // what fits into an int, and more
  const int time = static_cast<int>(std::min(limit, kLongest).count());
  curl_waitfd more{descriptor, CURL_WAIT_POLLIN, 0};
  curl_multi_poll(multi_.get(), &more, descriptor < 0 ? 0 : 1, time, nullptr);
  // curl wakes for a pipe that is closed at its other end, too, but does not say so.
  pollfd now{descriptor, POLLIN, 0};
  return descriptor >= 0 && ::poll(&now, 1, 0) == 1;
}

}  // namespace podreg::k8s
