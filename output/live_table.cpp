#include "output/live_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "output/cell_text.h"
#include "output/color.h"
#include "output/registry_events.h"
#include "output/shown_columns.h"
#include "output/table.h"
#include "output/terminal_text.h"

namespace podreg::output {
namespace {

constexpr std::size_t kEventsKept = 8;
constexpr std::size_t kFewestRows = 4;  // of the table, before others get a line

std::string identity_of(const core::Instance& one) {
  return fmt::format("{}/{}/{}:{}/{}", one.ns, one.service_name, one.host, one.port, one.pod);
}

// "10:00:00Z" of "2026-11-27T10:00:00Z".
std::string clock_time(std::int64_t time) {
  const auto text = event_time(time);
  return text.substr(text.find('T') + 1);
}

std::string event_line(const core::RegistryChange& change, std::int64_t time) {
  std::string text = fmt::format("{} {} ", clock_time(time), core::to_string(change.type));
  if (core::is_about_instance(change.type)) {
    text += fmt::format("{} {} {}", address_text(change.instance->host, change.instance->port),
                        change.instance->pod, changed_values(change, Detail::table));
  } else {
    text += core::message(*change.warning);
  }
  return terminal_text(text);
}

class LineKeeper : public core::TextSink {
 public:
  void write(std::string_view text) override {
    for (const char c : text) {
      if (c == '\n') {
        lines.push_back(std::exchange(line_, {}));
      } else {
        line_ += c;
      }
    }
  }
  void flush() override {}

  std::vector<std::string> lines;

 private:
  std::string line_;
};

// The first lines, and how many there are besides when not all fit.
void append(std::vector<std::string>& to, const std::vector<std::string>& lines, std::size_t most,
            std::string_view what) {
  if (lines.size() <= most) {
    std::ranges::copy(lines, std::back_inserter(to));
    return;
  }
  if (most == 0) return;
  const auto shown = most - 1;
  to.insert(to.end(), lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(shown));
  to.push_back(fmt::format("… and {} more {}", lines.size() - shown, what));
}

}  // namespace

LiveTable::LiveTable(std::string title, const InstanceView& view, const PrintOptions& options,
                     bool color)
    : title_(std::move(title)), view_(view), options_(options), color_(color) {
  check_titles(InstanceListing({}, {}, view_, "").columns(), options_.columns);
}

void LiveTable::take(const std::vector<core::RegistryChange>& changes,
                     const core::RegistryPicture& picture, std::int64_t time) {
  const bool is_first = !std::exchange(has_picture_, true);
  time_ = time;
  instances_ = core::instances_of(picture);
  warnings_ = core::warnings_of(picture);
  if (is_first) return;  // what was there before is no event
  for (const core::RegistryChange& change : changes) {
    events_.push_front(event_line(change, time));
    if (!core::is_about_instance(change.type)) continue;
    const auto identity = identity_of(*change.instance);
    if (change.type == core::ChangeType::deleted) {
      last_change_.erase(identity);
    } else {
      last_change_[identity] = fmt::format("{} {}", core::to_string(change.type), clock_time(time));
    }
  }
  events_.resize(std::min(events_.size(), kEventsKept));
}

std::string LiveTable::headline() const {
  std::string text = "podreg watch: " + title_;
  if (!has_picture_) return text + "   listing…";
  return text + fmt::format("   {}   {}", instances_text(instances_.size()), clock_time(time_));
}

std::vector<std::string> LiveTable::table_lines() const {
  const Detail detail = options_.format == Format::wide ? Detail::wide : Detail::table;
  const InstanceListing listing(instances_, {}, view_, "");
  auto [columns, shown] = shown_columns(listing, detail, options_.columns);
  columns.push_back({"LAST CHANGE"});
  LineKeeper keeper;
  write_table(
      columns, instances_.size(),
      [&, &shown = shown](std::size_t row, std::size_t column) -> std::string {
        if (column < shown.size()) return listing.cell(row, shown[column], detail);
        const auto found = last_change_.find(identity_of(instances_[row]));
        return found == last_change_.end() ? "" : found->second;
      },
      {options_.headers, false}, keeper);
  return std::move(keeper.lines);
}

std::vector<std::string> LiveTable::warning_lines(std::size_t most) const {
  std::vector<std::string> lines;
  if (!trouble_.empty()) lines.push_back("warning: " + terminal_text(trouble_));
  if (!options_.quiet) {
    for (const auto& message : core::grouped_messages(warnings_))
      lines.push_back("warning: " + terminal_text(message));
  }
  std::vector<std::string> shown;
  append(shown, lines, most, "warnings");
  return shown;
}

std::string LiveTable::frame(const ScreenSize& size) const {
  const std::size_t room = size.rows > 1 ? size.rows - 1 : 0;  // below the headline
  const auto table = table_lines();
  // The table first, then the warnings, then the events; but of each at least something.
  const std::size_t for_others = room > kFewestRows ? room - kFewestRows : 0;
  const auto warnings = warning_lines(for_others / 2);
  const std::size_t events = std::min(events_.size(), for_others - warnings.size());
  const std::size_t below = warnings.size() + events;
  std::vector<std::string> lines = {headline()};
  append(lines, table, room - std::min(room, below), "instances");
  std::ranges::copy(warnings, std::back_inserter(lines));
  lines.insert(lines.end(), events_.begin(), events_.begin() + static_cast<std::ptrdiff_t>(events));
  std::string frame = "\x1b[H";
  for (std::size_t i = 0; i < std::min(lines.size(), size.rows); ++i) {
    const bool is_title = i == 0 || (i == 1 && options_.headers && !instances_.empty());
    if (i > 0) frame += "\r\n";
    frame += painted(cut_to(size.columns, lines[i]), Paint::bold, color_ && is_title) + "\x1b[K";
  }
  return frame + "\x1b[J";
}

}  // namespace podreg::output
