// Runs a diagnosis over a registry and writes its findings down, a line each.
#pragma once

#include <string>
#include <vector>

#include "core/finding.h"
#include "doctor/diagnosis.h"
#include "tests/support/registry_builder.h"

namespace podreg::doctor {

struct Examined {
  Evidence evidence;
  Question question;

  explicit Examined(const tests::RegistryBuilder& registry = tests::RegistryBuilder()) {
    evidence.now = tests::kNow;
    evidence.everything = true;
    evidence.objects = registry.objects;
    question.ns = "demo";
    question.everything = true;
    evidence.missing = {{Source::mapping, ""},
                        {Source::consumer, ""},
                        {Source::metadata, "--no-probe"},
                        {Source::probes, "--no-probe"}};
    evidence.instances = instances_of(evidence.objects, question);
  }

  core::Diagnosis run() const { return diagnose(evidence, question); }

  // "PodNotReady pod/shop-0", sorted as findings are.
  std::vector<std::string> findings() const {
    std::vector<std::string> lines;
    for (const auto& finding : run().findings)
      lines.push_back(std::string(core::kind_of(finding.code).name) + " " + finding.object);
    return lines;
  }

  // Of the only finding.
  std::string message() const { return core::message(run().findings.at(0)); }
  std::string remedy() const { return core::remedy(run().findings.at(0)); }
};

using Lines = std::vector<std::string>;

}  // namespace podreg::doctor
