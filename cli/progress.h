// How far a long piece of work is.
#pragma once

#include <cstddef>
#include <string>

namespace podreg::cli {

class Context;

// One line on standard error, "3 of 120 pods", on a terminal only and not with --quiet, nor with
// --verbose, whose lines say more; gone when this object is. What cannot be shown does no harm.
class Progress {
 public:
  // `what` is what is counted, in the plural. The context must outlive it.
  Progress(Context& context, std::string what) : context_(context), what_(std::move(what)) {}
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void show(std::size_t done, std::size_t all);

 private:
  void write(const std::string& text);

  Context& context_;
  std::string what_;
  bool shown_ = false;
};

}  // namespace podreg::cli
