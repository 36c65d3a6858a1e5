// Builds Kubernetes objects from the events of a JSON or YAML parser.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "k8s/json_capture.h"
#include "k8s/object_draft.h"
#include "k8s/object_reader.h"
#include "k8s/object_schema.h"

namespace podreg::k8s {

// Where the parser is, for messages: "byte 17" or "line 2, column 5".
using PlaceOf = std::function<std::string()>;
// The offset of the map that has just been begun.
using OffsetOf = std::function<std::size_t()>;

// Takes well-formed events only (a parser's duty): every map and list is closed, and in a map each
// value has its key before it. Most of a snapshot is not needed, so an event in a part that is
// skipped costs no more than a count. Throws Error(invalid_data), and what the sink throws. Not
// thread safe.
class ObjectHandler {
 public:
  static constexpr std::size_t kMaxDepth = 500;
  static constexpr std::size_t kMaxDigits = 1000;

  // All must outlive it.
  ObjectHandler(const std::string& name, const std::string& item_kind, const ObjectSink& sink,
                PlaceOf place, OffsetOf offset)
      : name_(name),
        item_kind_(item_kind),
        sink_(sink),
        place_(std::move(place)),
        offset_(std::move(offset)) {}

  bool skipping() const { return skip_from_ != 0; }
  // Whether the value that comes next is read; there must be a map or list that it stands in.
  bool reads_value() const { return capture_ || (!skipping() && expected() != nullptr); }

  void start_map() {
    if (++depth_ > kMaxDepth) too_deep();
    if (!skipping()) begin_map();
  }
  void end_map() {
    if (!skipping() || depth_ == skip_from_) finish_map();
    --depth_;
  }
  void start_list() {
    if (++depth_ > kMaxDepth) too_deep();
    if (!skipping()) begin_list();
  }
  void end_list() {
    if (!skipping() || depth_ == skip_from_) finish_list();
    --depth_;
  }
  void key(std::string_view key) {
    if (!skipping()) expect(key);
  }
  void null() {
    if (!skipping()) set_null();
  }
  void boolean(bool value) {
    if (!skipping()) set_boolean(value);
  }
  void number(std::string_view digits) {
    if (digits.size() > kMaxDigits) too_long();
    if (!skipping()) set_number(digits);
  }
  void text(std::string_view text) {
    if (!skipping()) set_text(text);
  }
  // A YAML scalar without quotes: what it is depends on what the field wants.
  void plain(std::string_view text) {
    if (!skipping()) set_plain(text);
  }

  // What is being read: "Pod prod/shop-1"; empty when not known.
  std::string current_object() const;

  [[noreturn]] void too_deep() const;
  [[noreturn]] void too_long() const;

  const ReadSummary& summary() const { return summary_; }

 private:
  struct Level {
    Field field;
    std::string_view key;  // of the schema
    const Rule* element;   // the rule for a list's elements; nullptr in a map
  };

  // Of the map or list that is on top.
  const Rule* expected() const {
    return levels_.back().element ? levels_.back().element : pending_;
  }
  Draft& draft() { return drafts_.back(); }

  bool captures_items() { return sink_.metadata_list && draft().is_metadata_list(); }
  void begin_map();
  void begin_list();
  void finish_map();
  void finish_list();
  void begin_capture();
  void end_capture();
  void expect(std::string_view key);
  void take_other_annotation(std::string_view key);
  void set_null();
  void set_boolean(bool value);
  void set_number(std::string_view digits);
  void set_text(std::string_view text);
  void set_plain(std::string_view text);

  void begin_object();
  void finish_object();
  void finish_list_object(Draft&& list);
  void emit(Draft&& object);
  void skip_if_not_wanted();

  void enter(const Rule& rule);
  void capture_plain(std::string_view text);
  void store_text(const Rule& rule, std::string_view text);
  void store_boolean(Field field, bool value);
  void store_number(const Rule& rule, std::string_view digits);
  std::optional<int> number_of(const Rule& rule, std::string_view digits);
  void store_port(const Rule& rule, int port);

  // The same for the parts of a pod.
  void enter_pod_part(Field field);
  void store_pod_text(Field field, std::string_view text);
  void finish_part(Field field);
  void finish_env_entry();
  void mismatch(const Rule& rule, std::string_view found);
  void fault(const Rule& rule, const std::string& what);
  [[noreturn]] void not_an_object(const std::string& what) const;

  const std::string& name_;
  const std::string& item_kind_;
  const ObjectSink& sink_;
  PlaceOf place_;
  OffsetOf offset_;
  ReadSummary summary_;

  std::unique_ptr<JsonCapture> capture_;  // of the items of a MetadataList, while they are read
  std::size_t capture_depth_ = 0;         // of that list

  std::size_t depth_ = 0;          // of maps and lists, those that are skipped included
  std::size_t skip_from_ = 0;      // depth of the map or list that is skipped; 0: nothing is
  std::vector<Level> levels_;      // those that are read, from the outermost
  std::vector<Draft> drafts_;      // an object and the lists that it is in
  const Rule* pending_ = nullptr;  // of the key that was last seen; nullptr: its value is not read
  std::string pair_key_;           // of a label or selector

  // Into the draft on top; each valid while the map or list that it is for is read.
  std::vector<core::EndpointAddress>* addresses_ = nullptr;
  core::EndpointAddress* address_ = nullptr;
  std::vector<core::EndpointPort>* ports_ = nullptr;
  core::Container* container_ = nullptr;  // declared by the pod, or a status

  struct EnvEntry {
    std::string name;
    std::string value;
    std::string field_path;
  };
  EnvEntry env_;  // that is being read
};

}  // namespace podreg::k8s
