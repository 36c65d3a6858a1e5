// Whether an address is near: on this machine or in a private network, where bandwidth costs less
// than compressing.
#pragma once

#include <string>

namespace podreg::k8s {

// Loopback, RFC 1918, link-local (169.254/16, fe80::/10), shared address space (100.64/10), unique
// local (fc00::/7), and those of IPv4 in IPv6 (::ffff:0:0/96). Of anything else false, also when it
// is no address at all. `ip` is textual, without brackets; a zone ("%eth0") may follow.
bool is_near(const std::string& ip);

}  // namespace podreg::k8s
