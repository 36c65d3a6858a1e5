// Where in a YAML text the registration of one pod stands, or would.
//
// yaml-cpp tells where a key, a text, a map begins, not where it ends. Offsets are those of bytes;
// a byte order mark does not count.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "k8s/byte_source.h"

namespace podreg::k8s {

// A value and the key that leads to it.
struct YamlPlace {
  std::size_t key = 0;
  std::size_t value = 0;  // of an empty one: what comes next
  bool null = false;
  bool map = false;
  bool flow = false;                 // a map between braces
  bool shared = false;               // has an anchor (&), is an alias (*) or has a tag (!)
  std::optional<std::size_t> first;  // the first key of a map
  std::size_t members = 0;           // of a map
};

struct YamlOutline {
  YamlPlace pod;  // without a key
  std::optional<YamlPlace> metadata;
  std::optional<YamlPlace> annotations;
  std::optional<YamlPlace> registration;  // the annotation io.dubbo/metadata
  bool twice = false;                     // one of them is there more than once
  // Of everything in the text but that annotation, and the annotations as far as they are empty.
  std::uint64_t digest = 0;
};

// `source` is YAML that read_yaml takes, and the pod that begins at `offset` is in it. Throws what
// the source throws.
YamlOutline outline_yaml(ByteSource& source, const std::string& name, std::size_t offset);

}  // namespace podreg::k8s
