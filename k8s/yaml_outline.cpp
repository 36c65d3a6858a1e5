#include "k8s/yaml_outline.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <functional>
#include <istream>
#include <string_view>
#include <vector>

#include "core/metadata.h"
#include "k8s/read_errors.h"
#include "k8s/yaml_stream.h"

namespace podreg::k8s {
namespace {

enum class Role : unsigned char { other, pod, metadata, annotations, registration };

std::size_t offset_of(const YAML::Mark& mark) { return static_cast<std::size_t>(mark.pos); }

// Tags that yaml-cpp makes up for what has none.
bool is_tagged(const std::string& tag) { return tag != "?" && tag != "!" && !tag.empty(); }

class OutlineEvents : public YAML::EventHandler {
 public:
  explicit OutlineEvents(std::size_t offset) : offset_(offset) {}

  YamlOutline take() const { return outline_; }

  void OnDocumentStart(const YAML::Mark&) override { mix('d', ""); }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    YamlPlace place = place_at(mark);
    place.null = true;
    place.shared = anchor != YAML::NullAnchor;
    leaf(place, 'n', "");
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    if (is_key()) return begin_pair(mark, value);
    YamlPlace place = place_at(mark);
    place.shared = anchor != YAML::NullAnchor || is_tagged(tag);
    // Of a text in quotes, yaml-cpp says that its tag is "!".
    leaf(place, tag == "?" ? 'p' : 's', value);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (is_key()) return begin_pair(mark, "");
    YamlPlace place = place_at(mark);
    place.shared = true;
    leaf(place, 'a', std::to_string(anchor));
  }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    YamlPlace place = place_at(mark);
    place.map = true;
    place.flow = style != YAML::EmitterStyle::Block;
    place.shared = anchor != YAML::NullAnchor || is_tagged(tag);
    const Role role = role_of_value(mark);
    if (role != Role::annotations) mix('{', "");
    note(role, place);
    open_.push_back({role, true, true, Role::other, 0});
  }
  void OnMapEnd() override {
    if (open_.back().role != Role::annotations) mix('}', "");
    close();
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    mix('[', "");
    note(role_of_value(mark), place_at(mark));
    open_.push_back({Role::other, false, false, Role::other, 0});
  }
  void OnSequenceEnd() override {
    mix(']', "");
    close();
  }

 private:
  // A map or list that is open.
  struct Level {
    Role role = Role::other;
    bool map = false;
    bool key_is_next = false;
    Role next = Role::other;  // of the value under the key that was last seen
    std::size_t key = 0;
  };

  bool is_key() const { return !open_.empty() && open_.back().key_is_next; }

  YamlPlace place_at(const YAML::Mark& mark) const {
    YamlPlace place;
    place.key = open_.empty() ? 0 : open_.back().key;
    place.value = offset_of(mark);
    return place;
  }

  static Role role_under(Role parent, const std::string& key) {
    if (parent == Role::pod && key == "metadata") return Role::metadata;
    if (parent == Role::metadata && key == "annotations") return Role::annotations;
    if (parent == Role::annotations && key == core::kRegistrationAnnotation) {
      return Role::registration;
    }
    return Role::other;
  }

  Role role_of_value(const YAML::Mark& mark) const {
    if (!outline_.pod.map && offset_of(mark) == offset_) return Role::pod;
    return open_.empty() ? Role::other : open_.back().next;
  }

  void begin_pair(const YAML::Mark& mark, const std::string& key) {
    Level& level = open_.back();
    level.key_is_next = false;
    level.key = offset_of(mark);
    level.next = role_under(level.role, key);
    if (YamlPlace* map = place_of(level.role)) {
      ++map->members;
      if (!map->first) map->first = level.key;
    }
    if (level.next != Role::annotations && level.next != Role::registration) mix('k', key);
  }

  YamlPlace* place_of(Role role) {
    if (role == Role::pod) return &outline_.pod;
    std::optional<YamlPlace>* place = optional_of(role);
    return place != nullptr && *place ? &**place : nullptr;
  }

  std::optional<YamlPlace>* optional_of(Role role) {
    if (role == Role::metadata) return &outline_.metadata;
    if (role == Role::annotations) return &outline_.annotations;
    if (role == Role::registration) return &outline_.registration;
    return nullptr;
  }

  void note(Role role, const YamlPlace& place) {
    if (role == Role::pod) outline_.pod = place;
    std::optional<YamlPlace>* at = optional_of(role);
    if (at == nullptr) return;
    outline_.twice |= at->has_value();
    *at = place;
  }

  void leaf(const YamlPlace& place, char kind, std::string_view text) {
    const Role role = open_.empty() ? Role::other : open_.back().next;
    note(role, place);
    if (role != Role::annotations && role != Role::registration) mix(kind, text);
    finish_value();
  }

  void close() {
    open_.pop_back();
    finish_value();
  }

  void finish_value() {
    if (!open_.empty()) open_.back().key_is_next = open_.back().map;
  }

  void mix(char kind, std::string_view text) {
    static constexpr std::uint64_t kFactor = 0x9e3779b97f4a7c15;  // of no meaning, but odd
    const std::uint64_t hash = std::hash<std::string_view>{}(text);
    outline_.digest = (outline_.digest ^ hash ^ static_cast<unsigned char>(kind)) * kFactor;
    outline_.digest ^= outline_.digest >> 29U;
  }

  std::size_t offset_;
  YamlOutline outline_;
  std::vector<Level> open_;
};

}  // namespace

YamlOutline outline_yaml(ByteSource& source, const std::string& name, std::size_t offset) {
  YamlStreambuf buffer(source, name);
  std::istream stream(&buffer);
  OutlineEvents events(offset);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(events)) buffer.rethrow();
  } catch (const YAML::Exception& error) {
    buffer.rethrow();
    throw unreadable(name, "is not valid YAML: " + error.msg, "");
  }
  buffer.rethrow();
  return events.take();
}

}  // namespace podreg::k8s
