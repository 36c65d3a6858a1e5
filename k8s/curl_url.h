// URLs as libcurl reads them.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>

namespace podreg::k8s {

class CurlUrl {
 public:
  // Any scheme; one that is not well formed is none. Throws std::bad_alloc.
  explicit CurlUrl(const std::string& text);

  // Whether the text was a URL.
  bool is_url() const { return is_url_; }

  // A part of it as it was written; empty when it is absent. `flags` are those of curl_url_get(3).
  std::string part(CURLUPart what, unsigned flags = 0) const;

 private:
  struct Deleter {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
  };

  std::unique_ptr<CURLU, Deleter> url_;
  bool is_url_;
};

}  // namespace podreg::k8s
