// What `wait --for` waits for, and what is missing until it is there.
#pragma once

#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/registry_picture.h"

namespace podreg::core {

// What the revisions that are registered are known to provide.
struct ProvidedInterfaces {
  std::set<std::string> names;
  std::vector<std::string> unanswered;  // revisions for which nobody has answered yet
};

// How conditions are written, up to what the user adds, and what each waits for.
struct ConditionForm {
  std::string_view text;
  std::string_view meaning;
};
std::span<const ConditionForm> condition_forms();

class WaitCondition {
 public:
  // `instances=N`, `instances>=N`, `revision=R` (or the beginning of it), `interface=NAME`,
  // `no-warnings`, `delete`, `ready`. Throws Error(usage) for anything else.
  static WaitCondition parse(std::string_view text);

  // As it was given.
  const std::string& text() const { return text_; }
  bool is_about_interfaces() const { return kind_ == Kind::interface; }

  // What is missing at this moment, by pod where that helps: `there are 2 instances; …`. Empty: the
  // condition holds. `service` is the name that is waited for; `provided` counts only for
  // interfaces.
  //   instances    that many, or at least so many
  //   revision     all instances are of it, and there is one
  //   interface    one of the revisions that are registered provides it
  //   no-warnings  the Service exists, and `instances` has nothing to warn of
  //   delete       the Service does not exist
  //   ready        every pod of the selector is an instance, and there is one; pods that are
  //                terminating do not count
  std::string missing(const RegistryPicture& picture, const std::string& service,
                      const ProvidedInterfaces& provided) const;

 private:
  enum class Kind { instances, at_least, revision, interface, no_warnings, deleted, ready };

  std::string missing_instances(const RegistryPicture& picture) const;
  std::string missing_revision(const RegistryPicture& picture) const;
  std::string missing_interface(const ProvidedInterfaces& provided) const;

  Kind kind_ = Kind::ready;
  std::size_t count_ = 0;
  std::string name_;  // of the revision or interface
  std::string text_;
};

}  // namespace podreg::core
