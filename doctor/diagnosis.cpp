#include "doctor/diagnosis.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "core/counted.h"
#include "doctor/chain.h"

namespace podreg::doctor {
namespace {

using core::CheckOutcome;
using core::CheckState;
using core::Diagnosis;
using core::Finding;
using core::FindingCode;

bool is_wanted(const Check& check, const Findings& findings) {
  return std::ranges::any_of(check.finds,
                             [&](FindingCode code) { return findings.is_wanted(code); });
}

// That nothing could be asked is always told: whoever asks about something else has no answer.
std::vector<FindingCode> unwanted_of(const Question& question, const Evidence& evidence) {
  auto unwanted = question.unwanted;
  if (evidence.failed) {
    std::erase_if(unwanted, [](FindingCode code) {
      return code == FindingCode::api_server_unreachable ||
             code == FindingCode::certificate_refused || code == FindingCode::credentials_refused;
    });
  }
  return unwanted;
}

// A check with what it has found so far.
struct Running {
  const Check* check;
  CheckOutcome outcome;
};

// Whether the check can run; otherwise its outcome says why not, or it is left out.
std::optional<Running> prepare(const Check& check, const Evidence& evidence) {
  Running running{&check, {check.step, std::string(check.title), CheckState::fine, {}, {}}};
  for (const Source source : check.reads) {
    const auto missing = evidence.missing.find(source);
    if (missing == evidence.missing.end()) continue;
    if (missing->second.empty()) return std::nullopt;
    running.outcome.state = CheckState::not_checked;
    running.outcome.reason = missing->second;
  }
  return running;
}

// Takes the findings from `first` on into the check's outcome.
void account(CheckOutcome& outcome, const std::vector<Finding>& findings, std::size_t first) {
  for (std::size_t i = first; i < findings.size(); ++i) {
    outcome.findings.push_back(findings[i]);
    outcome.state =
        std::max(outcome.state, core::state_of(core::kind_of(findings[i].code).severity));
  }
}

// Calls `visit` with each Service in question.
template <typename Visit>
void each_case(const ServiceCases& cases, const Question& question, const Visit& visit) {
  std::set<std::pair<std::string, std::string>> named;
  for (const auto& name : question.services) {
    bool found = false;
    for (const auto& [ns, of] : cases.names()) {
      if (of != name) continue;
      found = true;
      named.emplace(ns, name);
    }
    if (!found) named.emplace(question.ns.value_or(""), name);
  }
  for (const auto& [ns, name] : named) visit(cases.make(ns, name, true));
  if (!question.everything) return;
  for (const auto& [ns, name] : cases.names()) {
    if (named.contains({ns, name})) continue;
    if (auto one = cases.make(ns, name, false); one.concerns_dubbo()) visit(one);
  }
}

bool exists(const ServiceCase& one) {
  return one.service != nullptr || one.endpoints != nullptr || !one.slices.empty();
}

// Of so many Services the chain is shown.
constexpr std::size_t kChains = 20;

class Examination {
 public:
  Examination(const Evidence& evidence, const Question& question)
      : evidence_(evidence),
        question_(question),
        cases_(evidence.objects),
        findings_(unwanted_of(question, evidence)) {
    for (const Check* check : all_checks()) {
      if (!is_wanted(*check, findings_)) continue;
      if (auto running = prepare(*check, evidence)) running_.push_back(std::move(*running));
    }
  }

  Diagnosis run() {
    if (!evidence_.failed) examine_services();
    run_all([this](const Check& check) {
      if (check.of_all != nullptr) check.of_all(evidence_, cases_, findings_);
    });
    if (!evidence_.failed) add_chains();
    return finish();
  }

 private:
  template <typename RunOne>
  void run_all(const RunOne& run_one) {
    for (Running& running : running_) {
      if (running.outcome.state == CheckState::not_checked) continue;
      const auto before = findings_.all().size();
      run_one(*running.check);
      account(running.outcome, findings_.all(), before);
    }
  }

  void examine_services() {
    each_case(cases_, question_, [&](const ServiceCase& one) {
      ++result_.services;
      if (exists(one)) ++existing_;
      if (names_.size() < kChains) names_.emplace_back(one.ns, one.name);
      run_all([&](const Check& check) {
        if (check.of_service != nullptr) check.of_service(one, evidence_, findings_);
      });
    });
  }

  // Now that everything is known that was found.
  void add_chains() {
    for (const auto& [ns, name] : names_) {
      auto chain = chain_of(cases_.make(ns, name, true), evidence_, findings_.all());
      add_interfaces(chain);
      result_.chains.push_back(std::move(chain));
    }
  }

  // In front, the interfaces that led to the application, and who says so.
  void add_interfaces(core::Chain& chain) const {
    for (const auto& question : evidence_.interfaces) {
      for (const auto& mapping : question.mappings) {
        if (!mapping.names(chain.ns, chain.service)) continue;
        chain.links.insert(chain.links.begin(),
                           {fmt::format("{} ({})", question.query.match.interface,
                                        core::to_string(mapping.source)),
                            CheckState::fine});
        break;
      }
    }
  }

  // Why a check that has found nothing cannot say that all is well; empty when it can.
  std::string gap_of(const Check& check) const {
    if (check.of_service != nullptr && existing_ == 0) return "there is no Service to look at";
    if (std::ranges::find(check.reads, Source::metadata) == check.reads.end()) return {};
    const auto all = evidence_.revisions.size();
    const auto known = static_cast<std::size_t>(std::ranges::count_if(
        evidence_.revisions, [](const auto& revision) { return revision.info.has_value(); }));
    if (known == all) return {};
    return fmt::format("the metadata of {} of {} is known", known, core::counted(all, "revision"));
  }

  Diagnosis finish() {
    result_.findings = std::move(findings_.all());
    core::sort(result_.findings);
    for (Running& running : running_) {
      core::sort(running.outcome.findings);
      // Without an answer of the API server nothing else was looked at.
      if (evidence_.failed && running.outcome.findings.empty()) {
        if (running.outcome.step > 0 || running.outcome.state == CheckState::not_checked) continue;
        running.outcome.state = CheckState::not_checked;
        running.outcome.reason = "the API server did not answer";
      } else if (running.outcome.state == CheckState::fine) {
        running.outcome.reason = gap_of(*running.check);
        if (!running.outcome.reason.empty()) running.outcome.state = CheckState::not_checked;
      }
      result_.outcomes.push_back(std::move(running.outcome));
    }
    return std::move(result_);
  }

  const Evidence& evidence_;
  const Question& question_;
  ServiceCases cases_;
  Findings findings_;
  std::vector<Running> running_;
  std::vector<std::pair<std::string, std::string>> names_;
  std::size_t existing_ = 0;  // of the Services in question
  Diagnosis result_;
};

}  // namespace

Diagnosis diagnose(const Evidence& evidence, const Question& question) {
  return Examination(evidence, question).run();
}

std::set<Source> sources_of(const Question& question) {
  const Findings findings(question.unwanted);
  std::set<Source> sources;
  for (const Check* check : all_checks()) {
    if (is_wanted(*check, findings)) sources.insert(check->reads.begin(), check->reads.end());
  }
  return sources;
}

std::vector<core::Instance> instances_of(const core::RegistryObjects& objects,
                                         const Question& question) {
  std::vector<core::Instance> instances;
  const ServiceCases cases(objects);
  each_case(cases, question, [&](const ServiceCase& one) {
    instances.insert(instances.end(), one.discovery.instances.begin(),
                     one.discovery.instances.end());
  });
  return instances;
}

std::vector<AccountAccess> accounts_of(const core::RegistryObjects& objects,
                                       const Question& question) {
  std::map<std::pair<std::string, std::string>, AccountAccess> accounts;
  const ServiceCases cases(objects);
  each_case(cases, question, [&](const ServiceCase& one) {
    for (const CasePod& pod : one.pods) {
      if (pod.listed != Listed::as_ready || pod.registration.metadata) continue;
      auto& account = accounts[{one.ns, pod.pod->account()}];
      account.services.insert(one.name);
    }
  });
  std::vector<AccountAccess> result;
  for (auto& [key, account] : accounts) {
    std::tie(account.ns, account.account) = key;
    result.push_back(std::move(account));
  }
  return result;
}

}  // namespace podreg::doctor
