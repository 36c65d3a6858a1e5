#include "k8s/object_stores.h"

#include <algorithm>

namespace podreg::k8s {
namespace {

bool same(const core::WatchedPods& a, const core::WatchedPods& b) {
  return a.listed.size() == b.listed.size() && a.terminating == b.terminating &&
         std::ranges::all_of(a.listed, [&](const auto& pod) {
           const auto other = b.listed.find(pod.first);
           return other != b.listed.end() && pod.second.same_as(other->second);
         });
}

}  // namespace

PodObjects::PodObjects() {
  put_.pod = [this](const core::PodView& pod) { put_one(pod); };
  erase_.pod = [this](const core::PodView& pod) { erase_one(pod); };
}

void PodObjects::begin() {
  list_ = {};
  listing_ = true;
}

void PodObjects::commit() {
  finish_list(!same(pods_, list_));
  pods_ = std::move(list_);
  list_ = {};
}

// Metadata that says the same is kept, so that a list that begins anew needs little memory, and
// what was made of it can be compared by its address.
void PodObjects::put_one(const core::PodView& pod) {
  std::string name(pod.name);
  auto registration = core::Registration::read(pod.annotation);
  const auto known = pods_.listed.find(name);
  const bool says_the_same = known != pods_.listed.end() && known->second.same_as(registration);
  if (says_the_same) registration = known->second;
  core::WatchedPods& to = listing_ ? list_ : pods_;
  const bool was_terminating = pods_.terminating.contains(name);
  if (!listing_ && (!says_the_same || was_terminating != pod.terminating)) changed_ = true;
  if (pod.terminating) {
    to.terminating.insert(name);
  } else {
    to.terminating.erase(name);
  }
  to.listed.insert_or_assign(std::move(name), std::move(registration));
}

void PodObjects::erase_one(const core::PodView& pod) {
  core::WatchedPods& from = listing_ ? list_ : pods_;
  const std::string name(pod.name);
  from.terminating.erase(name);
  if (from.listed.erase(name) > 0 && !listing_) changed_ = true;
}

}  // namespace podreg::k8s
