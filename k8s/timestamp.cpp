#include "k8s/timestamp.h"

#include <string_view>

namespace podreg::k8s {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Takes what it reads from the front of the text; `ok` turns false when something else is there.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  int number(int digits, int least, int most) {
    int value = 0;
    for (int i = 0; i < digits; ++i) {
      if (rest_.empty() || !is_digit(rest_.front())) return fail();
      value = value * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    return value < least || value > most ? fail() : value;
  }
  void sign(char expected) {
    if (!take(expected)) fail();
  }
  bool take(char expected) {
    if (rest_.empty() || rest_.front() != expected) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void fraction() {
    if (!take('.')) return;
    number(1, 0, 9);
    while (!rest_.empty() && is_digit(rest_.front())) rest_.remove_prefix(1);
  }

  bool ok() const { return ok_; }
  bool at_end() const { return rest_.empty(); }

 private:
  int fail() {
    ok_ = false;
    return 0;
  }

  std::string_view rest_;
  bool ok_ = true;
};

std::chrono::minutes read_offset(Reader& reader) {
  if (reader.take('Z')) return {};
  const bool west = reader.take('-');
  if (!west) reader.sign('+');
  const std::chrono::hours hours(reader.number(2, 0, 23));
  reader.sign(':');
  const auto offset = hours + std::chrono::minutes(reader.number(2, 0, 59));
  return west ? -offset : offset;
}

}  // namespace

std::optional<std::chrono::sys_seconds> parse_timestamp(const std::string& text) {
  using namespace std::chrono;  // NOLINT(google-build-using-namespace): year, month, day
  Reader reader(text);
  const year y(reader.number(4, 0, 9999));
  reader.sign('-');
  const month m(static_cast<unsigned>(reader.number(2, 1, 12)));
  reader.sign('-');
  const day d(static_cast<unsigned>(reader.number(2, 1, 31)));
  reader.sign('T');
  const hours h(reader.number(2, 0, 23));
  reader.sign(':');
  const minutes min(reader.number(2, 0, 59));
  reader.sign(':');
  const seconds s(reader.number(2, 0, 59));
  reader.fraction();
  const auto offset = read_offset(reader);
  const year_month_day date(y, m, d);
  if (!reader.ok() || !reader.at_end() || !date.ok()) return std::nullopt;
  return sys_days(date) + h + min + s - offset;
}

}  // namespace podreg::k8s
