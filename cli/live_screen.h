// The terminal of a live table: another screen than the shell's, until it is left.
#pragma once

#include <termios.h>

#include <string>

#include "output/live_table.h"

namespace podreg::cli {

// Once it is entered, standard output (which must be a terminal) shows its alternate screen without
// a cursor, and what is typed is not echoed. However the process ends, by a signal too, the
// terminal is then as it was. There can be one at a time.
class LiveScreen {
 public:
  LiveScreen();
  ~LiveScreen();
  LiveScreen(const LiveScreen&) = delete;
  LiveScreen& operator=(const LiveScreen&) = delete;

  // Before that a credential plugin may still talk to the user. Does nothing the second time.
  void enter();
  bool is_entered() const { return entered_; }

  // Can be read when the terminal has another size now; size() makes it unreadable again.
  int resized_descriptor() const { return pipe_[0]; }
  output::ScreenSize size();

 private:
  int pipe_[2] = {-1, -1};
  bool entered_ = false;
};

}  // namespace podreg::cli
