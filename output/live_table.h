// The screen of `watch` on a terminal: what there is now, what was said, what happened last.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "core/instance_changes.h"
#include "output/instance_listing.h"
#include "output/printer.h"

namespace podreg::output {

struct ScreenSize {
  std::size_t columns = 80;
  std::size_t rows = 24;
};

class LiveTable {
 public:
  // `title` says what is watched: "shop-order, shop-stock". Throws Error(usage) for a title of
  // --columns that instances do not have.
  LiveTable(std::string title, const InstanceView& view, const PrintOptions& options, bool color);

  // What has changed, and what there is now; `time` is in milliseconds since the epoch.
  void take(const std::vector<core::RegistryChange>& changes, const core::RegistryPicture& picture,
            std::int64_t time);

  // What does not work at the moment; empty: all does.
  void trouble(std::string text) { trouble_ = std::move(text); }

  // The whole screen, to be written to a terminal of that size: every line is cut to its width, and
  // there are no more of them than fit. What does not fit is counted.
  std::string frame(const ScreenSize& size) const;

 private:
  std::vector<std::string> table_lines() const;
  std::vector<std::string> warning_lines(std::size_t most) const;
  std::string headline() const;

  std::string title_;
  InstanceView view_;
  PrintOptions options_;
  bool color_;
  bool has_picture_ = false;
  std::int64_t time_ = 0;  // of the last change
  std::string trouble_;
  std::vector<core::Instance> instances_;
  std::vector<core::Warning> warnings_;
  std::map<std::string, std::string> last_change_;  // of each instance that has had one
  std::deque<std::string> events_;                  // the last ones, the newest first
};

}  // namespace podreg::output
