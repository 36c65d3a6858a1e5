// A document with everything that an emitter can be asked for.
#pragma once

#include "output/emitter.h"

namespace podreg::output {

inline void write_sample(Emitter& emitter) {
  emitter.begin_object();
  emitter.field("name", "shop");
  emitter.field("port", 20880);
  emitter.key("ready");
  emitter.boolean(true);
  emitter.key("nothing");
  emitter.null();
  emitter.key("none");
  emitter.begin_array();
  emitter.end_array();
  emitter.key("empty");
  emitter.begin_object();
  emitter.end_object();
  emitter.key("items");
  emitter.begin_array();
  emitter.begin_object();
  emitter.field("protocols", std::vector<std::string>{"dubbo", "tri"});
  emitter.end_object();
  emitter.begin_array();
  emitter.integer(-1);
  emitter.end_array();
  emitter.end_array();
  emitter.key("raw");
  emitter.raw_json(R"({"a" : [1, 2.50, 1e5, null, true], "b":{}})");
  emitter.end_object();
  emitter.end_document();
}

}  // namespace podreg::output
