#include "k8s/exec_credential.h"

#include <fmt/format.h>
#include <rapidjson/error/en.h>

#include "core/base64.h"
#include "core/error.h"
#include "core/json.h"
#include "core/timestamp.h"
#include "k8s/connection_token.h"
#include "k8s/pem.h"

namespace podreg::k8s {

using core::Error;
using core::ErrorKind;

namespace {

constexpr const char* kKind = "ExecCredential";

using Writer = core::JsonWriter<>;

void write(Writer& writer, const char* key, const std::string& value) {
  writer.Key(key);
  writer.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
}

void write_if_set(Writer& writer, const char* key, const std::string& value) {
  if (!value.empty()) write(writer, key, value);
}

void write_if_set(Writer& writer, const char* key, bool value) {
  if (!value) return;
  writer.Key(key);
  writer.Bool(true);
}

void write(Writer& writer, const ExecCluster& cluster) {
  writer.Key("cluster");
  writer.StartObject();
  write(writer, "server", cluster.server);
  write_if_set(writer, "tls-server-name", cluster.tls_server_name);
  write_if_set(writer, "insecure-skip-tls-verify", cluster.insecure_skip_tls_verify);
  write_if_set(writer, "certificate-authority-data", core::encode_base64(cluster.ca_pem));
  write_if_set(writer, "proxy-url", cluster.proxy_url);
  write_if_set(writer, "disable-compression", cluster.disable_compression);
  const std::string config = cluster.config.empty() ? "null" : cluster.config;
  writer.Key("config");
  writer.RawValue(config.data(), config.size(), rapidjson::kObjectType);
  writer.EndObject();
}

// An object of the answer, with sentences about what is wrong in it.
class Fields {
 public:
  Fields(const core::JsonValue& object, const std::string& what) : object_(object), what_(what) {}

  // Empty when it is absent or null.
  std::string text(const char* key) const {
    const auto* value = find(key);
    if (value == nullptr) return {};
    if (!value->IsString()) throw bad(fmt::format("whose {} is not a text", key));
    return {value->GetString(), value->GetStringLength()};
  }

  const core::JsonValue* find(const char* key) const {
    const auto member = object_.FindMember(key);
    return member == object_.MemberEnd() || member->value.IsNull() ? nullptr : &member->value;
  }

  Error bad(const std::string& how, const std::string& hint = {}) const {
    return {ErrorKind::invalid_data, fmt::format("{} printed an {} {}", what_, kKind, how), hint};
  }

 private:
  const core::JsonValue& object_;
  const std::string& what_;
};

void parse(core::JsonDocument& document, const std::string& text, const std::string& what) {
  const auto bad = [&](const std::string& why) {
    return Error(ErrorKind::invalid_data,
                 fmt::format("{} printed what is no {} in JSON: {}", what, kKind, why),
                 "run it yourself to see what it prints; messages belong on standard error");
  };
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) throw bad("nothing");
  document.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag>(
      text.data(), text.size());
  if (document.HasParseError()) {
    throw bad(fmt::format("{} at byte {}", rapidjson::GetParseError_En(document.GetParseError()),
                          document.GetErrorOffset()));
  }
  if (!document.IsObject()) throw bad("not an object");
}

void check_type(const Fields& answer, const std::string& api_version, const std::string& what) {
  if (answer.text("kind") != kKind) {
    throw Error(ErrorKind::invalid_data,
                fmt::format("{} printed an object whose kind is not {}", what, kKind));
  }
  const auto version = answer.text("apiVersion");
  if (version == api_version) return;
  throw answer.bad(
      version.empty() ? "without an apiVersion"
                      : fmt::format("of {}, asked for one of {}", version, api_version),
      "the apiVersion of exec in the kubeconfig is to be the one that the plugin speaks");
}

void set_certificate(Credentials& credentials, const Fields& status, const std::string& what) {
  const auto certificate = status.text("clientCertificateData");
  const auto key = status.text("clientKeyData");
  if (certificate.empty() && key.empty()) return;
  if (certificate.empty()) throw status.bad("with a clientKeyData but no clientCertificateData");
  if (key.empty()) throw status.bad("with a clientCertificateData but no clientKeyData");
  check_key_pair(certificate, "the clientCertificateData of " + what, key,
                 "the clientKeyData of " + what);
  credentials.client_cert_pem = certificate;
  credentials.client_key_pem = key;
}

}  // namespace

std::string exec_info(const std::string& api_version, bool interactive,
                      const std::optional<ExecCluster>& cluster) {
  core::JsonBuffer buffer;
  Writer writer(buffer);
  writer.StartObject();
  write(writer, "kind", kKind);
  write(writer, "apiVersion", api_version);
  writer.Key("spec");
  writer.StartObject();
  if (cluster) write(writer, *cluster);
  writer.Key("interactive");
  writer.Bool(interactive);
  writer.EndObject();
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

ExecAnswer read_exec_answer(const std::string& text, const std::string& api_version,
                            const std::string& what) {
  core::JsonDocument document;
  parse(document, text, what);
  const Fields answer(document, what);
  check_type(answer, api_version, what);
  const auto* object = answer.find("status");
  if (object == nullptr || !object->IsObject()) throw answer.bad("without a status");
  const Fields status(*object, what);
  ExecAnswer result;
  result.credentials.token = status.text("token");
  check_token_text(result.credentials.token, "the token of " + what);
  set_certificate(result.credentials, status, what);
  if (result.credentials.token.empty() && result.credentials.client_cert_pem.empty()) {
    throw status.bad("with neither a token nor a certificate");
  }
  if (const auto expires = status.text("expirationTimestamp"); !expires.empty()) {
    const auto time = core::parse_timestamp(expires);
    if (!time) throw status.bad("whose expirationTimestamp is not one of RFC 3339");
    result.expires = std::chrono::floor<std::chrono::seconds>(*time);
  }
  return result;
}

}  // namespace podreg::k8s
