#include "cli/global_options.h"

#include <CLI/CLI.hpp>

#include "cli/flag_groups.h"
#include "core/choice.h"

namespace podreg::cli {

namespace {

core::EndpointSource parse_endpoint_source(const std::string& text) {
  if (text == "endpoints") return core::EndpointSource::endpoints;
  if (text == "endpointslices") return core::EndpointSource::endpointslices;
  core::refuse_choice(
      "--endpoint-source", text, {"endpoints", "endpointslices"},
      "endpoints is what Dubbo reads; endpointslices also has the addresses beyond 1,000");
}

k8s::Compression parse_compression(const std::string& text) {
  if (text == "auto") return k8s::Compression::automatic;
  if (text == "on") return k8s::Compression::on;
  if (text == "off") return k8s::Compression::off;
  core::refuse_choice("--compression", text, {"on", "off", "auto"},
                      "auto asks for compressed answers when the server is in no private network");
}

void declare_transfer(CLI::App& app, GlobalOptions& options) {
  constexpr const char* kGroup = kConnectionGroup;
  app.add_flag("--allow-plaintext-token", options.allow_plaintext_token,
               "Send a token or password over plain http to another machine, too")
      ->group(kGroup);
  app.add_option_function<std::string>(
         "--compression",
         [&options](const std::string& value) { options.compression = parse_compression(value); },
         "Whether answers are compressed; auto, the default: only from far servers")
      ->group(kGroup)
      ->type_name("on|off|auto");
  app.add_option("--request-timeout", options.request_timeout,
                 "How long a request may take, attempts included, e.g. 30s; default 10s to "
                 "connect, 60s for an answer")
      ->group(kGroup)
      ->type_name("DURATION");
}

void declare_connection(CLI::App& app, GlobalOptions& options) {
  constexpr const char* kGroup = kConnectionGroup;
  k8s::Overrides& overrides = options.overrides;
  app.add_option("--snapshot", options.snapshots,
                 "Kubernetes objects from a JSON or YAML file, a directory, or - for standard "
                 "input; no network: providers are asked only with --connect or --via direct")
      ->group(kGroup)
      ->type_name("FILE")
      ->allow_extra_args(false)  // one file for each flag: the word behind it is the command's
      ->take_all();
  app.add_option("--registry", options.registry,
                 "A Dubbo registry URL, kubernetes://HOST:PORT?namespace=…, as in the "
                 "application's configuration")
      ->group(kGroup)
      ->type_name("URL");
  app.add_option("--kubeconfig", options.kubeconfig,
                 "The kubeconfig; default $KUBECONFIG, then ~/.kube/config")
      ->group(kGroup)
      ->type_name("FILE");
  const auto text = [&](const char* name, std::optional<std::string>& value, const char* type,
                        const char* description) {
    app.add_option(name, value, description)->group(kGroup)->type_name(type);
  };
  text("--context", overrides.context, "CONTEXT,…",
       "The kubeconfig's context to use; several with commas between them are asked at the same "
       "time, by commands that only read");
  app.add_flag("--all-contexts", options.all_contexts, "The same with every context there is")
      ->group(kGroup);
  text("--cluster", overrides.cluster, "CLUSTER", "The kubeconfig's cluster to use");
  text("--user", overrides.user, "USER", "The kubeconfig's user to use");
  text("-s,--server", overrides.server, "URL", "Address of the API server");
  text("--token", overrides.token, "TOKEN", "Bearer token; better in a file");
  text("--token-file", overrides.token_file, "FILE", "File with the bearer token");
  text("--certificate-authority", overrides.certificate_authority, "FILE",
       "Certificates that the API server's is checked against");
  text("--client-certificate", overrides.client_certificate, "FILE", "Client certificate");
  text("--client-key", overrides.client_key, "FILE", "Key of the client certificate");
  text("--username", overrides.username, "NAME", "User name for basic authentication");
  text("--password", overrides.password, "TEXT", "Password for basic authentication");
  text("--as", overrides.as, "NAME", "User to impersonate");
  text("--as-uid", overrides.as_uid, "UID", "UID to impersonate");
  app.add_option("--as-group", overrides.as_groups, "Group to impersonate; repeatable")
      ->group(kGroup)
      ->type_name("NAME")
      ->allow_extra_args(false)
      ->take_all();
  text("--proxy-url", overrides.proxy_url, "URL", "http, https or socks5 proxy to the API server");
  text("--tls-server-name", overrides.tls_server_name, "NAME",
       "Name that the API server's certificate must have");
  app.add_flag_callback(
         "--insecure-skip-tls-verify", [&overrides] { overrides.insecure_skip_tls_verify = true; },
         "Do not check the API server's certificate")
      ->group(kGroup);
}

void declare_scope(CLI::App& app, GlobalOptions& options) {
  constexpr const char* kGroup = kConnectionGroup;
  app.add_option("-n,--namespace", options.ns, "The namespace; default the context's")
      ->group(kGroup)
      ->type_name("NAMESPACE");
  app.add_flag("-A,--all-namespaces", options.all_namespaces, "All namespaces")->group(kGroup);
  app.add_option_function<std::string>(
         "--endpoint-source",
         [&options](const std::string& value) {
           options.endpoint_source = parse_endpoint_source(value);
         },
         "Where addresses are read; endpoints, the default, is what Dubbo reads")
      ->group(kGroup)
      ->type_name("endpoints|endpointslices");
}

void declare_output(CLI::App& app, GlobalOptions& options) {
  constexpr const char* kGroup = kOutputGroup;
  app.add_option(
         "-o,--output", options.output,
         "table, wide, json, jsonl, yaml, name, markdown, jsonpath=TEMPLATE, "
         "custom-columns=TITLE:PATH,…; url of urls; junit, html of doctor and probe; mermaid, dot "
         "of graph")
      ->group(kGroup)
      ->type_name("FORMAT");
  app.add_option("--sort-by", options.sort_by,
                 "Sort the items by a field of theirs in JSON, such as .port or "
                 "'{.metadata.timestamp}'")
      ->group(kGroup)
      ->type_name("JSONPATH");
  app.add_option("--columns", options.columns,
                 "Only these columns of the table, of -o wide too, in this order")
      ->group(kGroup)
      ->join(',')
      ->type_name("TITLE,…");
  app.add_flag("--no-headers", options.no_headers, "Tables without their first line")
      ->group(kGroup);
  app.add_option("--color", options.color, "Whether text has colours; NO_COLOR is obeyed")
      ->group(kGroup)
      ->type_name("auto|always|never");
  app.add_flag("-v,--verbose", options.verbosity,
               "Show requests on standard error; -vv headers too, -vvv bodies; secrets masked")
      ->group(kGroup);
  app.add_flag("-q,--quiet", options.quiet, "Nothing but the result and errors")->group(kGroup);
}

}  // namespace

void declare_global_options(CLI::App& app, GlobalOptions& options) {
  app.option_defaults()->take_last();  // as kubectl: an alias may be overridden
  declare_scope(app, options);
  declare_connection(app, options);
  declare_transfer(app, options);
  declare_output(app, options);
}

}  // namespace podreg::cli
