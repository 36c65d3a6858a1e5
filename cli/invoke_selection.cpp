#include "cli/invoke_selection.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

#include "core/comma_list.h"
#include "core/error.h"
#include "rpc/invoker.h"

namespace podreg::cli {
namespace {

using core::DerivedUrl;
using core::Error;
using core::ErrorKind;

[[noreturn]] void refuse_interface(const std::vector<DerivedUrl>& urls, const MethodName& name,
                                   const SelectionOptions& options) {
  std::set<std::string> interfaces;
  for (const auto& url : urls) interfaces.insert(url.interface);
  throw Error(ErrorKind::not_found,
              fmt::format("{} exports no interface {}", options.target, name.interface),
              interfaces.empty() ? fmt::format("podreg urls {} shows what there is", options.target)
                                 : fmt::format("it exports {}", fmt::join(interfaces, ", ")));
}

std::vector<DerivedUrl> of_interface(const std::vector<DerivedUrl>& urls, const MethodName& name,
                                     const SelectionOptions& options) {
  std::vector<DerivedUrl> found;
  std::ranges::copy_if(urls, std::back_inserter(found), [&](const DerivedUrl& url) {
    return name.interface.empty() || name.interface == url.interface;
  });
  if (found.empty()) refuse_interface(urls, name, options);
  return found;
}

void check_protocols(std::vector<DerivedUrl>& urls) {
  const auto protocol = urls.front().url.protocol;
  std::erase_if(urls, [](const DerivedUrl& url) { return !rpc::can_invoke(url.url.protocol); });
  if (urls.empty()) {
    throw Error(ErrorKind::usage, fmt::format("podreg cannot call over {}", protocol),
                "it can over dubbo and tri");
  }
}

void check_service_keys(const std::vector<DerivedUrl>& urls) {
  std::set<std::string> keys;
  for (const auto& url : urls)
    keys.insert(core::service_key(url.group, url.interface, url.version));
  if (keys.size() < 2) return;
  throw Error(ErrorKind::usage,
              fmt::format("{} is exported several times: {}", urls.front().interface,
                          fmt::join(keys, ", ")),
              "--group and --version say which; an empty one is none: --version=");
}

void keep_pod(std::vector<DerivedUrl>& urls, const SelectionOptions& options) {
  if (options.pod.empty()) return;
  std::set<std::string> pods;
  for (const auto& url : urls) pods.insert(url.pod);
  std::erase_if(urls, [&](const DerivedUrl& url) { return url.pod != options.pod; });
  if (!urls.empty()) return;
  throw Error(ErrorKind::not_found,
              fmt::format("pod \"{}\" is no instance with this interface", options.pod),
              fmt::format("instances are {}", fmt::join(pods, ", ")));
}

// One of each instance, which has one for each protocol.
std::vector<DerivedUrl> one_of_each(const std::vector<DerivedUrl>& urls) {
  std::vector<DerivedUrl> chosen;
  for (const auto& url : urls) {
    const auto known = std::ranges::find_if(chosen, [&](const DerivedUrl& other) {
      return other.pod == url.pod && other.ns == url.ns && other.url.host == url.url.host;
    });
    if (known == chosen.end()) {
      chosen.push_back(url);
    } else if (known->url.protocol != "dubbo" && url.url.protocol == "dubbo") {
      *known = url;
    }
  }
  return chosen;
}

// What no MetadataInfo says may exist all the same; a generic service has any method.
bool may_have(const DerivedUrl& url, const std::string& method) {
  const auto methods = url.url.param("methods");
  return methods.empty() || methods == "*" || method.starts_with('$') ||
         std::ranges::count(core::comma_list(methods), method) != 0;
}

void check_method(const std::vector<DerivedUrl>& urls, const MethodName& name) {
  const bool any =
      std::ranges::any_of(urls, [&](const DerivedUrl& url) { return may_have(url, name.method); });
  if (any) return;
  throw Error(ErrorKind::not_found,
              fmt::format("{} has no method {}", urls.front().interface, name.method),
              methods_hint(urls.front()));
}

}  // namespace

MethodName MethodName::parse(const std::string& text, bool needs_interface) {
  const auto dot = text.rfind('.');
  MethodName name;
  name.method = dot == std::string::npos ? text : text.substr(dot + 1);
  if (dot != std::string::npos) name.interface = text.substr(0, dot);
  if (name.method.empty() || (needs_interface && name.interface.empty())) {
    throw Error(ErrorKind::usage, fmt::format("\"{}\" is no INTERFACE.METHOD", text),
                "for example com.example.shop.OrderService.add");
  }
  return name;
}

std::vector<DerivedUrl> select_urls(const std::vector<DerivedUrl>& urls, const MethodName& name,
                                    const SelectionOptions& options) {
  auto found = of_interface(urls, name, options);
  check_protocols(found);
  check_service_keys(found);
  check_method(found, name);
  keep_pod(found, options);
  found = one_of_each(found);
  if (!options.all) found.erase(found.begin() + 1, found.end());
  return found;
}

std::string methods_hint(const DerivedUrl& url) {
  const auto list = url.url.param("methods");
  const auto methods = core::comma_list(list);
  return methods.empty() ? std::string()
                         : fmt::format("its methods are {}", fmt::join(methods, ", "));
}

}  // namespace podreg::cli
