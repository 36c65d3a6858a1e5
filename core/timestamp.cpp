#include "core/timestamp.h"

#include <fmt/format.h>

#include <string_view>

namespace podreg::core {

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
  std::chrono::milliseconds fraction() {
    if (!take('.')) return {};
    int value = number(1, 0, 9) * 100;
    for (int weight = 10; !rest_.empty() && is_digit(rest_.front()); weight /= 10) {
      value += weight * number(1, 0, 9);
    }
    return std::chrono::milliseconds(value);
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

std::optional<Timestamp> parse_timestamp(const std::string& text) {
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
  const auto fraction = reader.fraction();
  const auto offset = read_offset(reader);
  const year_month_day date(y, m, d);
  if (!reader.ok() || !reader.at_end() || !date.ok()) return std::nullopt;
  return sys_days(date) + h + min + s + fraction - offset;
}

std::optional<std::string> format_timestamp(Timestamp time) {
  using namespace std::chrono;  // NOLINT(google-build-using-namespace): year, month, day
  constexpr Timestamp kFirst = sys_days(year(0) / 1 / 1);
  constexpr Timestamp kEnd = sys_days(year(10000) / 1 / 1);
  if (time < kFirst || time >= kEnd) return std::nullopt;
  const auto day_begin = floor<days>(time);
  const year_month_day date(day_begin);
  const hh_mm_ss<milliseconds> clock(time - day_begin);
  auto text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                          static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                          clock.hours().count(), clock.minutes().count(), clock.seconds().count());
  const auto rest = clock.subseconds().count();
  return text + (rest == 0 ? "Z" : fmt::format(".{:03}Z", rest));
}

}  // namespace podreg::core
