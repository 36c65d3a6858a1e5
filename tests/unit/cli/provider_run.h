// podreg as a whole, asking providers that a test plays.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/app.h"
#include "tests/support/fake_streams.h"
#include "tests/support/shop_snapshot.h"
#include "tests/unit/k8s/temporary_folder.h"

namespace podreg::cli {

struct Ran {
  int status = 0;
  std::string out;
  std::string err;
};

inline Ran run_podreg(const std::vector<std::string>& arguments) {
  tests::FakeStreams fake(false);
  const int status =
      run(arguments, fake.streams, k8s::Environment([](const auto&) { return std::nullopt; }));
  return {status, fake.out.text(), fake.err.text()};
}

// With the snapshot, in namespace demo.
inline Ran run_on_snapshot(const std::string& snapshot, std::vector<std::string> arguments) {
  const tests::TemporaryFolder folder;
  for (const std::string& word : {std::string("-n"), std::string("demo"), std::string("--snapshot"),
                                  folder.write("shop.yaml", snapshot)}) {
    arguments.push_back(word);
  }
  return run_podreg(arguments);
}

// What a provider does wrong, and how podreg ends then.
template <typename Fault>
struct FaultCase {
  std::string name;
  Fault fault;
  int status;
  std::string sentence;
};

// Short for those that it has to end.
inline std::string timeout_of(const std::string& sentence) {
  return sentence == "no answer in time" ? "300ms" : "60s";
}

}  // namespace podreg::cli
