#include "output/invocation_listing.h"

#include <utility>

#include "core/short_text.h"
#include "output/cell_text.h"
#include "output/json_text.h"
#include "output/latency_text.h"

namespace podreg::output {
namespace {

using core::Invocation;

std::string outcome_text(const Invocation& invocation, Detail detail) {
  if (invocation.error) return std::string("error: ") + invocation.error->what();
  if (invocation.exception) return "exception: " + invocation.exception->to_string();
  constexpr std::size_t kShort = 80;
  const auto json = compact_json(invocation.result).value_or(invocation.result);
  return detail == Detail::wide ? json : core::short_text(json, kShort);
}

std::vector<ColumnOf<Invocation>> all_columns() {
  std::vector<ColumnOf<Invocation>> columns;
  columns.push_back({"POD", [](const Invocation& i, Detail) { return or_none(i.url.pod); }});
  columns.push_back({"ADDRESS", [](const Invocation& i, Detail) {
                       return address_text(i.url.url.host, i.url.url.port);
                     }});
  columns.push_back({"PROTOCOL", [](const Invocation& i, Detail) { return i.url.url.protocol; }});
  columns.push_back({"LATENCY",
                     [](const Invocation& i, Detail) {
                       return i.error ? std::string(kNone) : latency_text(i.latency_ms);
                     },
                     false, true});
  columns.push_back({"RESULT", outcome_text});
  return columns;
}

}  // namespace

InvocationListing::InvocationListing(std::vector<Invocation> invocations,
                                     std::vector<core::Warning> warnings)
    : invocations_(std::move(invocations)),
      warnings_(std::move(warnings)),
      columns_(all_columns()) {}

void InvocationListing::write_item(std::size_t item, Emitter& emitter) const {
  const Invocation& invocation = invocations_[item];
  emitter.begin_object();
  emitter.field("url", invocation.url.url.to_string());
  emitter.field("pod", invocation.url.pod);
  emitter.key("latencyMs");
  emitter.raw_json(milliseconds_json(invocation.latency_ms));
  emitter.key("result");
  if (invocation.succeeded()) {
    emitter.raw_json(invocation.result);
  } else {
    emitter.null();
  }
  emitter.key("exception");
  if (invocation.exception) {
    emitter.begin_object();
    emitter.field("class", invocation.exception->class_name);
    emitter.field("message", invocation.exception->message);
    emitter.field("stack", invocation.exception->stack);
    emitter.end_object();
  } else {
    emitter.null();
  }
  emitter.field("error", invocation.error ? invocation.error->what() : "");
  emitter.end_object();
}

}  // namespace podreg::output
