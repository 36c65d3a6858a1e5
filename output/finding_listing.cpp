#include "output/finding_listing.h"

#include "output/cell_text.h"
#include "output/check_report.h"

namespace podreg::output {
namespace {

using core::CheckState;
using core::Finding;
using core::FindingKind;

const std::vector<ColumnOf<Finding>>& table() {
  static const std::vector<ColumnOf<Finding>> columns = {
      {"SEVERITY",
       [](const Finding& one, Detail) {
         return std::string(core::to_string(core::kind_of(one.code).severity));
       }},
      {"STEP",
       [](const Finding& one, Detail) { return std::to_string(core::kind_of(one.code).step); }},
      {"CODE",
       [](const Finding& one, Detail) { return std::string(core::kind_of(one.code).name); }},
      {"NAMESPACE", [](const Finding& one, Detail) { return or_none(one.ns); }},
      {"OBJECT", [](const Finding& one, Detail) { return one.object; }},
      {"MESSAGE", [](const Finding& one, Detail) { return core::message(one); }},
      {"REMEDY", [](const Finding& one, Detail) { return core::remedy(one); }, true},
  };
  return columns;
}

const std::vector<ColumnOf<FindingKind>>& kind_table() {
  static const std::vector<ColumnOf<FindingKind>> columns = {
      {"CODE", [](const FindingKind& one, Detail) { return std::string(one.name); }},
      {"STEP", [](const FindingKind& one, Detail) { return std::to_string(one.step); }},
      {"SEVERITY",
       [](const FindingKind& one, Detail) { return std::string(core::to_string(one.severity)); }},
      {"CONSUMERS",
       [](const FindingKind& one, Detail) { return std::string(core::to_string(one.effect)); }},
      {"DUBBO-LOG", [](const FindingKind& one, Detail) { return or_none(one.dubbo_log); }},
  };
  return columns;
}

void write_check(const core::CheckOutcome& check, Emitter& emitter) {
  emitter.begin_object();
  emitter.field("step", std::int64_t{check.step});
  emitter.field("title", check.title);
  emitter.field("state", to_string(check.state));
  emitter.field("findings", static_cast<std::int64_t>(check.findings.size()));
  emitter.field("reason", check.reason);
  emitter.end_object();
}

void write_chain(const core::Chain& chain, Emitter& emitter) {
  emitter.begin_object();
  emitter.field("namespace", chain.ns);
  emitter.field("service", chain.service);
  emitter.key("links");
  emitter.begin_array();
  for (const auto& link : chain.links) {
    emitter.begin_object();
    emitter.field("text", link.text);
    emitter.field("state", to_string(link.state));
    emitter.end_object();
  }
  emitter.end_array();
  emitter.end_object();
}

}  // namespace

std::string_view to_string(CheckState state) {
  switch (state) {
    case CheckState::fine:
      return "fine";
    case CheckState::noted:
      return "noted";
    case CheckState::warned:
      return "warned";
    case CheckState::failed:
      return "failed";
    case CheckState::not_checked:
      return "not-checked";
  }
  return "";
}

std::vector<Column> FindingListing::columns() const { return columns_of(table()); }

std::string FindingListing::cell(std::size_t row, std::size_t column, Detail detail) const {
  return table()[column].cell(diagnosis_.findings[row], detail);
}

void FindingListing::write_item(std::size_t item, Emitter& emitter) const {
  const Finding& finding = diagnosis_.findings[item];
  const FindingKind& kind = core::kind_of(finding.code);
  emitter.begin_object();
  emitter.field("code", kind.name);
  emitter.field("severity", core::to_string(kind.severity));
  emitter.field("step", std::int64_t{kind.step});
  emitter.field("object", finding.object);
  emitter.field("namespace", finding.ns);
  emitter.field("service", finding.service);
  emitter.field("message", core::message(finding));
  emitter.field("remedy", core::remedy(finding));
  emitter.field("consumers", core::to_string(kind.effect));
  emitter.field("dubboLog", kind.dubbo_log);
  emitter.end_object();
}

void FindingListing::write_fields(Emitter& emitter) const {
  emitter.key("checks");
  emitter.begin_array();
  for (const auto& check : diagnosis_.outcomes) write_check(check, emitter);
  emitter.end_array();
  emitter.key("chains");
  emitter.begin_array();
  for (const auto& chain : diagnosis_.chains) write_chain(chain, emitter);
  emitter.end_array();
}

std::string FindingListing::name(std::size_t item) const {
  return diagnosis_.findings[item].object;
}

std::string FindingListing::identity(std::size_t item) const {
  return diagnosis_.findings[item].ns + " " + name(item);
}

std::optional<CheckReport> FindingListing::report() const { return report_of(diagnosis_); }

std::vector<Column> FindingKindListing::columns() const { return columns_of(kind_table()); }

std::string FindingKindListing::cell(std::size_t row, std::size_t column, Detail detail) const {
  return kind_table()[column].cell(kinds_[row], detail);
}

void FindingKindListing::write_item(std::size_t item, Emitter& emitter) const {
  const FindingKind& kind = kinds_[item];
  emitter.begin_object();
  emitter.field("code", kind.name);
  emitter.field("step", std::int64_t{kind.step});
  emitter.field("severity", core::to_string(kind.severity));
  emitter.field("consumers", core::to_string(kind.effect));
  emitter.field("dubboLog", kind.dubbo_log);
  const auto any = core::example_of(kind);
  emitter.field("message", core::message(any));
  emitter.field("remedy", core::remedy(any));
  emitter.field("cause", kind.cause);
  emitter.end_object();
}

std::string FindingKindListing::name(std::size_t item) const {
  return "finding/" + std::string(kinds_[item].name);
}

}  // namespace podreg::output
