// What a Dubbo consumer would meet, step by step: runs the checks over what was gathered.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/diagnosis.h"
#include "core/finding.h"
#include "core/instance.h"
#include "doctor/check.h"
#include "doctor/evidence.h"

namespace podreg::doctor {

// What is asked for.
struct Question {
  std::optional<std::string> ns;  // nothing: all namespaces
  // By name, whether they exist or not; of `everything` in addition to all others.
  std::vector<std::string> services;
  bool everything = false;  // every Service that is Dubbo's
  std::vector<core::FindingCode> unwanted;
};

// Pure; never throws.
core::Diagnosis diagnose(const Evidence& evidence, const Question& question);

// What has to be gathered for the checks that may find something wanted.
std::set<Source> sources_of(const Question& question);

// The instances of the Services in question, as step 3 gives them.
std::vector<core::Instance> instances_of(const core::RegistryObjects& objects,
                                         const Question& question);

// The ServiceAccounts of their ready pods that are not registered, with nothing denied yet. Who is
// registered may have been so by somebody else, such as a script.
std::vector<AccountAccess> accounts_of(const core::RegistryObjects& objects,
                                       const Question& question);

}  // namespace podreg::doctor
