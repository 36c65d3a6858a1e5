// Words that kubectl's parser takes and CLI11 does not, for who has them in the fingers or in a
// script: `-o=json`, `-v=8`, `service/shop-order`.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
}  // namespace CLI

namespace podreg::cli {

// Says of "-o" whether it is a flag that takes a value.
using TakesValue = std::function<bool(const std::string& flag)>;

// Makes `-o=json` to `-ojson`, and of kubectl's levels as many -v: `-v=6` (or -v6, --v=6) shows
// requests there as one -v does here, 7 their headers, 8 bodies, 9 all of them. What stands behind
// "--" stays.
void respell_kubectl_flags(std::vector<std::string>& words, const TakesValue& takes_value);

// Arguments of the command that name Services or pods also take them as `-o name` prints them, and
// with kubectl's short forms: service/, services/, svc/; pod/, pods/, po/.
void take_resource_names(CLI::App& command);

}  // namespace podreg::cli
