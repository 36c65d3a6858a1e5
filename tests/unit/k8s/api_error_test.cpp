#include "k8s/api_error.h"

#include <gmock/gmock.h>

#include "k8s/media_types.h"
#include "tests/support/protobuf_writer.h"

namespace podreg::k8s {
namespace {

using core::ErrorKind;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using tests::envelope;
using tests::field;

const ApiCall kListPods{kPods, "demo"};
const ApiCall kGetService{kServices, "demo", "shop"};
const ApiCall kListSlices{kEndpointSlices};

constexpr const char* kForbidden =
    R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"pods is forbidden: )"
    R"(User \"system:serviceaccount:demo:viewer\" cannot list resource \"pods\" in API group \"\" in the )"
    R"(namespace \"demo\"","reason":"Forbidden","details":{"kind":"pods"},"code":403})";

core::Error error_of(const ApiCall& call, const FailedAnswer& answer) {
  Connection connection;
  connection.server = "https://api:6443";
  connection.user = "tester";
  connection.origin = "context x";
  return api_error(call, connection, parse_server(connection.server), answer);
}

FailedAnswer answer_of(int status, std::string type, std::string location, std::string body) {
  FailedAnswer answer{status, std::move(type), std::move(location)};
  answer.take_body(std::move(body), SentSecrets({}));
  return answer;
}

FailedAnswer json(int status, std::string body) {
  return answer_of(status, "application/json", "", std::move(body));
}

std::string status_json(const std::string& message, const std::string& reason = "") {
  return R"({"kind":"Status","apiVersion":"v1","message":")" + message + R"(","reason":")" +
         reason + "\"}";
}

TEST(ApiError, ForbiddenSaysWhoMayNotDoWhatWhere) {
  const auto error = error_of(kListPods, json(403, kForbidden));
  EXPECT_EQ(error.kind(), ErrorKind::not_allowed);
  EXPECT_STREQ(error.what(),
               R"(user "system:serviceaccount:demo:viewer" may not list pods in namespace "demo")");
  EXPECT_EQ(error.hint(),
            "a Role in namespace \"demo\" with this rule would allow it: {apiGroups: [\"\"], "
            "resources: [\"pods\"], verbs: [\"list\"]}");
}

TEST(ApiError, ForbiddenInProtobufIsTheSame) {
  const std::string status =
      field(1, "") + field(2, "Failure") +
      field(3, R"(User "bob" cannot get resource "services" in API group "")") +
      field(4, "Forbidden") + tests::tag(6, 0) + tests::varint(403);
  const auto error = error_of(kGetService, answer_of(403, "application/vnd.kubernetes.protobuf", "",
                                                     envelope("Status", status, "v1")));
  EXPECT_STREQ(error.what(), R"(user "bob" may not get service "shop" in namespace "demo")");
}

TEST(ApiError, ForbiddenInAllNamespacesAsksForAClusterRole) {
  const auto error = error_of(kListSlices, json(403, "{}"));
  EXPECT_STREQ(error.what(), R"(user "tester" may not list endpointslices in all namespaces)");
  EXPECT_THAT(error.hint(), AllOf(HasSubstr("a ClusterRole"), HasSubstr("\"discovery.k8s.io\"")));
}

TEST(ApiError, ForbiddenByAnythingButRbacKeepsItsWords) {
  const auto error = error_of(kListPods, json(403, status_json("the firewall says no")));
  EXPECT_STREQ(error.what(),
               R"(user "tester" may not list pods in namespace "demo": the firewall says no)");
}

TEST(ApiError, WhoMayNotImpersonateIsNotToldToAllowWhatWasAskedFor) {
  const auto error = error_of(
      kListPods,
      json(403, status_json(R"(users \"admin\" is forbidden: User \"meddler\" cannot impersonate )"
                            R"(resource \"users\" in API group \"\" at the cluster scope)")));
  EXPECT_EQ(error.kind(), ErrorKind::not_allowed);
  EXPECT_THAT(error.what(), HasSubstr("user \"meddler\" may not impersonate"));
  EXPECT_THAT(error.what(), HasSubstr("users \"admin\" is forbidden"));
  EXPECT_THAT(error.hint(), HasSubstr("the verb impersonate"));
}

TEST(ApiError, ForbiddenToTheAnonymousIsAboutCredentialsNotRoles) {
  const auto answer = json(403, status_json(R"(User \"system:anonymous\" cannot list resource)"));
  const auto error = error_of(kListPods, answer);
  EXPECT_STREQ(error.what(), R"(user "system:anonymous" may not list pods in namespace "demo")");
  EXPECT_EQ(error.hint(),
            "the token or client certificate in context x may be missing, expired or of another "
            "cluster");

  Connection connection;
  connection.server = "http://api";
  connection.credentials_unused = true;
  EXPECT_EQ(api_error(kListPods, connection, parse_server(connection.server), answer).hint(),
            "the credentials were not sent, because the server's address is not https");
}

TEST(ApiError, UnauthorizedNamesServerAndUser) {
  const auto error = error_of(kListPods, json(401, status_json("Unauthorized", "Unauthorized")));
  EXPECT_EQ(error.kind(), ErrorKind::not_allowed);
  EXPECT_STREQ(error.what(),
               "not authenticated: the API server at api:6443 rejected the credentials of user "
               "\"tester\"");
  EXPECT_THAT(error.hint(), HasSubstr("in context x"));
}

TEST(ApiError, AnObjectThatDoesNotExistIsAbsentAndNotAnError) {
  const std::string body =
      R"({"kind":"Status","reason":"NotFound","message":"services \"shop\" not found",)"
      R"("details":{"name":"shop","kind":"services"}})";
  EXPECT_TRUE(is_absent(kGetService, json(404, body)));
  EXPECT_FALSE(is_absent(kListPods, json(404, body)));
  EXPECT_FALSE(is_absent(kGetService, json(404, R"({"kind":"Status","reason":"NotFound"})")));
  EXPECT_FALSE(is_absent(kGetService, answer_of(404, "text/html", "", "<html>")));
}

TEST(ApiError, AResourceThatTheServerDoesNotHaveIsNotAMissingObject) {
  const auto error = error_of(
      kListSlices, answer_of(404, "text/plain; charset=utf-8", "", "404 page not found\n"));
  EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
  EXPECT_STREQ(error.what(),
               "the API server at api:6443 has no endpointslices of /apis/discovery.k8s.io/v1");
}

TEST(ApiError, A404OfAnotherWebServerSaysSo) {
  const auto error = error_of(kGetService, answer_of(404, "text/html", "", "<html>nginx</html>"));
  EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
  EXPECT_STREQ(error.what(),
               "api:6443 answered 404 (text/html): it is not a Kubernetes API server");
}

TEST(ApiError, AServerThatIsOverloadedOrBrokenIsUnreachable) {
  for (const int status : {408, 429, 500, 502, 503, 504}) {
    const auto error = error_of(kListPods, json(status, status_json("please wait")));
    EXPECT_EQ(error.kind(), ErrorKind::unreachable);
    EXPECT_EQ(error.what(),
              "the API server at api:6443 answered " + std::to_string(status) + ": please wait");
  }
  EXPECT_STREQ(error_of(kListPods, answer_of(502, "text/html", "", "<html>")).what(),
               "the API server at api:6443 answered 502 (text/html)");
  EXPECT_STREQ(error_of(kListPods, answer_of(503, "text/plain", "", "no upstream\n")).what(),
               "the API server at api:6443 answered 503: no upstream");
}

TEST(ApiError, AnExpiredListAndAConflictHaveTheirKinds) {
  EXPECT_EQ(error_of(kListPods, json(410, status_json("too old"))).kind(), ErrorKind::unreachable);
  EXPECT_EQ(error_of(kListPods, json(409, status_json("changed"))).kind(), ErrorKind::conflict);
}

TEST(ApiError, PlainHttpToATlsServerKeepsTheServersWords) {
  const auto error = error_of(
      kListPods, answer_of(400, "", "", "Client sent an HTTP request to an HTTPS server.\n"));
  EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
  EXPECT_THAT(error.what(), HasSubstr("400: Client sent an HTTP request to an HTTPS server."));
  EXPECT_EQ(error.hint(), "use https://api:6443");
}

TEST(ApiError, ARedirectNamesTheOtherHostOnly) {
  const auto error = error_of(
      kListPods, answer_of(302, "text/html", "https://login.example.com/path?session=s3cret", ""));
  EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
  EXPECT_THAT(error.what(),
              AllOf(HasSubstr("\"https://login.example.com\""), Not(HasSubstr("s3cret"))));
}

TEST(ApiError, WithoutALocationNothingIsRedirected) {
  for (const int status : {300, 304, 399}) {
    const auto error = error_of(kListPods, {status, "", "", ""});
    EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
    EXPECT_THAT(error.what(), testing::EndsWith(" answered " + std::to_string(status)));
    EXPECT_EQ(error.hint(), "");
  }
}

TEST(ApiError, LongTextIsCutBetweenCharacters) {
  std::string text;
  for (int i = 0; i < 1000; ++i)
    text += "\xe4\xb8\xad";  // three bytes: 500 is in the middle of one
  const std::string what = error_of(kListPods, json(500, status_json(text))).what();
  EXPECT_LT(what.size(), 600U);
  EXPECT_THAT(what, testing::EndsWith("\xe4\xb8\xad…"));
}

TEST(ApiError, BodiesThatAreNotWellFormedAreNoStatus) {
  EXPECT_FALSE(read_status("application/json", R"({"kind":"Status")"));
  EXPECT_FALSE(read_status("application/json", "[]"));
  EXPECT_FALSE(read_status("application/json", std::string(60'000, '[')));
  EXPECT_FALSE(read_status("application/json", R"({"kind":"Pod"})"));
  EXPECT_FALSE(read_status("application/vnd.kubernetes.protobuf", "k8s"));
  const std::string whole = envelope("Status", field(3, "m") + field(4, "r"), "v1");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    read_status("application/vnd.kubernetes.protobuf", std::string_view(whole).substr(0, size));
  }
  EXPECT_FALSE(read_status("text/html", R"({"kind":"Status"})"));
}

TEST(ApiError, FieldsOfTheWrongTypeCountAsAbsent) {
  const auto status =
      read_status("application/json", R"({"kind":"Status","message":7,"reason":{},"details":[]})");
  ASSERT_TRUE(status);
  EXPECT_EQ(status->message, "");
  EXPECT_EQ(status->object_name, "");
}

TEST(ApiError, AnAnswerOfAnotherTypeIsNamed) {
  const auto error = unexpected_type(parse_server("https://api"), "text/html; charset=utf-8");
  EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
  EXPECT_STREQ(error.what(), "the answer of api:443 is text/html, not JSON");
  EXPECT_THAT(error.hint(), HasSubstr("login page"));
}

TEST(MediaType, IsWithoutParametersAndInLowerCase) {
  EXPECT_EQ(media_type("Application/JSON; charset=utf-8"), "application/json");
  EXPECT_EQ(media_type("application/json ;as=X"), "application/json");
  EXPECT_EQ(media_type(""), "");
}

TEST(ApiCall, TargetsArePercentEncoded) {
  EXPECT_EQ(kGetService.target(), "/api/v1/namespaces/demo/services/shop");
  EXPECT_EQ(kListSlices.target(), "/apis/discovery.k8s.io/v1/endpointslices");
  ApiCall call = kListPods;
  call.label_selector = "app=shop,x/y=z";
  call.continue_token = "a+b=";
  EXPECT_EQ(call.target(),
            "/api/v1/namespaces/demo/pods?labelSelector=app%3Dshop%2Cx%2Fy%3Dz&continue=a%2Bb%3D");
  call = kGetService;
  call.name = "../pods?x";
  EXPECT_EQ(call.target(), "/api/v1/namespaces/demo/services/..%2Fpods%3Fx");
}

}  // namespace
}  // namespace podreg::k8s
