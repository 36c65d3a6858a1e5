// The checks of a diagnosis: what each reads, what it may find, and the table of them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/finding.h"
#include "doctor/evidence.h"
#include "doctor/service_case.h"

namespace podreg::doctor {

// Takes the findings of checks, as far as they are wanted.
class Findings {
 public:
  // `unwanted` are codes of --skip, or those that --only leaves out.
  explicit Findings(std::vector<core::FindingCode> unwanted = {})
      : unwanted_(std::move(unwanted)) {}

  bool is_wanted(core::FindingCode code) const;

  void add(core::Finding finding);

  // About a pod, and about the Service itself.
  void add(core::FindingCode code, const ServiceCase& of, std::string_view pod,
           std::string detail = {}, std::string advice = {});
  void add_service(core::FindingCode code, const ServiceCase& of, std::string detail = {},
                   std::string advice = {});

  std::vector<core::Finding>& all() { return all_; }

 private:
  std::vector<core::FindingCode> unwanted_;
  std::vector<core::Finding> all_;
};

// Pure: looks at what was gathered and nothing else.
struct Check {
  int step;
  std::string_view title;  // what is true when nothing is found: "every ready pod is registered"
  std::span<const Source> reads;
  std::span<const core::FindingCode> finds;
  // One of the two: about each Service, or about everything.
  void (*of_service)(const ServiceCase&, const Evidence&, Findings&) = nullptr;
  void (*of_all)(const Evidence&, const ServiceCases&, Findings&) = nullptr;
};

std::span<const Check> access_checks();
std::span<const Check> registration_checks();
std::span<const Check> mapping_checks();
std::span<const Check> service_checks();
std::span<const Check> address_checks();
std::span<const Check> slice_checks();
std::span<const Check> unselected_checks();
std::span<const Check> metadata_checks();
std::span<const Check> answer_checks();
std::span<const Check> invoker_checks();

// All of them, by step.
std::vector<const Check*> all_checks();

}  // namespace podreg::doctor
