#include "cli/invoke_selection.h"

#include <gmock/gmock.h>

#include "core/error.h"

namespace podreg::cli {
namespace {

using core::DerivedUrl;
using core::ErrorKind;
using testing::HasSubstr;

DerivedUrl url_of(const std::string& pod, const std::string& protocol,
                  const std::string& interface = "x.A", const std::string& group = {}) {
  DerivedUrl url;
  url.pod = pod;
  url.ns = "demo";
  url.url.protocol = protocol;
  url.url.host = "10.0.0." + pod;
  url.url.port = 20880;
  url.url.params["methods"] = "add,echo";
  url.interface = interface;
  url.group = group;
  return url;
}

const MethodName kAdd{"x.A", "add"};

std::string selected(const std::vector<DerivedUrl>& urls, const SelectionOptions& options,
                     const MethodName& name = kAdd) {
  std::string text;
  for (const auto& url : select_urls(urls, name, options)) {
    text += url.url.protocol + ":" + url.pod + " ";
  }
  return text;
}

core::Error error_of(const std::vector<DerivedUrl>& urls, const SelectionOptions& options,
                     const MethodName& name = kAdd) {
  try {
    select_urls(urls, name, options);
  } catch (const core::Error& error) {
    return error;
  }
  return {ErrorKind::output, "no error"};
}

TEST(InvokeSelection, OneInstanceIsCalledOrAllOrThatOfAPod) {
  const std::vector<DerivedUrl> urls = {url_of("1", "tri"), url_of("1", "dubbo"),
                                        url_of("2", "tri")};
  EXPECT_EQ(selected(urls, {"shop", false, {}}), "dubbo:1 ");
  EXPECT_EQ(selected(urls, {"shop", true, {}}), "dubbo:1 tri:2 ");
  EXPECT_EQ(selected(urls, {"shop", false, "2"}), "tri:2 ");
  EXPECT_THAT(error_of(urls, {"shop", false, "3"}).hint(), HasSubstr("1, 2"));
}

TEST(InvokeSelection, AnInterfaceThatIsNotExportedNamesThoseThatAre) {
  const auto error = error_of({url_of("1", "dubbo"), url_of("1", "dubbo", "x.B")},
                              {"shop", false, {}}, {"x.C", "add"});
  EXPECT_EQ(error.kind(), ErrorKind::not_found);
  EXPECT_EQ(error.hint(), "it exports x.A, x.B");
}

TEST(InvokeSelection, AMethodThatNobodyHasNamesThoseThatThereAre) {
  const auto error = error_of({url_of("1", "dubbo")}, {"shop", false, {}}, {"x.A", "nope"});
  EXPECT_EQ(error.kind(), ErrorKind::not_found);
  EXPECT_EQ(error.hint(), "its methods are add, echo");
}

TEST(InvokeSelection, WhereNobodySaysWhichMethodsThereAreTheProviderIsAsked) {
  auto silent = url_of("1", "dubbo");
  silent.url.params.clear();
  EXPECT_EQ(selected({silent}, {"shop", false, {}}, {"x.A", "nope"}), "dubbo:1 ");
  auto generic = url_of("1", "dubbo");
  generic.url.params["methods"] = "*";
  EXPECT_EQ(selected({generic}, {"shop", false, {}}, {"x.A", "nope"}), "dubbo:1 ");
}

TEST(InvokeSelection, SeveralGroupsAreWrongUse) {
  const auto error =
      error_of({url_of("1", "dubbo"), url_of("1", "dubbo", "x.A", "g1")}, {"shop", false, {}});
  EXPECT_EQ(error.kind(), ErrorKind::usage);
  EXPECT_THAT(error.what(), HasSubstr("g1/x.A, x.A"));
}

TEST(InvokeSelection, OtherProtocolsCannotBeCalled) {
  EXPECT_EQ(error_of({url_of("1", "rest")}, {"shop", false, {}}).kind(), ErrorKind::usage);
}

TEST(MethodName, IsTheInterfaceAndBehindTheLastDotTheMethod) {
  const auto name = MethodName::parse("com.example.A.add", true);
  EXPECT_EQ(name.interface, "com.example.A");
  EXPECT_EQ(name.method, "add");
  EXPECT_EQ(MethodName::parse("add", false).interface, "");
  for (const char* text : {"add", "", ".", "a.", ".a"}) {
    EXPECT_THROW(MethodName::parse(text, true), core::Error) << text;
  }
}

}  // namespace
}  // namespace podreg::cli
