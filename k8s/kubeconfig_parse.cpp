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
#include "k8s/kubeconfig_fields.h"
#include "k8s/read_errors.h"
#include "k8s/yaml_json.h"

namespace podreg::k8s {

namespace {

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
    throw unreadable(kubeconfig_name(file), "is nested too deeply", yaml_place(error.mark));
  } catch (const YAML::Exception& error) {
    throw unreadable(kubeconfig_name(file),
                     fmt::format("is not valid YAML: {}", without_quotation(error.msg)),
                     yaml_place(error.mark));
  }
}

void read_entry(const KubeconfigFields& fields, ClusterEntry& cluster) {
  cluster.server = fields.text("server");
  cluster.tls_server_name = fields.text("tls-server-name");
  cluster.certificate_authority = fields.path("certificate-authority");
  cluster.certificate_authority_data = fields.text("certificate-authority-data");
  cluster.proxy_url = fields.text("proxy-url");
  cluster.insecure_skip_tls_verify = fields.boolean("insecure-skip-tls-verify");
  cluster.disable_compression = fields.boolean("disable-compression");
  for (const auto& extension : fields.maps("extensions")) {
    if (extension.text("name") != "client.authentication.k8s.io/exec") continue;
    cluster.exec_config =
        json_of(extension.node("extension"),
                fmt::format("{} in {}", extension.field("extension"), cluster.file));
  }
}

Impersonation read_impersonation(const KubeconfigFields& fields) {
  Impersonation impersonation;
  impersonation.user = fields.text("as");
  impersonation.uid = fields.text("as-uid");
  impersonation.groups = fields.texts("as-groups");
  const auto extra = fields.map("as-user-extra");
  for (const auto& key : extra.keys()) impersonation.extra.emplace_back(key, extra.texts(key));
  return impersonation;
}

ExecConfig read_exec(const KubeconfigFields& fields) {
  ExecConfig exec;
  exec.api_version = fields.text("apiVersion");
  exec.command = fields.text("command");
  if (exec.command.find('/') != std::string::npos) exec.command = fields.path("command");
  exec.args = fields.texts("args");
  for (const auto& variable : fields.maps("env")) {
    exec.env.emplace_back(variable.text("name"), variable.text("value"));
  }
  exec.install_hint = fields.text("installHint");
  exec.provide_cluster_info = fields.boolean("provideClusterInfo");
  exec.interactive_mode = fields.text("interactiveMode");
  return exec;
}

void read_entry(const KubeconfigFields& fields, UserEntry& user) {
  user.client_certificate = fields.path("client-certificate");
  user.client_certificate_data = fields.text("client-certificate-data");
  user.client_key = fields.path("client-key");
  user.client_key_data = fields.text("client-key-data");
  user.token = fields.text("token");
  user.token_file = fields.path("tokenFile");
  user.username = fields.text("username");
  user.password = fields.text("password");
  user.impersonation = read_impersonation(fields);
  if (is_set(fields.node("auth-provider"))) {
    user.auth_provider = fields.map("auth-provider").text("name");
  }
  if (is_set(fields.node("exec"))) user.exec = read_exec(fields.map("exec"));
}

void read_entry(const KubeconfigFields& fields, ContextEntry& context) {
  context.cluster = fields.text("cluster");
  context.user = fields.text("user");
  context.ns = fields.text("namespace");
}

// A list of {name: NAME, KIND: {…}}.
template <typename Entry>
std::vector<Entry> read_list(const KubeconfigFields& document, const std::string& file,
                             const char* key, const char* kind) {
  std::vector<Entry> entries;
  std::set<std::string> names;
  const auto list = document.node(key);
  if (!is_set(list)) return entries;
  if (!list.IsSequence()) throw document.mismatch(list, key, "a list");
  for (const YAML::Node& item : list) {
    const KubeconfigFields outer(item, file, fmt::format("an entry of {}", key));
    Entry entry;
    entry.name = outer.text("name");
    entry.file = file;
    read_entry(KubeconfigFields(outer.node(kind), file, fmt::format("{} \"{}\"", kind, entry.name)),
               entry);
    if (!names.insert(entry.name).second) {
      throw unreadable(kubeconfig_name(file), fmt::format("{} holds \"{}\" twice", key, entry.name),
                       yaml_place(item.Mark()), "remove or rename one of them");
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

void check_kind(const KubeconfigFields& document, const std::string& file) {
  const auto kind = document.text("kind");
  const auto version = document.text("apiVersion");
  if (!kind.empty() && kind != "Config") {
    throw unreadable(kubeconfig_name(file), fmt::format("is a {}, not a kubeconfig", kind), "",
                     "a kubeconfig has kind: Config");
  }
  if (!version.empty() && version != "v1") {
    throw unreadable(kubeconfig_name(file), fmt::format("has the apiVersion {}", version), "",
                     "a kubeconfig has apiVersion: v1");
  }
}

}  // namespace

Kubeconfig parse_kubeconfig(const std::string& text, const std::string& file) {
  const KubeconfigFields document(load(text, file), file, "");
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
