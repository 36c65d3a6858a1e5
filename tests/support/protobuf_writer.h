// Writes protobuf for tests of its readers: what the API server would send, and what it never
// would.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace podreg::tests {

inline std::string varint(std::uint64_t value) {
  std::string bytes;
  for (; value >= 0x80; value >>= 7) bytes += static_cast<char>((value & 0x7f) | 0x80);
  return bytes + static_cast<char>(value);
}

inline std::string tag(std::uint32_t field, unsigned wire_type) {
  return varint(std::uint64_t{field} << 3 | wire_type);
}

// A field that is a text or a message.
inline std::string field(std::uint32_t number, std::string_view bytes) {
  return tag(number, 2) + varint(bytes.size()) + std::string(bytes);
}

inline std::string entry(std::string_view key, std::string_view value) {
  return field(1, key) + field(2, value);
}

struct PodFields {
  std::string ns = "demo";
  std::string name;
  std::vector<std::pair<std::string, std::string>> labels;
  std::vector<std::pair<std::string, std::string>> annotations;
};

// A PartialObjectMetadata with the other fields that a real one has.
inline std::string item_of(const PodFields& pod) {
  std::string metadata = field(1, pod.name) + field(2, "") + field(3, pod.ns) + field(4, "") +
                         field(5, "0b0ad5f7-0000-4000-8000-000000000000") + field(6, "4711") +
                         tag(7, 0) + varint(1) + field(8, tag(1, 0) + varint(1'700'000'000));
  for (const auto& [key, value] : pod.labels) metadata += field(11, entry(key, value));
  for (const auto& [key, value] : pod.annotations) metadata += field(12, entry(key, value));
  metadata += field(17, field(1, "kube-controller-manager") + field(7, std::string(300, 'f')));
  return field(1, metadata);
}

inline std::string list_of(const std::vector<PodFields>& pods,
                           std::string_view continue_token = "") {
  std::string list = field(1, field(1, "") + field(2, "815") + field(3, continue_token));
  for (const auto& pod : pods) list += field(2, item_of(pod));
  return list;
}

// The envelope that Kubernetes puts around an object.
inline std::string envelope(std::string_view kind, std::string_view raw,
                            std::string_view api_version = "meta.k8s.io/v1") {
  using std::string_view_literals::operator""sv;
  return std::string("k8s\0"sv) + field(1, entry(api_version, kind)) + field(2, raw) +
         field(3, "") + field(4, "");
}

inline std::string pod_list(const std::vector<PodFields>& pods,
                            std::string_view continue_token = "") {
  return envelope("PartialObjectMetadataList", list_of(pods, continue_token));
}

}  // namespace podreg::tests
