#include "cli/progress.h"

#include <utility>

#include "cli/context.h"

namespace podreg::cli {

Progress::Progress(Context& context, std::string what, std::string_view done)
    : line_(context.progress_line()) {
  begin({std::move(what), done, {}, ProgressLine::Clock::now()});
}

Progress::Progress(Context& context, std::string what, Heard /*heard*/)
    : line_(context.progress_line()) {
  begin({std::move(what), {}, {}, ProgressLine::Clock::now(), true});
}

void Progress::begin(Work work) {
  if (line_.is_shown()) work_ = line_.begin(std::move(work));
}

Progress::~Progress() {
  if (work_) line_.end(*work_);
}

void Progress::show(const rpc::Tally& tally) {
  if (work_) line_.set(*work_, tally);
}

void Progress::show(const k8s::ReadCounts& counts) {
  if (work_) line_.set(*work_, counts);
}

ProgressHold::ProgressHold(Context& context) : line_(context.progress_line()) { line_.hold(); }

ProgressHold::~ProgressHold() { line_.release(); }

}  // namespace podreg::cli
