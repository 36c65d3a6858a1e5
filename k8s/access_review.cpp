#include "k8s/access_review.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <utility>

#include "core/error.h"
#include "core/json.h"
#include "k8s/api_error.h"

namespace podreg::k8s {

namespace {

using core::Error;
using core::ErrorKind;

constexpr ApiResource kAccessReviews{"/apis/authorization.k8s.io/v1", "authorization.k8s.io",
                                     "selfsubjectaccessreviews", "selfsubjectaccessreview",
                                     "SelfSubjectAccessReview"};
constexpr ApiResource kAccountReviews{"/apis/authorization.k8s.io/v1", "authorization.k8s.io",
                                      "subjectaccessreviews", "subjectaccessreview",
                                      "SubjectAccessReview"};
constexpr ApiResource kSubjectReviews{"/apis/authentication.k8s.io/v1", "authentication.k8s.io",
                                      "selfsubjectreviews", "selfsubjectreview",
                                      "SelfSubjectReview"};

constexpr int kCreated = 201;
constexpr std::size_t kLargestReview = std::size_t{1} << 20;

ApiCall creation_of(const ApiResource& resource) {
  ApiCall call{resource};
  call.create = true;
  return call;
}

using Json = core::JsonWriter<>;

void write_field(Json& json, const char* name, const std::string& value) {
  json.Key(name);
  json.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
}

// "pods/portforward", as a rule has it, is a resource and a subresource of it.
void write_permission(Json& json, const core::Permission& permission, const std::string& ns) {
  json.Key("resourceAttributes");
  json.StartObject();
  write_field(json, "verb", permission.verb);
  write_field(json, "group", permission.group);
  const auto slash = permission.resource.find('/');
  write_field(json, "resource", permission.resource.substr(0, slash));
  if (slash != std::string::npos)
    write_field(json, "subresource", permission.resource.substr(slash + 1));
  write_field(json, "namespace", ns);
  json.EndObject();
}

// User and groups as the token authenticator gives them to a ServiceAccount.
void write_account(Json& json, const std::string& ns, const std::string& account) {
  write_field(json, "user", fmt::format("system:serviceaccount:{}:{}", ns, account));
  json.Key("groups");
  json.StartArray();
  for (const auto& group : {std::string("system:serviceaccounts"), "system:serviceaccounts:" + ns,
                            std::string("system:authenticated")}) {
    json.String(group.data(), static_cast<rapidjson::SizeType>(group.size()));
  }
  json.EndArray();
}

// `account` is empty for the user of the connection.
std::string review_of(const ApiResource& resource, const core::Permission& permission,
                      const std::string& ns, const std::string& account) {
  core::JsonBuffer text;
  Json json(text);
  json.StartObject();
  write_field(json, "apiVersion", "authorization.k8s.io/v1");
  write_field(json, "kind", std::string(resource.kind));
  json.Key("spec");
  json.StartObject();
  write_permission(json, permission, ns);
  if (!account.empty()) write_account(json, ns, account);
  json.EndObject();
  json.EndObject();
  return {text.GetString(), text.GetSize()};
}

// The member of an object; nullptr when it is absent, or this is no object.
const core::JsonValue* member(const core::JsonValue* object, const char* name) {
  if (object == nullptr || !object->IsObject()) return nullptr;
  const auto found = object->FindMember(name);
  return found == object->MemberEnd() ? nullptr : &found->value;
}

std::string text_of(const core::JsonValue* value) {
  if (value == nullptr || !value->IsString()) return {};
  return {value->GetString(), value->GetStringLength()};
}

core::JsonDocument parse(const std::string& body) {
  core::JsonDocument document;
  document.Parse<rapidjson::kParseIterativeFlag>(body.data(), body.size());
  return document;
}

core::AccessAnswer read_review(const std::string& body, const std::string& server) {
  const auto document = parse(body);
  const auto* status = document.HasParseError() ? nullptr : member(&document, "status");
  const auto* allowed = member(status, "allowed");
  if (allowed == nullptr || !allowed->IsBool()) {
    throw Error(ErrorKind::invalid_data,
                fmt::format("the answer of {} is no review of access", server));
  }
  auto reason = text_of(member(status, "reason"));
  if (reason.empty()) reason = text_of(member(status, "evaluationError"));
  return {allowed->GetBool(), std::move(reason)};
}

}  // namespace

AccessReview::AccessReview(Connection connection, ApiOptions options)
    : warnings_(std::move(options.on_warning)),
      on_read_(std::move(options.on_read)),
      transport_(std::move(connection), std::move(options)) {}

std::vector<core::AccessAnswer> AccessReview::review(
    const std::vector<core::Permission>& permissions, const std::optional<std::string>& ns) {
  std::vector<std::string> bodies;
  bodies.reserve(permissions.size());
  for (const auto& permission : permissions)
    bodies.push_back(review_of(kAccessReviews, permission, ns.value_or(""), {}));
  return ask(creation_of(kAccessReviews), bodies);
}

std::vector<core::AccessAnswer> AccessReview::review_account(
    const std::string& ns, const std::string& account,
    const std::vector<core::Permission>& permissions) {
  std::vector<std::string> bodies;
  bodies.reserve(permissions.size());
  for (const auto& permission : permissions)
    bodies.push_back(review_of(kAccountReviews, permission, ns, account));
  return ask(creation_of(kAccountReviews), bodies);
}

// All at the same time.
std::vector<core::AccessAnswer> AccessReview::ask(const ApiCall& call,
                                                  const std::vector<std::string>& bodies) {
  const auto follower = begin_reading(on_read_, "checking permissions");
  std::vector<std::unique_ptr<Response>> responses;
  responses.reserve(bodies.size());
  for (const auto& body : bodies) responses.push_back(create(call, body));
  std::vector<core::AccessAnswer> answers;
  answers.reserve(bodies.size());
  for (const auto& response : responses) {
    answers.push_back(read_review(answer_to(call, *response), transport_.server().host_and_port()));
  }
  return answers;
}

std::optional<core::Timestamp> AccessReview::time() {
  if (date_.empty()) user();
  const auto seconds = curl_getdate(date_.c_str(), nullptr);
  if (date_.empty() || seconds < 0) return std::nullopt;
  return core::Timestamp(std::chrono::seconds(seconds));
}

std::string AccessReview::user() {
  const auto follower = begin_reading(on_read_, "asking who the user is");
  const auto call = creation_of(kSubjectReviews);
  try {
    const auto response =
        create(call, R"({"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"})");
    const auto document = parse(answer_to(call, *response));
    if (document.HasParseError()) return {};
    return text_of(member(member(member(&document, "status"), "userInfo"), "username"));
  } catch (const Error&) {
    return {};  // it would only have been good to know
  }
}

std::unique_ptr<Response> AccessReview::create(const ApiCall& call, std::string body) {
  Request request{call.target(), "application/json", "POST", "application/json", std::move(body)};
  request.changes_nothing = true;
  return transport_.start(std::move(request));
}

// The body of what was created.
std::string AccessReview::answer_to(const ApiCall& call, Response& response) {
  const int status = response.status();
  warnings_.take(response.headers("Warning"));
  date_ = response.header("Date");
  if (status == kCreated || status == 200) return response.read_up_to(kLargestReview);
  throw api_error(call, transport_.connection(), transport_.server(),
                  read_failure(response, status));
}

}  // namespace podreg::k8s
