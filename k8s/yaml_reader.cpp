// read_yaml of object_reader.h: yaml-cpp's events into the handler that JSON's go to as well.
//
// yaml-cpp keeps a few bytes for each map and list until a document ends, so memory does grow
// slowly with a YAML file; large snapshots are JSON.
#include <fmt/format.h>
#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <istream>
#include <unordered_map>
#include <vector>

#include "k8s/object_handler.h"
#include "k8s/object_reader.h"
#include "k8s/read_errors.h"
#include "k8s/yaml_stream.h"

namespace podreg::k8s {
namespace {

// yaml-cpp's tags of scalars that have none of their own.
constexpr std::string_view kPlainTag = "?";
constexpr std::string_view kCoreTag = "tag:yaml.org,2002:";
constexpr std::string_view kTextTag = "tag:yaml.org,2002:str";

struct Scalar {
  std::string text;
  bool plain = false;  // without quotes: may be more than text
};

bool is_plain(std::string_view tag) {
  return tag == kPlainTag || (tag.starts_with(kCoreTag) && tag != kTextTag);
}

std::string place_of(const YAML::Mark& mark) {
  if (mark.is_null()) return {};
  return fmt::format("line {}, column {}", mark.line + 1, mark.column + 1);
}

class YamlEvents : public YAML::EventHandler {
 public:
  YamlEvents(const std::string& name, const std::string& item_kind, const ObjectSink& sink)
      : name_(name),
        handler_(
            name, item_kind, sink, [this] { return place_of(mark_); },
            [this] { return static_cast<std::size_t>(mark_.pos); }) {}

  bool empty() const { return empty_; }
  const ObjectHandler& handler() const { return handler_; }

  // yaml-cpp makes documents without end of a token that no document can start with, such as ','.
  void OnDocumentStart(const YAML::Mark& mark) override {
    if (mark.pos == document_) {
      throw unreadable(name_, "is not valid YAML: nothing can start like this", place_of(mark));
    }
    document_ = mark.pos;
    anchors_.clear();
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
    mark_ = mark;
    if (nodes_.empty()) return;  // an empty document
    if (is_key()) {
      handler_.key("null");
    } else {
      handler_.null();
    }
    finish_node();
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    mark_ = mark;
    if (anchor != YAML::NullAnchor) remember(anchor, {value, is_plain(tag)});
    scalar(value, is_plain(tag));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    mark_ = mark;
    if (!is_key() && !handler_.reads_value()) return finish_node();
    if (is_key() && handler_.skipping()) return finish_node();
    const auto known = anchors_.find(anchor);
    if (known == anchors_.end()) {
      refuse("has an alias (*) of something other than a short text, which is not supported");
    }
    scalar(known->second.text, known->second.plain);
  }

  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    begin_node(mark, Node::key);
    handler_.start_map();
  }
  void OnMapEnd() override {
    nodes_.pop_back();
    handler_.end_map();
    finish_node();
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    begin_node(mark, Node::element);
    handler_.start_list();
  }
  void OnSequenceEnd() override {
    nodes_.pop_back();
    handler_.end_list();
    finish_node();
  }

 private:
  // What comes next in a map or list that is open.
  enum class Node : unsigned char { element, key, value };

  bool is_key() const { return !nodes_.empty() && nodes_.back() == Node::key; }

  void begin_node(const YAML::Mark& mark, Node first) {
    mark_ = mark;
    empty_ = false;
    if (is_key() && !handler_.skipping()) refuse("has a key that is not text");
    nodes_.push_back(first);
  }

  void finish_node() {
    if (nodes_.empty() || nodes_.back() == Node::element) return;
    nodes_.back() = is_key() ? Node::value : Node::key;
  }

  void scalar(const std::string& value, bool plain) {
    empty_ = false;
    if (is_key()) {
      if (plain && value == "<<" && !handler_.skipping()) {
        refuse("has a merge key (<<), which is not supported");
      }
      handler_.key(value);
    } else if (plain) {
      handler_.plain(value);
    } else {
      handler_.text(value);
    }
    finish_node();
  }

  // Bounded, so that a document made of anchors cannot fill the memory.
  void remember(YAML::anchor_t anchor, Scalar scalar) {
    static constexpr std::size_t kMaxAnchors = 1000;
    static constexpr std::size_t kMaxBytes = 1024;
    if (anchors_.size() < kMaxAnchors && scalar.text.size() <= kMaxBytes) {
      anchors_.insert_or_assign(anchor, std::move(scalar));
    }
  }

  [[noreturn]] void refuse(const std::string& what) const {
    throw unreadable(name_, what, place_of(mark_),
                     "write the value out, as kubectl get -o yaml does");
  }

  const std::string& name_;
  ObjectHandler handler_;
  YAML::Mark mark_ = YAML::Mark::null_mark();
  int document_ = -1;  // where the document begins
  std::vector<Node> nodes_;
  std::unordered_map<YAML::anchor_t, Scalar> anchors_;
  bool empty_ = true;
};

void parse(YamlStreambuf& buffer, YamlEvents& events, const std::string& name) {
  std::istream stream(&buffer);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(events)) buffer.rethrow();
  } catch (const core::Error&) {
    buffer.rethrow();  // why the text ended early, when it did
    throw;
  } catch (const YAML::DeepRecursion& error) {
    buffer.rethrow();
    throw unreadable(name, "is nested too deeply", place_of(error.mark));
  } catch (const YAML::Exception& error) {
    buffer.rethrow();
    const std::string_view what = error.msg;
    if (buffer.at_end() && (what.starts_with("illegal EOF") || what.starts_with("end of"))) {
      throw ends_early(name, events.handler().current_object(), place_of(error.mark));
    }
    throw unreadable(name, fmt::format("is not valid YAML: {}", what), place_of(error.mark));
  }
  buffer.rethrow();
}

}  // namespace

ReadSummary read_yaml(ByteSource& source, const std::string& name, const ObjectSink& sink) {
  static const std::string kItemKind;
  YamlStreambuf buffer(source, name);
  YamlEvents events(name, kItemKind, sink);
  parse(buffer, events, name);
  if (events.empty()) throw unreadable(name, "is empty", "");
  auto summary = events.handler().summary();
  summary.may_be_cut = buffer.in_line();
  return summary;
}

}  // namespace podreg::k8s
