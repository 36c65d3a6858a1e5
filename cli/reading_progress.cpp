#include "cli/reading_progress.h"

#include <memory>
#include <string>
#include <utility>

#include "cli/context.h"
#include "cli/progress.h"

namespace podreg::cli {
namespace {

k8s::ReadFollower shown(std::shared_ptr<Progress> progress) {
  return
      [progress = std::move(progress)](const k8s::ReadCounts& counts) { progress->show(counts); };
}

}  // namespace

// No work that is heard: a file may be in memory long before it is parsed.
k8s::ReadObserver shown_files(Context& context) {
  if (!context.shows_readings()) return {};
  return [&context](const std::string& what) {
    return shown(std::make_shared<Progress>(context, what));
  };
}

void show_requests(Context& context, k8s::ApiOptions& api) {
  if (!context.shows_readings()) return;
  api.on_wait = [&context] { context.progress_line().look(); };
  api.on_read = [&context](const std::string& what) {
    return shown(std::make_shared<Progress>(context, what, Progress::Heard{}));
  };
}

}  // namespace podreg::cli
