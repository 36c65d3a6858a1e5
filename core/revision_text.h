// The text of which a revision is the MD5.
//
// Format: Dubbo 3.2.6, MetadataInfo#calRevision and ServiceInfo#toDescString: the application, then
// of each service its match key, port and path, and its parameters as Java prints a map.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace podreg::core {

class RevisionText {
 public:
  // `size`: about how long it will be.
  explicit RevisionText(std::string_view application, std::size_t size = 0) {
    text_.reserve(size);
    text_ += application;
  }

  // Services come in the order of their keys in the MetadataInfo; of each the beginning, its
  // parameters as Java sorts them, and the end. `key` is the match key; no path is "null".
  void begin_service(std::string_view key, int port, std::optional<std::string_view> path);
  void add_parameter(std::string_view key, std::string_view value);
  void end_service() { text_ += '}'; }

  // "0" without services, else in lower-case hexadecimal.
  std::string revision() const;

 private:
  std::string text_;
  bool has_services_ = false;
  std::string_view separator_;  // before the next parameter
};

// "[group/]interface[:version][:protocol]", as ServiceInfo#getMatchKey has it.
std::string match_key(std::string_view group, std::string_view interface, std::string_view version,
                      std::string_view protocol);

}  // namespace podreg::core
