// A sink for JSON that is on its way to where somebody may look at it.
#pragma once

#include <string_view>

#include "core/streams.h"
#include "output/json_text.h"

namespace podreg::output {

// Passes it on with the invisible characters in strings escaped (output/code_points.h); to who
// reads JSON it is the same. Each write is whole characters of well-formed JSON. The sink must
// outlive it.
class JsonSink final : public core::TextSink {
 public:
  explicit JsonSink(core::TextSink& to) : to_(to) {}

  void write(std::string_view json) override { to_.write(escape_invisible(json)); }
  void flush() override { to_.flush(); }

 private:
  core::TextSink& to_;
};

}  // namespace podreg::output
