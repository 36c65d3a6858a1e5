#include "core/metadata_record.h"

#include <charconv>
#include <utility>

#include "core/revision_text.h"

namespace podreg::core {
namespace {

constexpr char kEndOfRecord = '\x1e';
constexpr char kEndOfField = '\x1f';
constexpr std::string_view kEnds("\x1e\x1f", 2);
constexpr std::string_view kVersion = "1";

class RecordWriter {
 public:
  void field(std::string_view value, std::string_view before = {}) {
    valid_ = valid_ && value.find_first_of(kEnds) == std::string_view::npos;
    text_.append(before).append(value).append(1, kEndOfField);
  }
  void end() { text_ += kEndOfRecord; }

  std::optional<std::string> take() {
    return valid_ ? std::optional(std::move(text_)) : std::nullopt;
  }

 private:
  std::string text_;
  bool valid_ = true;
};

void write_service(const std::string& key, const ServiceInfo& service, RecordWriter& writer) {
  writer.field(key == service.match_key() ? std::string_view() : key);
  writer.field(service.name);
  writer.field(service.group);
  writer.field(service.version);
  writer.field(service.protocol);
  writer.field(std::to_string(service.port));
  service.path ? writer.field(*service.path, "=") : writer.field({});
  for (const auto& [name, value] : service.params) {
    writer.field(name);
    writer.field(value);
  }
  writer.end();
}

// Cuts pieces off the front of a text.
class Pieces {
 public:
  explicit Pieces(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }

  // Up to the character, which must be there.
  std::string_view next(char end) {
    const auto size = rest_.find(end);
    if (size == std::string_view::npos) {
      complete_ = false;
      return std::exchange(rest_, {});
    }
    const auto piece = rest_.substr(0, size);
    rest_.remove_prefix(size + 1);
    return piece;
  }
  std::string_view field() { return next(kEndOfField); }

  bool complete() const { return complete_; }

 private:
  std::string_view rest_;
  bool complete_ = true;
};

bool read_port(std::string_view text, int& port) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size();
}

// Its parameters, and the end of the service in the text.
bool read_parameters(Pieces& fields, RecordParts parts, ServiceInfo& service, RevisionText& text) {
  while (!fields.at_end()) {
    const auto key = fields.field();
    const auto value = fields.field();
    text.add_parameter(key, value);
    if (parts == RecordParts::everything) service.params.emplace(key, value);
  }
  text.end_service();
  return fields.complete();
}

bool read_service(Pieces fields, RecordParts parts, MetadataInfo& info, RevisionText& text) {
  ServiceInfo service;
  const auto key = fields.field();
  service.name = fields.field();
  service.group = fields.field();
  service.version = fields.field();
  service.protocol = fields.field();
  if (!read_port(fields.field(), service.port)) return false;
  if (const auto path = fields.field(); !path.empty()) {
    if (path.front() != '=') return false;
    service.path = path.substr(1);
  }
  auto own_key = match_key(service.group, service.name, service.version, service.protocol);
  text.begin_service(own_key, service.port, service.path);
  if (!read_parameters(fields, parts, service, text)) return false;
  info.services.emplace_hint(info.services.end(), key.empty() ? std::move(own_key) : key,
                             std::move(service));
  return true;
}

}  // namespace

std::optional<std::string> write_record(const MetadataInfo& info) {
  RecordWriter writer;
  writer.field(kVersion);
  writer.field(info.app);
  writer.field(info.revision);
  writer.end();
  for (const auto& [key, service] : info.services) write_service(key, service, writer);
  return writer.take();
}

std::optional<MetadataRecord> read_record(std::string_view text, RecordParts parts) {
  MetadataRecord record;
  Pieces records(text);
  Pieces head(records.next(kEndOfRecord));
  if (head.field() != kVersion) return std::nullopt;
  record.info.app = head.field();
  record.info.revision = head.field();
  RevisionText revision_text(record.info.app, text.size() * 2);
  while (!records.at_end()) {
    const Pieces service(records.next(kEndOfRecord));
    if (!read_service(service, parts, record.info, revision_text)) return std::nullopt;
  }
  if (!head.complete() || !records.complete()) return std::nullopt;
  record.revision = revision_text.revision();
  return record;
}

}  // namespace podreg::core
