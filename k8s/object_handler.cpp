#include "k8s/object_handler.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/registry_objects.h"
#include "k8s/read_errors.h"

namespace podreg::k8s {
namespace {

bool fits(const Rule& rule, Shape shape) {
  if (rule.shape == shape) return true;
  return rule.shape == Shape::integer_or_text && (shape == Shape::text || shape == Shape::integer);
}

}  // namespace

void ObjectHandler::begin_map() {
  if (capture_) return capture_->start_map();
  if (levels_.empty()) return begin_object();
  const Rule* rule = expected();
  if (rule != nullptr && fits(*rule, Shape::map)) {
    if (rule->field == Field::object) return begin_object();
    enter(*rule);
    levels_.push_back({rule->field, rule->key, nullptr});
    return;
  }
  if (rule != nullptr) mismatch(*rule, "an object");
  skip_from_ = depth_;
}

void ObjectHandler::begin_list() {
  if (capture_) return capture_->start_list();
  if (levels_.empty()) {
    levels_.push_back({Field::document, "", element_rule(Field::document)});
    return;
  }
  const Rule* rule = expected();
  if (rule != nullptr && fits(*rule, Shape::list)) {
    if (rule->field == Field::items && captures_items()) return begin_capture();
    enter(*rule);
    levels_.push_back({rule->field, rule->key, element_rule(rule->field)});
    return;
  }
  if (rule != nullptr) mismatch(*rule, "a list");
  skip_from_ = depth_;
}

void ObjectHandler::begin_capture() {
  capture_ = std::make_unique<JsonCapture>();
  capture_depth_ = depth_;
  capture_->start_list();
}

void ObjectHandler::end_capture() {
  capture_->end_list();
  if (depth_ > capture_depth_) return;
  draft().metadata_items = capture_->json();
  capture_.reset();
}

// The map may be one that was skipped, or an object whose rest was.
void ObjectHandler::finish_map() {
  if (capture_) return capture_->end_map();
  skip_from_ = 0;
  if (levels_.size() < depth_) return;
  const Field field = levels_.back().field;
  levels_.pop_back();
  if (field == Field::object) return finish_object();
  if (is_pod_part(field)) finish_part(field);
}

void ObjectHandler::finish_list() {
  if (capture_) return end_capture();
  skip_from_ = 0;
  if (levels_.size() == depth_) levels_.pop_back();
}

void ObjectHandler::expect(std::string_view key) {
  if (capture_) return capture_->key(key);
  const Field parent = levels_.back().field;
  pending_ = member_rule(parent, key);
  if (parent == Field::annotations) {
    draft().has_annotations = true;
    if (pending_ == nullptr) take_other_annotation(key);
  }
  if (pending_ == nullptr) return;
  if (parent == Field::labels || parent == Field::selector) {
    pair_key_ = key;
  } else if (pending_->field == Field::items) {
    const bool list = draft().kind.empty() || std::string_view(draft().kind).ends_with("List");
    draft().has_items |= list;
    if (!list) pending_ = nullptr;
  } else if (!needs(draft().object_kind(), pending_->field, sink_)) {
    pending_ = nullptr;
  }
}

void ObjectHandler::take_other_annotation(std::string_view key) {
  draft().other_annotations_size += key.size();
  if (!sink_.pod_object || !core::is_foreign_annotation(key)) return;
  auto& names = draft().pod.foreign_annotations;
  if (std::ranges::find(names, key) == names.end()) names.emplace_back(key);
}

void ObjectHandler::begin_object() {
  levels_.push_back({Field::object, "", nullptr});
  Draft fresh;
  if (!drafts_.empty()) fresh.inherit(draft(), item_kind_);
  if (sink_.whole_pod) fresh.offset = offset_();
  drafts_.push_back(std::move(fresh));
  pending_ = nullptr;
  skip_if_not_wanted();
}

// Called when kind or apiVersion have become known.
void ObjectHandler::skip_if_not_wanted() {
  if (std::string_view(draft().kind).ends_with("List")) return;
  if (!wants(sink_, draft().object_kind())) skip_from_ = depth_;
}

void ObjectHandler::finish_object() {
  Draft object = std::move(drafts_.back());
  drafts_.pop_back();
  if (object.kind.empty()) {
    const bool may_follow = !drafts_.empty() && draft().kind.empty();
    if (!may_follow) not_an_object("an object has no kind");
    draft().without_kind.push_back(std::move(object));
  } else if (object.is_list()) {
    finish_list_object(std::move(object));
  } else {
    emit(std::move(object));
  }
}

void ObjectHandler::finish_list_object(Draft&& list) {
  if (!list.fault.empty()) throw unreadable(name_, list.kind + ": " + list.fault, list.place);
  for (Draft& item : list.without_kind) {
    item.inherit(list, item_kind_);
    if (item.kind.empty()) not_an_object("an item of the List has no kind");
    emit(std::move(item));
  }
  if (!list.metadata_items.empty()) {
    return sink_.metadata_list(R"({"items":)" + list.metadata_items + "}");
  }
  if (drafts_.empty()) ++summary_.lists;
  summary_.resource_version = std::move(list.resource_version);
  summary_.continue_token = std::move(list.continue_token);
}

void ObjectHandler::emit(Draft&& object) {
  ++summary_.objects;
  const auto kind = object.object_kind();
  if (kind == ObjectKind::other) return;
  ++summary_.known;
  if (!wants(sink_, kind)) return;
  ++summary_.taken;
  if (!object.fault.empty()) {
    throw unreadable(name_, object.describe() + ": " + object.fault, object.place);
  }
  if (object.name.empty()) {
    throw unreadable(
        name_,
        (object.kind.starts_with('E') ? "an " : "a ") + object.kind + " has no metadata.name",
        place_());
  }
  deliver(std::move(object), sink_);
}

std::string ObjectHandler::current_object() const {
  const auto known = std::find_if(drafts_.rbegin(), drafts_.rend(),
                                  [](const Draft& draft) { return !draft.kind.empty(); });
  return known == drafts_.rend() ? std::string{} : known->describe();
}

// The field's name is made of the keys that lead to it: "subsets.addresses.ip".
void ObjectHandler::fault(const Rule& rule, const std::string& what) {
  if (drafts_.empty()) not_an_object("a list has an element that is no object");
  if (!draft().fault.empty()) return;
  auto first = levels_.rbegin();
  while (first->field != Field::object) ++first;
  std::string path;
  for (auto level = first.base(); level != levels_.end(); ++level) {
    if (!level->key.empty()) path.append(level->key).append(".");
  }
  if (rule.key.empty() && !path.empty()) path.pop_back();
  draft().fault = fmt::format("{}{}{} {}", levels_.back().element ? "an element of " : "", path,
                              rule.key, what);
  draft().place = place_();
}

void ObjectHandler::mismatch(const Rule& rule, std::string_view found) {
  fault(rule, fmt::format("is {} instead of {}", found, describe(rule.shape)));
}

void ObjectHandler::not_an_object(const std::string& what) const {
  throw unreadable(name_, what, place_(),
                   "Kubernetes objects have a kind; make them with: kubectl get "
                   "endpoints,services,pods,endpointslices -o json");
}

void ObjectHandler::too_deep() const {
  throw unreadable(name_, fmt::format("is nested deeper than {} levels", kMaxDepth), place_());
}

void ObjectHandler::too_long() const {
  throw unreadable(name_, "has a number of too many digits", place_());
}

}  // namespace podreg::k8s
