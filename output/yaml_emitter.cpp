#include <yaml-cpp/emitter.h>
#include <yaml-cpp/emittermanip.h>

#include <optional>
#include <stdexcept>

#include "output/emitter.h"
#include "output/json_text.h"
#include "output/json_to_yaml.h"
#include "output/sink_stream.h"
#include "output/yaml_scalar.h"

namespace podreg::output {

namespace {

class YamlEmitter : public Emitter {
 public:
  explicit YamlEmitter(core::TextSink& sink) : stream_(sink) { start(); }

  void begin_object() override { begin(YAML::BeginMap); }
  void end_object() override { end(YAML::EndMap); }
  void begin_array() override { begin(YAML::BeginSeq); }
  void end_array() override { end(YAML::EndSeq); }

  void key(std::string_view name) override {
    open_pending();
    write_yaml_key(*yaml_, name);
  }
  void string(std::string_view text) override {
    open_pending();
    write_yaml_string(*yaml_, text);
  }
  void integer(std::int64_t value) override {
    open_pending();
    *yaml_ << value;
  }
  void boolean(bool value) override {
    open_pending();
    *yaml_ << value;
  }
  void null() override {
    open_pending();
    *yaml_ << YAML::Null;
  }
  void raw_json(std::string_view json) override {
    open_pending();
    const auto compact = compact_json(json);
    if (compact) {
      write_json_as_yaml(*yaml_, *compact);
    } else {
      write_yaml_string(*yaml_, json);
    }
  }

  void end_document() override {
    if (!yaml_->good()) throw std::logic_error(yaml_->GetLastError());
    stream_.write("\n", 1);
    start();
  }

 private:
  void start() {
    yaml_ = std::make_unique<YAML::Emitter>(stream_);
    yaml_->SetNullFormat(YAML::LowerNull);
  }

  // Waits for what comes first, because an empty one is to stand on the line of its key, `[]`.
  void begin(YAML::EMITTER_MANIP what) {
    open_pending();
    pending_ = what;
  }

  void end(YAML::EMITTER_MANIP what) {
    if (pending_) *yaml_ << YAML::Flow << *pending_;
    pending_.reset();
    *yaml_ << what;
  }

  void open_pending() {
    if (pending_) *yaml_ << *pending_;
    pending_.reset();
  }

  SinkStream stream_;
  std::unique_ptr<YAML::Emitter> yaml_;
  std::optional<YAML::EMITTER_MANIP> pending_;
};

}  // namespace

std::unique_ptr<Emitter> make_yaml_emitter(core::TextSink& sink) {
  return std::make_unique<YamlEmitter>(sink);
}

}  // namespace podreg::output
