#include "output/html_report.h"

#include <fmt/format.h>

#include <initializer_list>

#include "output/finding_listing.h"
#include "output/html_page.h"
#include "output/markup_text.h"

namespace podreg::output {
namespace {

class Page {
 public:
  explicit Page(core::TextSink& out) : out_(out) {}

  void begin(const CheckReport& report) {
    out_.write(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'unsafe-inline'; script-src 'unsafe-inline'\">\n");
    out_.write(fmt::format("<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n",
                           markup_text(report.title), kHtmlStyle));
    out_.write(fmt::format("<h1>{}</h1>\n<p id=\"summary\">{}</p>\n", markup_text(report.title),
                           markup_text(report.summary)));
  }

  void end() { out_.write(fmt::format("<script>{}</script>\n</body>\n</html>\n", kHtmlScript)); }

  void heading(std::string_view text) { out_.write(fmt::format("<h2>{}</h2>\n", text)); }

  // The way from the application to its URLs.
  void chain(const core::Chain& chain) {
    out_.write(fmt::format("<div class=\"chain\"><b>{}</b>\n",
                           markup_text(chain.ns + "/" + chain.service)));
    for (const auto& link : chain.links) {
      out_.write(
          fmt::format("<span class=\"arrow\">→</span><span class=\"link {0}\" title=\"{0}\">"
                      "{1}</span>\n",
                      to_string(link.state), markup_text(link.text)));
    }
    out_.write("</div>\n");
  }

  void begin_table(std::string_view id, std::initializer_list<std::string_view> titles) {
    out_.write(fmt::format("<table id=\"{}\">\n<thead><tr>", id));
    for (const auto title : titles) out_.write(fmt::format("<th><button>{}</button></th>", title));
    out_.write("</tr></thead>\n<tbody>\n");
  }
  void end_table() { out_.write("</tbody>\n</table>\n"); }

  void finding(const core::Finding& finding) {
    const auto& kind = core::kind_of(finding.code);
    out_.write(fmt::format("<tr><td class=\"state {0}\" data-key=\"{1}\">{0}</td><td>{2}</td>",
                           core::to_string(kind.severity), static_cast<int>(kind.severity),
                           kind.step));
    out_.write(fmt::format("<td>{}</td><td>{}</td><td>{}</td>", kind.name, markup_text(finding.ns),
                           markup_text(finding.object)));
    out_.write(fmt::format("<td>{}<br><small>{}</small></td></tr>\n",
                           markup_text(core::message(finding)),
                           markup_text(core::remedy(finding))));
  }

  void check(const ReportCase& one) {
    out_.write(fmt::format("<tr><td class=\"state {0}\">{0}</td><td>{1}</td><td>{2}</td><td>",
                           to_string(one.state), markup_text(one.suite), markup_text(one.name)));
    for (const auto& message : one.messages)
      out_.write(fmt::format("<small>{}</small><br>", markup_text(message)));
    out_.write("</td></tr>\n");
  }

 private:
  core::TextSink& out_;
};

}  // namespace

void write_html(const CheckReport& report, core::TextSink& out) {
  Page page(out);
  page.begin(report);
  if (!report.chains.empty()) page.heading("From each Service to its URLs");
  for (const auto& chain : report.chains) page.chain(chain);
  if (!report.findings.empty()) {
    page.heading("Findings");
    page.begin_table("findings",
                     {"Severity", "Step", "Code", "Namespace", "Object", "What, and what to do"});
    for (const auto& finding : report.findings) page.finding(finding);
    page.end_table();
  }
  page.heading("What was looked at");
  page.begin_table("checks", {"State", "Step", "Check", "Details"});
  for (const auto& one : report.cases) page.check(one);
  page.end_table();
  page.end();
}

}  // namespace podreg::output
