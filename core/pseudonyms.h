// Other names and addresses in place of real ones, the same for the same.
//
// All of them are met before the first one is replaced, so that the new ones can be sorted as the
// real ones are: what is printed in their order keeps that order.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/ip_address.h"

namespace podreg::core {

// Not thread safe.
class Pseudonyms {
 public:
  // The text itself until settle() has been called, from then on what stands for it: "name-07", or
  // "name.n07" for what has a dot, such as an interface, so that it still looks like one. Empty
  // texts, "default", "*" and what is Dubbo's own (org.apache.dubbo.…) stay as they are.
  std::string name(std::string_view real);

  // The same for an IP address: 10.0.0.7, fd00::7. Those of no machine (0.0.0.0, 127.0.0.1, ::1)
  // stay as they are. The text must be an address.
  std::string address(std::string_view real);

  // A revision of which nothing is known but its name: 32 hexadecimal digits. "0" stays.
  std::string revision(std::string_view real);
  // What stands for the revision; it is computed, so it is given.
  void set_revision(std::string_view real, std::string pseudonym);

  // Everything has been met.
  void settle();
  bool settled() const { return settled_; }

 private:
  bool settled_ = false;
  std::map<std::string, std::string, std::less<>> names_;
  std::map<AddressOrder, std::string> addresses_;
  std::map<std::string, std::string, std::less<>> revisions_;
};

// Whether the text is an IP address.
bool is_ip_address(std::string_view text);

}  // namespace podreg::core
