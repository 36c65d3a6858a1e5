#include "k8s/curl_url.h"

#include <new>

namespace podreg::k8s {

CurlUrl::CurlUrl(const std::string& text) : url_(curl_url()) {
  if (!url_) throw std::bad_alloc();
  is_url_ =
      curl_url_set(url_.get(), CURLUPART_URL, text.c_str(), CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK;
}

std::string CurlUrl::part(CURLUPart what, unsigned flags) const {
  char* text = nullptr;
  if (curl_url_get(url_.get(), what, &text, flags) != CURLUE_OK) return {};
  std::string result = text;
  curl_free(text);
  return result;
}

}  // namespace podreg::k8s
