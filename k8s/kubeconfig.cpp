#include "k8s/kubeconfig.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <utility>

#include "core/error.h"
#include "k8s/connection_file.h"

namespace podreg::k8s {

namespace {

template <typename Entry>
void add_new(std::vector<Entry>& into, std::vector<Entry>&& entries) {
  for (auto& entry : entries) {
    if (find_entry(into, entry.name) == nullptr) into.push_back(std::move(entry));
  }
}

std::vector<std::string> split_list(const std::string& list) {
  std::vector<std::string> paths;
  std::istringstream stream(list);
  for (std::string path; std::getline(stream, path, ':');) {
    if (!path.empty() && std::ranges::find(paths, path) == paths.end()) paths.push_back(path);
  }
  return paths;
}

std::string hint_for(const KubeconfigFiles& files) {
  if (files.named_by.empty()) return {};
  return fmt::format("{} names this file", files.named_by);
}

}  // namespace

void merge_kubeconfig(Kubeconfig& into, Kubeconfig next) {
  into.files.insert(into.files.end(), next.files.begin(), next.files.end());
  if (into.current_context.empty()) {
    into.current_context = std::move(next.current_context);
    into.current_context_file = std::move(next.current_context_file);
  }
  add_new(into.clusters, std::move(next.clusters));
  add_new(into.users, std::move(next.users));
  add_new(into.contexts, std::move(next.contexts));
}

KubeconfigFiles find_kubeconfig(const std::string& flag, const Environment& environment) {
  if (!flag.empty()) return {{flag}, "--kubeconfig", true};
  if (const auto list = environment.text("KUBECONFIG"); !list.empty()) {
    return {split_list(list), "$KUBECONFIG", false};
  }
  const auto home = environment.text("HOME");
  if (home.empty()) return {};
  return {{home + "/.kube/config"}, {}, false};
}

Kubeconfig load_kubeconfig(const KubeconfigFiles& files) {
  Kubeconfig merged;
  for (const auto& path : files.paths) {
    if (!files.must_exist && !file_exists(path)) continue;
    const auto text =
        read_connection_file(path, "the kubeconfig", kLargestKubeconfig, hint_for(files));
    merge_kubeconfig(merged, parse_kubeconfig(text, path));
  }
  return merged;
}

}  // namespace podreg::k8s
