#include "k8s/connection_token.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>

#include "core/error.h"
#include "tests/unit/k8s/connection_fixture.h"

namespace podreg::k8s {
namespace {

using core::ErrorKind;
using tests::caught;

class TokenFileTest : public testing::Test {
 protected:
  std::unique_ptr<TokenFile> token_file(const std::string& fallback = "") {
    return std::make_unique<TokenFile>(folder_.path("token"), "tokenFile", "", fallback, [this] {
      return std::chrono::steady_clock::time_point() + now_;
    });
  }

  tests::TemporaryFolder folder_;
  std::chrono::seconds now_{0};
};

TEST_F(TokenFileTest, IsReadAgainAfterAMinuteAndNotBefore) {
  folder_.write("token", "\t first \n\n");
  const auto file = token_file();
  EXPECT_EQ(file->token(), "first");
  folder_.write("token", "second");
  now_ += std::chrono::seconds(59);
  EXPECT_EQ(file->token(), "first");
  now_ += std::chrono::seconds(1);
  EXPECT_EQ(file->token(), "second");
}

TEST_F(TokenFileTest, OfAFileThatHasBecomeEmptyOrMissingTheTokenIsUsedUntilItIsThereAgain) {
  folder_.write("token", "first");
  const auto file = token_file("inline");
  EXPECT_EQ(file->token(), "first");
  now_ += std::chrono::minutes(1);
  folder_.write("token", "");
  EXPECT_EQ(file->token(), "first");
  folder_.remove("token");
  EXPECT_EQ(file->token(), "first");
  folder_.write("token", "third");
  EXPECT_EQ(file->token(), "third");
}

TEST_F(TokenFileTest, ATokenThatIsOfNoUseAnyMoreIsNotUsedBecauseTheFileIsMissing) {
  folder_.write("token", "first");
  const auto file = token_file();
  EXPECT_EQ(file->token(), "first");
  folder_.remove("token");
  file->forget();
  EXPECT_EQ(caught([&] { file->token(); }).kind, ErrorKind::invalid_data);
  folder_.write("token", "second");
  EXPECT_EQ(file->token(), "second");
}

TEST_F(TokenFileTest, TheFallbackStandsInWhileTheFileCannotBeRead) {
  const auto file = token_file("inline");
  EXPECT_EQ(file->token(), "inline");
  folder_.write("token", "from-file");
  now_ += std::chrono::minutes(1);
  EXPECT_EQ(file->token(), "from-file");
}

TEST_F(TokenFileTest, WhatIsForgottenIsReadAgainAtOnce) {
  folder_.write("token", "first");
  const auto file = token_file();
  EXPECT_EQ(file->token(), "first");
  folder_.write("token", "second");
  file->forget();
  EXPECT_EQ(file->token(), "second");
}

}  // namespace
}  // namespace podreg::k8s
