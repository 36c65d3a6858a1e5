#include "output/json_to_yaml.h"

#include <rapidjson/memorystream.h>
#include <yaml-cpp/emittermanip.h>

#include <string>

#include "core/json.h"
#include "output/yaml_scalar.h"

namespace podreg::output {

namespace {

// A reader of YAML 1.1 takes a number with an exponent for one only with a fraction and a sign: 1e5
// is a string to it, 1.0e+5 the same number to all.
std::string yaml_number(std::string_view json) {
  const auto e = json.find_first_of("eE");
  if (e == std::string_view::npos) return std::string(json);
  std::string number(json.substr(0, e));
  if (number.find('.') == std::string::npos) number += ".0";
  number += 'e';
  if (json[e + 1] != '-' && json[e + 1] != '+') number += '+';
  number += json.substr(e + 1);
  return number;
}

// RapidJSON's events as those of YAML::Emitter.
class YamlHandler : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, YamlHandler> {
 public:
  explicit YamlHandler(YAML::Emitter& yaml) : yaml_(yaml) {}

  bool Null() { return write(YAML::Null); }
  bool Bool(bool value) { return write(value); }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    return write(yaml_number({text, size}));
  }
  bool String(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    write_yaml_string(yaml_, {text, size});
    return true;
  }
  bool Key(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    write_yaml_key(yaml_, {text, size});
    return true;
  }
  bool StartObject() { return begin(YAML::BeginMap); }
  bool EndObject(rapidjson::SizeType /*members*/) { return write(YAML::EndMap); }
  bool StartArray() { return begin(YAML::BeginSeq); }
  bool EndArray(rapidjson::SizeType /*elements*/) { return write(YAML::EndSeq); }

 private:
  template <typename Value>
  bool write(const Value& value) {
    yaml_ << value;
    return true;
  }

  bool begin(YAML::EMITTER_MANIP what) {
    yaml_ << YAML::Flow << what;
    return true;
  }

  YAML::Emitter& yaml_;
};

}  // namespace

void write_json_as_yaml(YAML::Emitter& yaml, std::string_view json) {
  rapidjson::MemoryStream stream(json.data(), json.size());
  core::JsonReader reader;
  YamlHandler handler(yaml);
  reader.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag>(stream,
                                                                                       handler);
}

}  // namespace podreg::output
