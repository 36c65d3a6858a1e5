// The kubeconfig: clusters, users and contexts, as kubectl keeps them.
//
// Format: client-go, tools/clientcmd/api/v1/types.go; YAML, of which JSON is a part:
//
//     apiVersion: v1
//     kind: Config
//     current-context: NAME
//     clusters: [{name, cluster: {server, certificate-authority[-data], tls-server-name, …}}]
//     users:    [{name, user: {client-certificate[-data], client-key[-data], token, tokenFile,
//                              username, password, as, exec, …}}]
//     contexts: [{name, context: {cluster, user, namespace}}]
//
// Fields whose name ends in -data are base64. Files are found as tools/clientcmd/loader.go finds
// them: --kubeconfig, else the list in $KUBECONFIG, else ~/.kube/config.
//
// Throughout, an empty text is a field that is not set; nothing is checked but the shape, so that a
// fault in an entry that is not used does no harm.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "core/registry_url.h"
#include "k8s/environment.h"
#include "k8s/exec_config.h"
#include "k8s/impersonation.h"

namespace podreg::k8s {

// `file` is the kubeconfig that an entry comes from. Paths of other files have been completed with
// its folder.
struct ClusterEntry {
  std::string name;
  std::string file;
  std::string server;
  std::string tls_server_name;
  std::string certificate_authority;       // path
  std::string certificate_authority_data;  // base64; wins over the path
  std::string proxy_url;                   // may hold a user name and a password
  bool insecure_skip_tls_verify = false;
  bool disable_compression = false;
  std::string exec_config;  // JSON: its extension client.authentication.k8s.io/exec; may be empty
};

struct UserEntry {
  std::string name;
  std::string file;
  std::string client_certificate;       // path
  std::string client_certificate_data;  // base64; wins over the path
  std::string client_key;               // path
  std::string client_key_data;          // base64; wins over the path
  std::string token;
  std::string token_file;  // path; wins over `token` as long as it can be read
  std::string username;    // basic authentication
  std::string password;
  Impersonation impersonation;
  std::optional<ExecConfig> exec;
  std::optional<std::string> auth_provider;  // its name
};

struct ContextEntry {
  std::string name;
  std::string file;
  std::string cluster;
  std::string user;
  std::string ns;
};

struct Kubeconfig {
  std::vector<std::string> files;  // that were read, in order
  std::string current_context;
  std::string current_context_file;
  std::vector<ClusterEntry> clusters;  // each name once, in order of appearance; so the others
  std::vector<UserEntry> users;
  std::vector<ContextEntry> contexts;

  bool is_empty() const { return clusters.empty() && users.empty() && contexts.empty(); }
};

// The entry of that name; nullptr when there is none.
template <typename Entry>
const Entry* find_entry(const std::vector<Entry>& entries, const std::string& name) {
  const auto found = std::ranges::find(entries, name, &Entry::name);
  return found == entries.end() ? nullptr : &*found;
}

// Reads one kubeconfig; `file` is its path, for messages and relative paths. Text without content
// is a kubeconfig without entries. Throws Error(invalid_data) with line and column: not YAML,
// nested deeper than yaml-cpp allows, another kind of object, a field of the wrong type, a name
// twice in one list.
Kubeconfig parse_kubeconfig(const std::string& text, const std::string& file);

// Takes from `next` the entries whose names are new, and its current-context when there is none.
void merge_kubeconfig(Kubeconfig& into, Kubeconfig next);

// Which files there are to read.
struct KubeconfigFiles {
  std::vector<std::string> paths;  // each once
  std::string named_by;     // for messages: "--kubeconfig", "$KUBECONFIG"; empty: the default
  bool must_exist = false;  // otherwise files that do not exist are skipped
};

// `flag` is the value of --kubeconfig, empty when not given.
KubeconfigFiles find_kubeconfig(const std::string& flag, const Environment& environment);

// Reads and merges them. Throws Error(invalid_data): a file that must exist and does not, that
// exists and cannot be read, that is larger than 8 MiB, or what parse_kubeconfig throws.
Kubeconfig load_kubeconfig(const KubeconfigFiles& files);

// What the command line says in place of the kubeconfig. An empty text is as good as none.
struct Overrides {
  std::optional<core::RegistryUrl> registry;  // stands over the kubeconfig, the flags over both
  std::optional<std::string> context;
  std::optional<std::string> cluster;
  std::optional<std::string> user;
  std::optional<std::string> server;
  std::optional<std::string> token;
  std::optional<std::string> token_file;
  std::optional<std::string> certificate_authority;  // paths are relative to the working directory
  std::optional<std::string> client_certificate;
  std::optional<std::string> client_key;
  std::optional<std::string> username;
  std::optional<std::string> password;
  std::optional<std::string> as;
  std::optional<std::string> as_uid;
  std::vector<std::string> as_groups;
  std::optional<std::string> tls_server_name;
  std::optional<std::string> proxy_url;
  std::optional<std::string> ns;
  bool insecure_skip_tls_verify = false;
};

}  // namespace podreg::k8s
