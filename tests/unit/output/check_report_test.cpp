#include "output/check_report.h"

#include <gmock/gmock.h>

#include "output/html_report.h"
#include "output/junit_report.h"
#include "tests/support/fake_streams.h"

namespace podreg::output {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

core::Diagnosis diagnosis() {
  core::Diagnosis result;
  result.services = 1;
  result.findings = {{core::FindingCode::not_registered, "demo", "pod/shop-<b>", "shop", "", "do"}};
  result.outcomes = {
      {1, "every ready pod is registered", core::CheckState::failed, result.findings, ""},
      {3, "the Endpoints are not truncated", core::CheckState::fine, {}, ""},
      {5, "every URL answers", core::CheckState::not_checked, {}, "--no-probe"}};
  result.chains = {{"demo", "shop", {{"Service shop", core::CheckState::fine}}}};
  return result;
}

core::ProbeSeries probe(core::ProbeStatus status) {
  core::ProbeSeries series;
  series.url.application = "shop";
  series.url.pod = "shop-0";
  series.url.url.protocol = "dubbo";
  series.url.url.host = "10.0.0.1";
  series.url.url.port = 20880;
  series.count = 1;
  series.failed = status == core::ProbeStatus::ok ? 0 : 1;
  series.last.status = status;
  series.last.connect_ms = 1.5;
  series.last.error = "nobody\x1b[31m listens";
  return series;
}

std::string junit(const CheckReport& report) {
  tests::TextKeeper out;
  write_junit(report, out);
  return out.text();
}

std::string html(const CheckReport& report) {
  tests::TextKeeper out;
  write_html(report, out);
  return out.text();
}

TEST(JunitReport, ACheckIsATestCase) {
  const auto text = junit(report_of(diagnosis()));
  EXPECT_THAT(text, HasSubstr("<testsuites name=\"podreg doctor\" tests=\"3\" failures=\"1\" "
                              "skipped=\"1\">"));
  EXPECT_THAT(text,
              HasSubstr("<testcase classname=\"podreg.1 register\" name=\"every ready pod is "
                        "registered\" time=\"0.000\">\n      <failure message=\"NotRegistered "
                        "pod/shop-&lt;b&gt;: "));
  EXPECT_THAT(text, HasSubstr("<skipped message=\"--no-probe\"/>"));
  EXPECT_THAT(text, Not(HasSubstr("<b>")));
}

TEST(CheckReport, OfACheckHasItsOwnFindings) {
  const auto report = report_of(diagnosis());
  EXPECT_THAT(report.cases.at(0).messages, ElementsAre(HasSubstr("pod/shop-<b>")));
  EXPECT_THAT(report.cases.at(1).messages, IsEmpty());
}

TEST(JunitReport, AProbeIsATestCaseOfItsApplication) {
  const auto text =
      junit(report_of({probe(core::ProbeStatus::ok), probe(core::ProbeStatus::refused)}));
  EXPECT_THAT(text, HasSubstr("<testsuite name=\"shop\" tests=\"2\" failures=\"1\""));
  EXPECT_THAT(text, HasSubstr("name=\"dubbo://10.0.0.1:20880 of pod shop-0\" time=\"0.002\""));
  EXPECT_THAT(text, HasSubstr("<failure message=\"refused: nobody\\u001b[31m listens\">"));
}

TEST(HtmlReport, IsOnePageThatLoadsNothing) {
  const auto text = html(report_of(diagnosis()));
  EXPECT_THAT(text, HasSubstr("default-src 'none'"));
  EXPECT_THAT(text, HasSubstr("<p id=\"summary\">1 Service looked at, 1 finding</p>"));
  EXPECT_THAT(text, HasSubstr("<span class=\"link fine\" title=\"fine\">Service shop</span>"));
  EXPECT_THAT(text, HasSubstr("pod/shop-&lt;b&gt;"));
  EXPECT_THAT(text, Not(HasSubstr("shop-<b>")));
  for (const auto* loads : {"http:", "https:", "src=", "url(", "@import"})
    EXPECT_THAT(text, Not(HasSubstr(loads)));
}

TEST(HtmlReport, WhatWasNotFoundHasNoTable) {
  EXPECT_THAT(html(report_of({probe(core::ProbeStatus::ok)})), Not(HasSubstr("id=\"findings\"")));
}

// A report in which every text from elsewhere is that one.
CheckReport report_with(const std::string& text) {
  CheckReport report;
  report.title = report.summary = text;
  report.chains = {{text, text, {{text, core::CheckState::failed}}}};
  report.findings = {{core::FindingCode::not_registered, text, text, text, text, text}};
  for (const auto state :
       {core::CheckState::fine, core::CheckState::failed, core::CheckState::not_checked}) {
    report.cases.push_back({text, text, state, {text}, 0});
  }
  return report;
}

// What a browser or a reader of XML takes for more than text.
std::string markup_in(const std::string& text) {
  std::string markup;
  for (const char c : text) {
    if (c == '<' || c == '>' || c == '"' || static_cast<unsigned char>(c) < 0x20) markup += c;
  }
  return markup;
}

TEST(CheckReport, NoTextBreaksOutOfHtmlOrXml) {
  const auto harmless = report_with("x");
  for (const std::string text : {"</td><script>alert(1)</script>", "\" onload=\"alert(1)",
                                 "]]>--><!--", "a\x1b[2J\nb", "&quot;&lt;b&gt;&#60;script&#62;"}) {
    const auto hostile = report_with(text);
    EXPECT_EQ(markup_in(html(hostile)), markup_in(html(harmless))) << text;
    EXPECT_EQ(markup_in(junit(hostile)), markup_in(junit(harmless))) << text;
    EXPECT_THAT(html(hostile), Not(HasSubstr("&#60;script"))) << "an entity is text, too";
    EXPECT_THAT(junit(hostile), Not(HasSubstr("&#60;script")));
  }
}

}  // namespace
}  // namespace podreg::output
