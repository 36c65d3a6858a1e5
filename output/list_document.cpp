#include "output/list_document.h"

namespace podreg::output {

void write_document(const Listing& listing, Emitter& emitter) {
  emitter.begin_object();
  emitter.field("apiVersion", "podreg/v1");
  emitter.field("kind", listing.kind());
  emitter.key("items");
  emitter.begin_array();
  for (std::size_t i = 0; i < listing.size(); ++i) listing.write_item(i, emitter);
  emitter.end_array();
  emitter.key("warnings");
  emitter.begin_array();
  listing.write_warnings(emitter);
  emitter.end_array();
  listing.write_fields(emitter);
  emitter.end_object();
  emitter.end_document();
}

void write_warning(const core::Warning& warning, Emitter& emitter) {
  emitter.begin_object();
  emitter.field("code", core::to_string(warning.code));
  emitter.field("message", core::message(warning));
  emitter.field("host", warning.host);
  emitter.field("pod", warning.pod);
  emitter.field("service", warning.service);
  emitter.field("namespace", warning.ns);
  emitter.end_object();
}

}  // namespace podreg::output
