#include "cli/progress_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

#include "output/terminal_text.h"

namespace podreg::cli {
namespace {

using Parts = std::vector<std::string>;

// "12,400".
std::string number_text(std::uint64_t number) {
  auto text = std::to_string(number);
  for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3) {
    text.insert(static_cast<std::size_t>(at), 1, ',');
  }
  return text;
}

void add(Parts& /*parts*/, const Work& /*work*/, const std::monostate& /*nothing*/) {}

void add(Parts& parts, const Work& work, const rpc::Tally& tally) {
  parts.push_back(fmt::format("{} of {} {}", number_text(tally.done - tally.failed),
                              number_text(tally.all), work.done));
  if (tally.failed > 0) parts.push_back(number_text(tally.failed) + " failed");
}

void add(Parts& parts, const Work& /*work*/, const k8s::ReadCounts& counts) {
  if (counts.objects > 0) {
    parts.push_back(number_text(counts.objects) + (counts.objects == 1 ? " object" : " objects"));
  }
  if (counts.bytes == 0) return;
  parts.push_back(byte_text(counts.bytes));
  if (counts.size > 0) parts.back() += " of " + byte_text(counts.size);
}

std::string time_text(std::chrono::seconds time) {
  const auto minutes = time.count() / 60;
  if (minutes == 0) return fmt::format("{} s", time.count());
  return fmt::format("{} min {} s", minutes, time.count() % 60);
}

}  // namespace

std::string byte_text(std::uint64_t bytes) {
  constexpr double kKib = 1024;
  const auto size = static_cast<double>(bytes);
  if (size < kKib) return fmt::format("{} bytes", bytes);
  if (size < kKib * kKib) return fmt::format("{:.0f} KiB", size / kKib);
  if (size < kKib * kKib * kKib) return fmt::format("{:.1f} MiB", size / kKib / kKib);
  return fmt::format("{:.1f} GiB", size / kKib / kKib / kKib);
}

std::string progress_text(const Work& work, std::chrono::steady_clock::time_point now) {
  Parts parts;
  std::visit([&](const auto& counts) { add(parts, work, counts); }, work.counts);
  const auto time = std::chrono::duration_cast<std::chrono::seconds>(now - work.began);
  if (time.count() > 0) parts.push_back(time_text(time));
  const auto what = output::terminal_text(work.what);
  return parts.empty() ? what + " …" : fmt::format("{}: {}", what, fmt::join(parts, ", "));
}

}  // namespace podreg::cli
