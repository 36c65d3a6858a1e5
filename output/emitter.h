// Writes one document at a time, value by value, without holding it: the same calls make JSON or
// YAML.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/streams.h"

namespace podreg::output {

// Calls must be well formed: each begin with its end, and in an object a key before each value.
// Text that is not UTF-8 gets U+FFFD for each byte at fault. Control, bidi and other invisible
// characters are always escaped, so a document is also safe to look at in a terminal. Everything
// throws what the sink throws. One thread only.
class Emitter {
 public:
  virtual ~Emitter() = default;

  virtual void begin_object() = 0;
  virtual void end_object() = 0;
  virtual void begin_array() = 0;
  virtual void end_array() = 0;
  virtual void key(std::string_view name) = 0;
  virtual void string(std::string_view text) = 0;
  virtual void integer(std::int64_t value) = 0;
  virtual void boolean(bool value) = 0;
  virtual void null() = 0;

  // A value that is JSON already. It is written compactly, numbers with the digits that they have.
  // What is not JSON becomes a string.
  virtual void raw_json(std::string_view json) = 0;

  // Ends the document, and with it the line. The next one may follow.
  virtual void end_document() = 0;

  void field(std::string_view name, std::string_view text);
  void field(std::string_view name, std::int64_t value);
  void field(std::string_view name, const std::vector<std::string>& texts);
};

enum class JsonLayout {
  pretty,   // 4 spaces, as kubectl indents
  compact,  // each document on one line
};

// The sink must outlive the emitter; it is not flushed. Many small writes: pass one that collects.
std::unique_ptr<Emitter> make_json_emitter(core::TextSink& sink, JsonLayout layout);

// YAML that readers of YAML 1.1 and of 1.2 understand alike: whatever one of them might take for a
// number, date, boolean or null stands in double quotes. Noncharacters (U+FFFE and the like), which
// no YAML may hold, become U+FFFD.
std::unique_ptr<Emitter> make_yaml_emitter(core::TextSink& sink);

}  // namespace podreg::output
