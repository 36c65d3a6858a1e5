// Standard output and standard error of the process.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/streams.h"

namespace podreg::cli {

// What a sink does when its text cannot be written: say so, or nothing. What goes to standard error
// is of no use to anybody then, and does not make the result wrong.
enum class OnFailure { report, ignore };

// Collects text and writes it to a file descriptor in large pieces, waiting until all of it is
// taken even where the descriptor is O_NONBLOCK. For one thread at a time; the destructor writes
// nothing, because it could not report a failure.
class DescriptorSink : public core::TextSink {
 public:
  DescriptorSink(int descriptor, OnFailure on_failure)
      : descriptor_(descriptor), on_failure_(on_failure) {}

  void write(std::string_view text) override;
  void flush() override;
  bool reader_gone() const override;

 private:
  int descriptor_;
  OnFailure on_failure_;
  bool reader_gone_ = false;
  std::string pending_;
};

// The descriptor of standard output when it is a pipe, else -1. Who waits for it to become
// readable, which it never does, is woken when its reader goes away.
int output_pipe();

// In characters; 0 where it is no terminal, or does not say.
struct TerminalSize {
  std::size_t columns = 0;
  std::size_t rows = 0;
};

TerminalSize terminal_size(int descriptor);

// The columns of the terminal that is standard error, 80 when it does not say; 0 while another job
// of the shell has it.
std::size_t error_columns();

// No core file of this process and of its children: it would hold tokens and keys.
void forbid_core_files();

// To be called before anything opens a descriptor. A standard stream that is closed is replaced, so
// that no file or socket takes its number; writing to it still fails. The signals of
// core/ignored_signals.h become errors of write(2).
void secure_standard_streams();

}  // namespace podreg::cli
