#include "k8s/access_review.h"

#include <gmock/gmock.h>

#include "core/error.h"
#include "tests/support/fake_reviewer.h"
#include "tests/unit/k8s/caught.h"

namespace podreg::k8s {
namespace {

using core::ErrorKind;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using tests::caught;
using tests::FakeReviewer;
using tests::Peer;
using tests::RawServer;

AccessReview reviewer_at(const std::string& url) {
  Connection connection;
  connection.server = url;
  return AccessReview(std::move(connection));
}

TEST(AccessReview, AnswersAreInTheOrderOfThePermissions) {
  const FakeReviewer server({R"("verb":"list")"});
  auto reviewer = reviewer_at(server.url());

  const auto answers = reviewer.review(
      {{"get", "pods", ""}, {"list", "endpointslices", "discovery.k8s.io"}}, "demo");

  ASSERT_EQ(answers.size(), 2U);
  EXPECT_TRUE(answers[0].allowed);
  EXPECT_EQ(answers[0].reason, "bound");
  EXPECT_FALSE(answers[1].allowed);
  EXPECT_EQ(answers[1].reason, "no");
  EXPECT_THAT(
      server.requests(),
      Contains(
          R"(POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews {"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","spec":{"resourceAttributes":{"verb":"list","group":"discovery.k8s.io","resource":"endpointslices","namespace":"demo"}}})"));
}

TEST(AccessReview, WithoutANamespaceAllOfThemAreMeant) {
  const FakeReviewer server({});
  reviewer_at(server.url()).review({{"get", "pods", ""}}, std::nullopt);
  EXPECT_THAT(server.requests(), ElementsAre(HasSubstr(R"("namespace":"")")));
}

TEST(AccessReview, OfAServiceAccountHasTheGroupsThatItsTokenHas) {
  const FakeReviewer server({});
  const auto answers =
      reviewer_at(server.url()).review_account("demo", "shop", {{"patch", "pods", ""}});
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_THAT(
      server.requests(),
      ElementsAre(
          R"(POST /apis/authorization.k8s.io/v1/subjectaccessreviews {"apiVersion":"authorization.k8s.io/v1","kind":"SubjectAccessReview","spec":{"resourceAttributes":{"verb":"patch","group":"","resource":"pods","namespace":"demo"},"user":"system:serviceaccount:demo:shop","groups":["system:serviceaccounts","system:serviceaccounts:demo","system:authenticated"]}})"));
}

TEST(AccessReview, TheTimeIsTheServers) {
  const RawServer server([](Peer& peer) {
    peer.read_body(peer.read_request());
    peer.write(
        "HTTP/1.1 201 Created\r\nDate: Wed, 21 Oct 2015 07:28:00 GMT\r\n"
        "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
  });
  EXPECT_EQ(reviewer_at(server.url()).time(), core::Timestamp(std::chrono::seconds(1445412480)));
}

TEST(AccessReview, TheUserIsWhoTheServerSaysItIs) {
  const FakeReviewer server({}, "system:serviceaccount:demo:shop");
  EXPECT_EQ(reviewer_at(server.url()).user(), "system:serviceaccount:demo:shop");
}

TEST(AccessReview, AServerThatKnowsNoSelfSubjectReviewNamesNoUser) {
  const FakeReviewer server({}, "");
  EXPECT_EQ(reviewer_at(server.url()).user(), "");
}

TEST(AccessReview, WhoMayNotEvenAskIsToldSo) {
  const RawServer server([](Peer& peer) {
    peer.read_body(peer.read_request());
    peer.answer("403 Forbidden", "application/json",
                R"({"kind":"Status","message":"User \"ann\" cannot create it","reason":"x"})");
  });
  auto reviewer = reviewer_at(server.url());
  const auto error = caught([&] { reviewer.review({{"get", "pods", ""}}, "demo"); });
  EXPECT_EQ(error.kind, ErrorKind::not_allowed);
  EXPECT_EQ(error.message,
            "user \"ann\" may not create selfsubjectaccessreviews.authorization.k8s.io");
}

TEST(AccessReview, AServerThatRefusesBeforeItHasReadTheRequestRefusesAllTheSame) {
  const RawServer server([](Peer& peer) {
    peer.read_request();
    peer.write(
        "HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\n"
        "Content-Length: 100\r\n\r\n{");
  });
  auto reviewer = reviewer_at(server.url());
  const auto error = caught([&] { reviewer.review({{"get", "pods", ""}}, "demo"); });
  EXPECT_EQ(error.kind, ErrorKind::not_allowed);
  EXPECT_THAT(error.message, HasSubstr("not authenticated"));
}

TEST(AccessReview, AnAnswerThatIsNoReviewIsRefused) {
  const RawServer server([](Peer& peer) {
    peer.read_body(peer.read_request());
    peer.answer("201 Created", "application/json", R"({"status":{"allowed":"yes"}})");
  });
  auto reviewer = reviewer_at(server.url());
  const auto error = caught([&] { reviewer.review({{"get", "pods", ""}}, "demo"); });
  EXPECT_EQ(error.kind, ErrorKind::invalid_data);
  EXPECT_THAT(error.message, HasSubstr("is no review of access"));
}

}  // namespace
}  // namespace podreg::k8s
