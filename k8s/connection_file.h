// Files that a connection is made of: kubeconfigs, certificates, keys, tokens.
#pragma once

#include <cstddef>
#include <string>

namespace podreg::k8s {

// The largest kubeconfig that is read; one of a thousand clusters has about 5
// MiB, and yaml-cpp needs up to 250 times the size.
inline constexpr std::size_t kLargestKubeconfig = std::size_t{8} << 20;

// The largest certificate, key or token; the certificates of a whole system have 0.3 MiB.
inline constexpr std::size_t kLargestCredential = std::size_t{4} << 20;

// The whole file or pipe. `what` names it in messages (`certificate-authority of cluster "prod"`),
// `hint` is what to do about it. Throws Error(invalid_data) with the path and the reason when it
// cannot be read or has more than `limit` bytes.
std::string read_connection_file(const std::string& path, const std::string& what,
                                 std::size_t limit, const std::string& hint = {});

// Whether every user of the machine can read that file; false for what is no file.
bool readable_by_everybody(const std::string& path);

// Whether something has that path. What exists and cannot be read exists all the same.
bool file_exists(const std::string& path);

}  // namespace podreg::k8s
