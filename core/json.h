// RapidJSON as podreg uses it: its types with an allocator that says when there is no memory.
// RapidJSON's own does not look, and writes to address zero then.
#pragma once

#include <rapidjson/document.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cstddef>
#include <cstdlib>
#include <new>

namespace podreg::core {

// RapidJSON's Allocator concept, hence its names. Throws std::bad_alloc.
// NOLINTBEGIN(readability-identifier-naming)
class JsonAllocator {
 public:
  [[maybe_unused]] static constexpr bool kNeedFree = true;
  static void* Malloc(std::size_t size) { return Realloc(nullptr, 0, size); }
  static void* Realloc(void* block, std::size_t /*before*/, std::size_t size) {
    if (size == 0) {
      Free(block);
      return nullptr;
    }
    void* moved = std::realloc(block, size);
    if (moved == nullptr) throw std::bad_alloc();
    return moved;
  }
  static void Free(void* block) noexcept { std::free(block); }
};
// NOLINTEND(readability-identifier-naming)

using JsonEncoding = rapidjson::UTF8<>;
using JsonReader = rapidjson::GenericReader<JsonEncoding, JsonEncoding, JsonAllocator>;
using JsonDocument =
    rapidjson::GenericDocument<JsonEncoding, rapidjson::MemoryPoolAllocator<JsonAllocator>,
                               JsonAllocator>;
using JsonValue = JsonDocument::ValueType;
using JsonBuffer = rapidjson::GenericStringBuffer<JsonEncoding, JsonAllocator>;

template <typename Output = JsonBuffer>
using JsonWriter = rapidjson::Writer<Output, JsonEncoding, JsonEncoding, JsonAllocator>;
template <typename Output = JsonBuffer>
using PrettyJsonWriter = rapidjson::PrettyWriter<Output, JsonEncoding, JsonEncoding, JsonAllocator>;

}  // namespace podreg::core
