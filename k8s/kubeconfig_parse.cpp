// The YAML of a kubeconfig.

#include <fmt/format.h>
#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "k8s/kubeconfig.h"
#include "k8s/read_errors.h"

namespace podreg::k8s {

namespace {

std::string place(const YAML::Mark& mark) {
  if (mark.is_null()) return {};
  return fmt::format("line {}, column {}", mark.line + 1, mark.column + 1);
}

std::string name_of(const std::string& file) { return "kubeconfig " + file; }

std::string describe(const YAML::Node& node) {
  if (node.IsMap()) return "a map";
  return node.IsSequence() ? "a list" : "a text";
}

bool is_set(const YAML::Node& node) { return node.IsDefined() && !node.IsNull(); }

// Some of yaml-cpp's messages quote the text after a colon, and that may be a secret.
std::string without_quotation(const std::string& message) {
  for (const std::string_view quoting : {YAML::ErrorMsg::UNKNOWN_ANCHOR}) {
    if (message.starts_with(quoting)) return std::string(quoting);
  }
  return message.substr(0, message.find(": "));
}

YAML::Node load(const std::string& text, const std::string& file) {
  try {
    return YAML::Load(text);
  } catch (const YAML::DeepRecursion& error) {
    throw unreadable(name_of(file), "is nested too deeply", place(error.mark));
  } catch (const YAML::Exception& error) {
    throw unreadable(name_of(file),
                     fmt::format("is not valid YAML: {}", without_quotation(error.msg)),
                     place(error.mark));
  }
}

// One map of the kubeconfig, with sentences about what is wrong in it.
class Fields {
 public:
  // `what` is empty for the outermost map.
  Fields(const YAML::Node& map, const std::string& file, std::string what)
      : map_(map), file_(file), what_(std::move(what)) {
    if (is_set(map_) && !map_.IsMap()) mismatch(map_, what_, "a map");
  }

  YAML::Node node(std::string_view key) const { return find(map_, key, kMostMerges); }

  bool has(std::string_view key) const {
    const auto value = node(key);
    return is_set(value) && (!value.IsScalar() || !value.Scalar().empty()) &&
           (value.IsScalar() || value.size() != 0);
  }

  // The scalar as it is written, whatever YAML would take it for: 0123 and yes stay texts.
  std::string text(std::string_view key) const {
    const auto value = node(key);
    if (!is_set(value)) return {};
    if (!value.IsScalar()) mismatch(value, field(key), "a text");
    return value.Scalar();
  }

  bool boolean(std::string_view key) const {
    const auto value = node(key);
    if (!is_set(value)) return false;
    bool result = false;
    const bool is_quoted = value.Tag() == "!";
    if (!value.IsScalar() || is_quoted || !YAML::convert<bool>::decode(value, result)) {
      throw unreadable(name_of(file_), field(key) + " is neither true nor false",
                       place(value.Mark()));
    }
    return result;
  }

  // A path relative to the kubeconfig's own folder.
  std::string path(std::string_view key) const {
    auto path = text(key);
    const auto folder_end = file_.rfind('/');
    if (path.empty() || path.front() == '/' || folder_end == std::string::npos) return path;
    return file_.substr(0, folder_end + 1) + path;
  }

  [[noreturn]] void mismatch(const YAML::Node& found, const std::string& what,
                             std::string_view expected) const {
    throw unreadable(name_of(file_),
                     fmt::format("{} is {}, where {} is expected", what.empty() ? "it" : what,
                                 describe(found), expected),
                     place(found.Mark()), what.empty() ? "is it a kubeconfig?" : "");
  }

  std::string field(std::string_view key) const {
    return what_.empty() ? std::string(key) : fmt::format("{} of {}", key, what_);
  }

 private:
  static constexpr int kMostMerges = 8;  // of maps within each other: they may form a circle

  // The last of equal keys counts, and then what YAML's merge key brings, as in Go's decoder.
  static YAML::Node find(const YAML::Node& map, std::string_view key, int merges) {
    YAML::Node found(YAML::NodeType::Undefined);
    YAML::Node merged(YAML::NodeType::Undefined);
    if (!map.IsMap()) return found;
    for (const auto& pair : map) {
      if (!pair.first.IsScalar()) continue;
      if (pair.first.Scalar() == key) found.reset(pair.second);
      if (pair.first.Scalar() == "<<") merged.reset(pair.second);
    }
    if (found.IsDefined() || !merged.IsDefined() || merges == 0) return found;
    if (!merged.IsSequence()) return find(merged, key, merges - 1);
    for (const YAML::Node& map_of_list : merged) {
      found.reset(find(map_of_list, key, merges - 1));
      if (found.IsDefined()) break;
    }
    return found;
  }

  YAML::Node map_;
  const std::string& file_;
  std::string what_;
};

void read_entry(const Fields& fields, ClusterEntry& cluster) {
  cluster.server = fields.text("server");
  cluster.tls_server_name = fields.text("tls-server-name");
  cluster.certificate_authority = fields.path("certificate-authority");
  cluster.certificate_authority_data = fields.text("certificate-authority-data");
  cluster.proxy_url = fields.text("proxy-url");
  cluster.insecure_skip_tls_verify = fields.boolean("insecure-skip-tls-verify");
}

void read_entry(const Fields& fields, UserEntry& user) {
  user.client_certificate = fields.path("client-certificate");
  user.client_certificate_data = fields.text("client-certificate-data");
  user.client_key = fields.path("client-key");
  user.client_key_data = fields.text("client-key-data");
  user.token = fields.text("token");
  user.token_file = fields.path("tokenFile");
  for (const auto* key : {"exec", "auth-provider", "username", "password", "as", "as-uid",
                          "as-groups", "as-user-extra"}) {
    if (fields.has(key)) user.unsupported.emplace_back(key);
  }
}

void read_entry(const Fields& fields, ContextEntry& context) {
  context.cluster = fields.text("cluster");
  context.user = fields.text("user");
  context.ns = fields.text("namespace");
}

// A list of {name: NAME, KIND: {…}}.
template <typename Entry>
std::vector<Entry> read_list(const Fields& document, const std::string& file, const char* key,
                             const char* kind) {
  std::vector<Entry> entries;
  std::set<std::string> names;
  const auto list = document.node(key);
  if (!is_set(list)) return entries;
  if (!list.IsSequence()) document.mismatch(list, key, "a list");
  for (const YAML::Node& item : list) {
    const Fields outer(item, file, fmt::format("an entry of {}", key));
    Entry entry;
    entry.name = outer.text("name");
    entry.file = file;
    read_entry(Fields(outer.node(kind), file, fmt::format("{} \"{}\"", kind, entry.name)), entry);
    if (!names.insert(entry.name).second) {
      throw unreadable(name_of(file), fmt::format("{} holds \"{}\" twice", key, entry.name),
                       place(item.Mark()), "remove or rename one of them");
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

void check_kind(const Fields& document, const std::string& file) {
  const auto kind = document.text("kind");
  const auto version = document.text("apiVersion");
  if (!kind.empty() && kind != "Config") {
    throw unreadable(name_of(file), fmt::format("is a {}, not a kubeconfig", kind), "",
                     "a kubeconfig has kind: Config");
  }
  if (!version.empty() && version != "v1") {
    throw unreadable(name_of(file), fmt::format("has the apiVersion {}", version), "",
                     "a kubeconfig has apiVersion: v1");
  }
}

}  // namespace

Kubeconfig parse_kubeconfig(const std::string& text, const std::string& file) {
  const Fields document(load(text, file), file, "");
  check_kind(document, file);
  Kubeconfig kubeconfig;
  kubeconfig.files = {file};
  kubeconfig.current_context = document.text("current-context");
  if (!kubeconfig.current_context.empty()) kubeconfig.current_context_file = file;
  kubeconfig.clusters = read_list<ClusterEntry>(document, file, "clusters", "cluster");
  kubeconfig.users = read_list<UserEntry>(document, file, "users", "user");
  kubeconfig.contexts = read_list<ContextEntry>(document, file, "contexts", "context");
  return kubeconfig;
}

}  // namespace podreg::k8s
