#include "cli/secret_arguments.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace podreg::cli {
namespace {

TEST(SecretArguments, AreOverwrittenInPlace) {
  std::vector<std::string> words = {"services",
                                    "--token",
                                    "abc",
                                    "--token=de",
                                    "-n",
                                    "--tokens",
                                    "--registry",
                                    "kubernetes://h?oauthToken=x",
                                    "--proxy-url=http://u:p@h",
                                    "tri://h/x?token=y",
                                    "tri://h/x?a=y",
                                    "--attachment",
                                    "token=abc",
                                    "--token"};
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  hide_secret_arguments(arguments);
  EXPECT_EQ(words, (std::vector<std::string>{
                       "services", "--token", "xxx", "--token=xx", "-n", "--tokens", "--registry",
                       std::string(27, 'x'), "--proxy-url=xxxxxxxxxxxx", std::string(17, 'x'),
                       "tri://h/x?a=y", "--attachment", "xxxxxxxxx", "--token"}));
}

}  // namespace
}  // namespace podreg::cli
