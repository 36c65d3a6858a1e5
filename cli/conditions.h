// What `wait --for` and `watch --until` wait for: several conditions that have to hold together.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "cli/reach.h"
#include "core/clock.h"
#include "core/registry_picture.h"
#include "core/revision_metadata.h"
#include "core/wait_condition.h"

namespace podreg::cli {

class Context;

class Conditions {
 public:
  // Throws Error(usage) for a text that is no condition. All must outlive it.
  Conditions(const std::vector<std::string>& texts, const ReachOptions& reach, Context& context,
             core::Clock& clock);

  bool empty() const { return conditions_.empty(); }

  // `instances=3, ready`.
  std::string text() const;

  // What is missing of them at this moment; empty: all hold. Of `services` each has to meet them.
  // For an interface the providers in the picture are asked, each revision once, whatever the
  // number of conditions; those of whom nobody answered again after a while, or when there are
  // others. Throws what Reach throws.
  std::string missing(const core::RegistryPicture& picture,
                      const std::vector<std::string>& services);

  // When providers are to be asked again, which is when missing() is to be called although nothing
  // has changed: steady milliseconds; nothing: never.
  std::optional<std::int64_t> ask_again_at() const { return ask_again_at_; }

 private:
  using RevisionKey =
      std::tuple<std::string, std::string, std::string>;  // ns, application, revision

  using Provider =
      std::tuple<std::string, std::string, std::string, std::string>;  // ns, Service, pod, host

  static Provider provider_of(const core::Instance& instance);
  std::string missing_of(const core::RegistryPicture& picture, const std::string& service) const;
  core::ProvidedInterfaces provided_by(const core::RegistryPicture& picture) const;
  bool were_silent(const std::vector<core::RevisionGroup>& groups) const;
  void ask_providers(const core::RegistryPicture& picture);
  void ask(const std::vector<core::RevisionGroup>& groups);

  std::vector<core::WaitCondition> conditions_;
  const ReachOptions& reach_options_;
  Context& context_;
  core::Clock& clock_;
  std::unique_ptr<Reach> reach_;                             // made when it is first needed
  std::map<RevisionKey, std::set<std::string>> interfaces_;  // of revisions that answered
  // Who was asked last and did not answer, with what each had registered then.
  std::map<Provider, std::shared_ptr<const core::Metadata>> silent_;
  std::optional<std::int64_t> ask_again_at_;
  std::int64_t ask_pause_ = 0;
};

}  // namespace podreg::cli
