// Where the bearer token of each request comes from.
#pragma once

#include <chrono>
#include <functional>
#include <string>

namespace podreg::k8s {

using SteadyNow = std::function<std::chrono::steady_clock::time_point()>;

// Tokens are written anew while they are used: a ServiceAccount's from 10 minutes on. client-go
// looks after each minute as well.
inline constexpr std::chrono::seconds kTokenPeriod{60};

// Throws Error(invalid_data) unless the token can stand in a header: printable ASCII without
// spaces. `what` names it in the message (`token of user "ann"`), the token does not stand there.
void check_token_text(const std::string& token, const std::string& what);

// A function that returns the token of a file, without the white space around it, and reads it
// again when the last reading is a minute old. The function throws Error(invalid_data) when the
// file cannot be read, is empty or holds something else; with a `fallback` that is not empty it
// returns that instead. It may be copied (copies share what was read) and called from any thread;
// it reads nothing before it is called.
std::function<std::string()> token_from_file(const std::string& path, const std::string& what,
                                             const std::string& hint, const std::string& fallback,
                                             SteadyNow now = std::chrono::steady_clock::now);

}  // namespace podreg::k8s
