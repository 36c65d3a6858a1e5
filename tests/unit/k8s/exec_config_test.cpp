#include "k8s/exec_config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/k8s/caught.h"

namespace podreg::k8s {
namespace {

using core::ErrorKind;
using testing::HasSubstr;
using tests::caught;

ExecConfig plugin() {
  ExecConfig exec;
  exec.api_version = "client.authentication.k8s.io/v1";
  exec.command = "plugin";
  exec.interactive_mode = "Never";
  return exec;
}

tests::Caught refused(const ExecConfig& exec) {
  return caught([&] { check_exec(exec, "user \"ann\""); });
}

TEST(ExecConfig, ACompleteOneIsFine) {
  auto exec = plugin();
  for (const char* mode : {"Never", "IfAvailable", "Always"}) {
    exec.interactive_mode = mode;
    EXPECT_NO_THROW(check_exec(exec, "x")) << mode;
  }
}

TEST(ExecConfig, WithoutACommandItIsRefused) {
  auto exec = plugin();
  exec.command = "";
  EXPECT_EQ(refused(exec).kind, ErrorKind::invalid_data);
  EXPECT_EQ(refused(exec).message, "exec of user \"ann\" has no command");
}

TEST(ExecConfig, OnlyV1AndV1beta1AreSpoken) {
  auto exec = plugin();
  exec.api_version = "";
  EXPECT_EQ(refused(exec).message, "exec of user \"ann\" has no apiVersion");
  exec.api_version = "client.authentication.k8s.io/v1alpha1";
  EXPECT_THAT(refused(exec).message, HasSubstr("gone since Kubernetes 1.24"));
  exec.api_version = "v1";
  EXPECT_THAT(refused(exec).message, HasSubstr("apiVersion \"v1\""));
  EXPECT_THAT(refused(exec).hint, HasSubstr("client.authentication.k8s.io/v1 or"));
}

TEST(ExecConfig, OnlyV1beta1HasADefaultForTheInteractiveMode) {
  auto exec = plugin();
  exec.interactive_mode = "";
  EXPECT_EQ(refused(exec).message, "exec of user \"ann\" has no interactiveMode");
  exec.api_version = "client.authentication.k8s.io/v1beta1";
  EXPECT_NO_THROW(check_exec(exec, "x"));
  exec.interactive_mode = "never";
  EXPECT_THAT(refused(exec).message, HasSubstr("interactiveMode \"never\""));
}

TEST(ExecConfig, VariablesNeedAName) {
  auto exec = plugin();
  exec.env = {{"A", "1"}, {"", "2"}};
  EXPECT_THAT(refused(exec).message, HasSubstr("without a name"));
  exec.env = {{"A=B", "1"}};
  EXPECT_EQ(refused(exec).kind, ErrorKind::invalid_data);
}

TEST(ExecConfig, AByte0IsRefusedWhereverItStands) {
  const std::string zero("a\0b", 3);
  auto command = plugin();
  command.command = zero;
  auto argument = plugin();
  argument.args = {"x", zero};
  auto variable = plugin();
  variable.env = {{"A", zero}};
  for (const auto& exec : {command, argument, variable}) {
    EXPECT_THAT(refused(exec).message, HasSubstr("byte 0"));
  }
}

}  // namespace
}  // namespace podreg::k8s
