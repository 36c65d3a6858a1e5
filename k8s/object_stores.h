// What a reflector keeps of the objects that it follows: those of the present, and while a list
// arrives those of that list, which take the place of the others as a whole when it is complete.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <utility>

#include "core/registry_watch.h"
#include "k8s/object_reader.h"

namespace podreg::k8s {

// The part that a Reflector sees.
class ObjectStore {
 public:
  virtual ~ObjectStore() = default;

  // A list begins: what is put is not visible before commit(), which also removes what the list
  // does not have.
  virtual void begin() = 0;
  virtual void commit() = 0;

  // Takes objects into the list, or when there is none, into what is visible; and out of it.
  const ObjectSink& put() const { return put_; }
  const ObjectSink& erase() const { return erase_; }

  // Whether something is different since the last call: objects that say the same are not, but the
  // first list is, also when it is empty.
  bool take_changed() { return std::exchange(changed_, false); }

 protected:
  ObjectSink put_;
  ObjectSink erase_;
  void finish_list(bool is_different) {
    changed_ |= is_different || !has_list_;
    has_list_ = true;
    listing_ = false;
  }

  bool listing_ = false;
  bool has_list_ = false;
  bool changed_ = false;
};

// Services, Endpoints or EndpointSlices, by namespace and name.
template <typename Object>
class NamedObjects final : public ObjectStore {
 public:
  using Objects = std::map<std::pair<std::string, std::string>, Object>;

  // `Member` is the sink's function for these objects.
  explicit NamedObjects(std::function<void(Object&&)> ObjectSink::*member) {
    put_.*member = [this](Object&& object) { put_one(std::move(object)); };
    erase_.*member = [this](Object&& object) {
      if ((listing_ ? list_ : objects_).erase({object.ns, object.name}) > 0 && !listing_)
        changed_ = true;
    };
  }

  void begin() override {
    list_.clear();
    listing_ = true;
  }

  void commit() override {
    finish_list(objects_ != list_);
    objects_ = std::move(list_);
    list_.clear();
  }

  const Objects& objects() const { return objects_; }

 private:
  void put_one(Object&& object) {
    std::pair key{object.ns, object.name};
    if (listing_) {
      list_.insert_or_assign(std::move(key), std::move(object));
      return;
    }
    const auto known = objects_.find(key);
    if (known != objects_.end() && known->second == object) return;
    objects_.insert_or_assign(std::move(key), std::move(object));
    changed_ = true;
  }

  Objects objects_;
  Objects list_;
};

// Pods of one namespace: of each what its annotation says, read once.
class PodObjects final : public ObjectStore {
 public:
  PodObjects();

  void begin() override;
  void commit() override;

  const core::WatchedPods& pods() const { return pods_; }

 private:
  void put_one(const core::PodView& pod);
  void erase_one(const core::PodView& pod);

  core::WatchedPods pods_;
  core::WatchedPods list_;
};

}  // namespace podreg::k8s
