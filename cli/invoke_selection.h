// Which URLs a method is called on.
#pragma once

#include <string>
#include <vector>

#include "core/url_derivation.h"

namespace podreg::cli {

struct MethodName {
  std::string interface;  // empty: that of the URL
  std::string method;

  // "com.example.OrderService.add". Throws Error(usage).
  static MethodName parse(const std::string& text, bool needs_interface);
};

struct SelectionOptions {
  std::string target;  // the Service or URL, for messages
  bool all = false;    // one URL of every instance, else of one alone
  std::string pod;     // only of this one; empty: any
};

// Of the URLs those of the interface, over dubbo where an instance has both protocols, in their
// order. Throws Error: not_found when there is none, or none whose MetadataInfo has the method
// (naming those that there are); usage when the interface is exported with several groups or
// versions.
std::vector<core::DerivedUrl> select_urls(const std::vector<core::DerivedUrl>& urls,
                                          const MethodName& name, const SelectionOptions& options);

// The methods that the MetadataInfo names, as a hint; empty when it names none.
std::string methods_hint(const core::DerivedUrl& url);

}  // namespace podreg::cli
