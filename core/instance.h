// One instance as a Dubbo consumer has it after step 3 of the registry.
#pragma once

#include <memory>
#include <string>

#include "core/metadata.h"

namespace podreg::core {

struct Instance {
  std::string service_name;  // also the application's name
  std::string ns;
  std::string host;  // textual, without brackets
  int port = 0;
  std::string pod;
  std::string node;                          // may be empty
  std::shared_ptr<const Metadata> metadata;  // never null; shared by the ports of a pod
};

}  // namespace podreg::core
