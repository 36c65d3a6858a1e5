// What a JSONPath template is made of (output/jsonpath.h).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace podreg::output {

struct PathNode {
  enum class Kind {
    text,        // `text`, as it is printed
    list,        // an expression in braces: `lists[0]`, one after the other; `text` is its source
    field,       // .name: `text`
    array,       // [from:to:step]: `range`
    filter,      // [?(left op right)]: `lists[0]`, `text` the operator or "exists", `lists[1]`
    integer,     // `integer`
    floating,    // `floating`
    boolean,     // `boolean`
    wildcard,    // .*
    recursive,   // ..
    either,      // [a,b]: `lists`
    identifier,  // range, end: `text`
  };
  // One of the three numbers of a slice.
  struct Bound {
    std::int64_t value = 0;  // written as 32 bits
    bool known = false;
    bool derived = false;  // not written: [3] is [3:4]
  };

  Kind kind = Kind::text;
  std::string text = {};
  std::array<Bound, 3> range = {};
  std::int64_t integer = 0;
  double floating = 0;
  bool boolean = false;
  std::vector<std::vector<PathNode>> lists = {};
};

// What somebody typed of which a template was made: what errors show.
struct TypedTemplate {
  std::string_view text;
  std::ptrdiff_t offset = 0;  // of a place in it from the same place in the template
};

// The template's texts and expressions (Kind::list). Throws Error(usage) that shows what was typed
// and the place in it; without `typed` that is the template itself.
std::vector<PathNode> parse_jsonpath(std::string_view text,
                                     std::optional<TypedTemplate> typed = {});

}  // namespace podreg::output
