#include "output/findings_manual.h"

#include <fmt/format.h>

#include <array>

#include "core/finding.h"
#include "output/roff_text.h"

namespace podreg::output {
namespace {

constexpr std::array<std::string_view, 6> kSteps = {
    "0, access to the API server",       "1, providers register",
    "2, interfaces to applications",     "3, applications to instances",
    "4, instances to metadata and URLs", "5, URLs to invokers"};

std::string entry(const core::FindingKind& kind) {
  const auto any = core::example_of(kind);
  auto text = fmt::format(".It Sy {} Pq {}\n", kind.name, core::to_string(kind.severity));
  text += roff_paragraph(core::message(any));
  if (!kind.cause.empty()) text += roff_paragraph(kind.cause);
  if (kind.effect != core::ConsumerEffect::none) {
    text += roff_paragraph(fmt::format("Consumers {}", core::in_words(kind.effect)));
  }
  text += ".br\nRemedy:\n" + roff_paragraph(core::remedy(any));
  if (!kind.dubbo_log.empty()) text += ".br\nDubbo's log:\n" + roff_paragraph(kind.dubbo_log);
  return text;
}

}  // namespace

std::string findings_manual(std::string_view date) {
  std::string page = fmt::format(
      ".Dd {}\n.Dt PODREG-FINDINGS 7\n.Os\n"
      ".Sh NAME\n.Nm podreg-findings\n.Nd what podreg doctor can find\n"
      ".Sh DESCRIPTION\n"
      "Each of these codes is stable: it keeps its meaning, and one that is\n"
      "retired is not used again.\n"
      ".Ql podreg doctor \\-\\-explain CODE\n"
      "shows one of them.\n",
      date);
  int step = -1;
  for (const auto& kind : core::finding_kinds()) {
    if (kind.step != step) {
      if (step >= 0) page += ".El\n";
      page += fmt::format(".Ss Step {}\n.Bl -tag -width Ds\n",
                          kSteps.at(static_cast<std::size_t>(kind.step)));
      step = kind.step;
    }
    page += entry(kind);
  }
  return page + ".El\n.Sh SEE ALSO\n.Xr podreg 1 ,\n.Xr podreg-doctor 1 ,\n.Xr podreg-registry 7\n";
}

}  // namespace podreg::output
