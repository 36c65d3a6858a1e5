#include "core/probe.h"

namespace podreg::core {

std::string_view to_string(ProbeStatus status) {
  switch (status) {
    case ProbeStatus::ok:
      return "ok";
    case ProbeStatus::refused:
      return "refused";
    case ProbeStatus::timeout:
      return "timeout";
    case ProbeStatus::protocol_mismatch:
      return "protocol-mismatch";
    case ProbeStatus::error:
      break;
  }
  return "error";
}

}  // namespace podreg::core
