#include "cli/exit_status.h"

namespace podreg::cli {

int exit_status(core::ErrorKind kind) {
  switch (kind) {
    case core::ErrorKind::output:
      return 1;
    case core::ErrorKind::usage:
      return 2;
    case core::ErrorKind::not_found:
      return 3;
    case core::ErrorKind::not_allowed:
      return 4;
    case core::ErrorKind::unreachable:
      return 5;
    case core::ErrorKind::conflict:
      return 6;
    case core::ErrorKind::invalid_data:
      return 7;
    case core::ErrorKind::not_met:
      return 8;
  }
  return 1;
}

}  // namespace podreg::cli
