// The metadata of one instance: the JSON object that a Dubbo provider writes into the annotation
// io.dubbo/metadata of its pod.
//
// Format: Dubbo 3.2.6, KubernetesServiceDiscovery#doRegister and ServiceInstanceMetadataUtils; one
// compact JSON object from string to string. Other JSON values do occur and are kept as they are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace podreg::core {

inline constexpr std::string_view kRegistrationAnnotation = "io.dubbo/metadata";
inline constexpr std::string_view kRevisionKey = "dubbo.metadata.revision";
inline constexpr std::string_view kEndpointsKey = "dubbo.endpoints";
inline constexpr std::string_view kMetadataServiceParamsKey = "dubbo.metadata-service.url-params";
inline constexpr std::string_view kMetadataServiceUrlsKey = "dubbo.metadata-service.urls";
inline constexpr std::string_view kMetadataVersionKey = "meta-v";
inline constexpr std::string_view kStorageTypeKey = "dubbo.metadata.storage-type";
inline constexpr std::string_view kTimestampKey = "timestamp";

// One entry of `dubbo.endpoints`: the port on which an instance exports a protocol.
struct ExportedEndpoint {
  std::string protocol;
  int port = 0;
};

// Immutable; kept in two blocks of memory, because a list may hold tens of thousands.
class Metadata {
 public:
  struct Entry {
    std::string_view key;
    std::string_view value;  // the text of a string, or compact JSON of anything else
    bool is_text = true;     // whether the value was a JSON string
  };

  Metadata() = default;

  // Reads an annotation's text. A key that is there twice counts once, with its last value; null
  // counts as absent, as it does for Java's Map.get. Throws Error(invalid_data) that says what is
  // wrong and at which byte when the text is not one JSON object of valid UTF-8.
  static Metadata parse(std::string_view annotation);

  std::size_t size() const { return entries_.size(); }
  Entry entry(std::size_t index) const;

  // The value under the key, as text; nothing when it is absent.
  std::optional<std::string_view> find(std::string_view key) const;

  // `dubbo.metadata.revision`; empty when absent.
  std::string_view revision() const { return find(kRevisionKey).value_or(std::string_view{}); }

  // `timestamp`: when it was registered, in milliseconds since the epoch; nothing when absent or no
  // number.
  std::optional<std::int64_t> timestamp() const;

  // `dubbo.endpoints`, in its order; empty when absent or not well formed.
  std::vector<ExportedEndpoint> endpoints() const;

  // The same entries in the same order.
  bool operator==(const Metadata&) const = default;

 private:
  friend class MetadataBuilder;
  struct Span {
    std::uint32_t begin = 0;
    std::uint32_t key_size = 0;
    std::uint32_t value_size = 0;
    bool is_text = true;

    bool operator==(const Span&) const = default;
  };
  std::string text_;  // keys and values, one behind the other
  std::vector<Span> entries_;
};

}  // namespace podreg::core
