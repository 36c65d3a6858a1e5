// Reading from and writing to sockets that do not block, up to a deadline.
#pragma once

#include <string>
#include <string_view>

#include "core/dialer.h"

namespace podreg::rpc {

// False when the deadline came first.
bool wait_until_readable(int descriptor, core::Deadline deadline);
bool wait_until_writable(int descriptor, core::Deadline deadline);

// Sends everything. False when the other side is gone; what it sent before can still be read.
// Throws Error(unreachable) when it is too slow.
bool write_all(int descriptor, std::string_view bytes, core::Deadline deadline);

// The next bytes, at most 64 KiB; empty at the end, also when that is a reset: so ends a connection
// whose other side did not want to read all of ours. Throws Error(unreachable): the connection
// broke off otherwise, or nothing comes in time.
std::string read_some(int descriptor, core::Deadline deadline);

}  // namespace podreg::rpc
