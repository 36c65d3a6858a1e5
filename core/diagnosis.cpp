#include "core/diagnosis.h"

namespace podreg::core {

CheckState state_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return CheckState::failed;
    case Severity::warning:
      return CheckState::warned;
    case Severity::info:
      break;
  }
  return CheckState::noted;
}

}  // namespace podreg::core
