#include "k8s/object_names.h"

#include <utility>

#include "core/error.h"
#include "core/json.h"
#include "k8s/api_error.h"
#include "k8s/response.h"

namespace podreg::k8s {

namespace {

constexpr const char* kTable = "application/json;as=Table;v=v1;g=meta.k8s.io";
constexpr std::size_t kLargestTable = std::size_t{4} << 20;

[[noreturn]] void refuse() {
  throw core::Error(core::ErrorKind::invalid_data, "the API server's answer is no Table");
}

const core::JsonValue& list_of(const core::JsonValue& object, const char* name) {
  if (!object.IsObject()) refuse();
  const auto found = object.FindMember(name);
  if (found == object.MemberEnd() || !found->value.IsArray()) refuse();
  return found->value;
}

// Where that column stands; nothing when there is none.
std::optional<rapidjson::SizeType> column_named(const core::JsonValue& columns,
                                                std::string_view wanted) {
  for (rapidjson::SizeType i = 0; i < columns.Size(); ++i) {
    if (!columns[i].IsObject()) refuse();
    const auto name = columns[i].FindMember("name");
    if (name != columns[i].MemberEnd() && name->value.IsString() &&
        name->value.GetString() == wanted) {
      return i;
    }
  }
  return std::nullopt;
}

std::string cell_of(const core::JsonValue& cells, std::optional<rapidjson::SizeType> column) {
  if (!column || *column >= cells.Size() || !cells[*column].IsString()) return {};
  return {cells[*column].GetString(), cells[*column].GetStringLength()};
}

}  // namespace

std::vector<ObjectName> parse_names_table(std::string_view json) {
  core::JsonDocument table;
  table.Parse<rapidjson::kParseIterativeFlag>(json.data(), json.size());
  if (table.HasParseError()) refuse();
  const auto& columns = list_of(table, "columnDefinitions");
  const auto name = column_named(columns, "Name");
  auto note = column_named(columns, "Status");
  if (!note) note = column_named(columns, "Type");
  std::vector<ObjectName> names;
  for (const auto& row : list_of(table, "rows").GetArray()) {
    const auto& cells = list_of(row, "cells");
    names.push_back({cell_of(cells, name), cell_of(cells, note)});
    if (names.back().name.empty()) refuse();
  }
  return names;
}

ObjectNames::ObjectNames(Connection connection, ApiOptions options)
    : transport_(std::move(connection), std::move(options)) {}

std::vector<ObjectName> ObjectNames::list(const ApiResource& resource,
                                          const std::optional<std::string>& ns, int most) {
  ApiCall call{resource, ns};
  call.limit = most;
  const auto response = transport_.start(Request{call.target() + "&includeObject=None", kTable});
  const int status = response->status();
  if (status != 200) {
    throw api_error(call, transport_.connection(), transport_.server(),
                    read_failure(*response, status));
  }
  return parse_names_table(response->read_up_to(kLargestTable));
}

}  // namespace podreg::k8s
