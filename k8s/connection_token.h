// Where the bearer token of each request comes from.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace podreg::k8s {

using SteadyNow = std::function<std::chrono::steady_clock::time_point()>;

// Tokens are written anew while they are used: a ServiceAccount's from 10 minutes on. client-go
// looks after each minute as well.
inline constexpr std::chrono::seconds kTokenPeriod{60};

// Whether it is printable ASCII without spaces. A line break in it would begin a header of its own.
bool fits_header(std::string_view token);

// Throws Error(invalid_data) unless the token can stand in a header: printable ASCII without
// spaces. `what` names it in the message (`token of user "ann"`), the token does not stand there.
void check_token_text(const std::string& token, const std::string& what);

// The token of a file, without the white space around it; read again when the last reading is a
// minute old. May be used from any thread; reads nothing before it is asked.
class TokenFile {
 public:
  // `what` and `hint` are for messages. A `fallback` that is not empty is the token while the file
  // cannot be read, and there is none of it from before.
  TokenFile(std::string path, std::string what, std::string hint, std::string fallback,
            SteadyNow now = std::chrono::steady_clock::now);

  // Throws Error(invalid_data) when the file cannot be read, is empty or holds something else, and
  // there is neither a token of it from before nor a fallback.
  std::string token();

  // The token is of no use any more: the next token() reads the file.
  void forget();

 private:
  bool read_again();
  std::string read() const;

  const std::string path_;
  const std::string what_;
  const std::string hint_;
  const std::string fallback_;
  const SteadyNow now_;
  std::mutex mutex_;
  std::string token_;
  std::optional<std::chrono::steady_clock::time_point> read_at_;
};

}  // namespace podreg::k8s
