// How the time of the parsers of foreign bytes grows: each reads an input of its worst kind, and
// one that is four times as large.
//
//     growth        prints a line for each: its name, the smaller size in bytes, the milliseconds
//                   of a processor for it, and the time for the larger one as a multiple of it; 4
//                   is linear
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <string>

#include "core/error.h"
#include "core/label_selector.h"
#include "core/metadata.h"
#include "core/metadata_info.h"
#include "core/metadata_record.h"
#include "core/registry_url.h"
#include "core/service_url.h"
#include "k8s/kubeconfig.h"
#include "k8s/object_reader.h"
#include "k8s/pod_list.h"
#include "k8s/port_forward_frames.h"
#include "k8s/watch_event.h"
#include "output/json_text.h"
#include "output/jsonpath.h"
#include "output/terminal_text.h"
#include "rpc/dubbo_frame.h"
#include "rpc/dubbo_message.h"
#include "rpc/hessian2_reader.h"
#include "rpc/hessian2_writer.h"
#include "tests/support/piecewise_source.h"
#include "tests/support/protobuf_writer.h"

namespace podreg {
namespace {

constexpr std::size_t kPiece = std::size_t{16} << 10;

struct Growth {
  const char* name;
  std::function<std::string(std::size_t)> input;  // with so many things in it
  std::function<void(const std::string&)> read;
  std::size_t things = 5'000;
};

// "before" + thing(0) + "," + thing(1) … + "after"
std::string many(std::size_t count, const std::string& before, const std::string& separator,
                 const std::string& after, const std::function<std::string(std::size_t)>& thing) {
  std::string text = before;
  for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "" : separator) + thing(i);
  return text + after;
}

std::string numbered(const char* before, std::size_t i, const char* after) {
  return before + std::to_string(i) + after;
}

std::string annotation(std::size_t count) {
  return many(count, "{", ",", "}",
              [](std::size_t i) { return numbered("\"key-", i, "\":\"v\""); });
}

std::string metadata_info(std::size_t count) {
  return many(count, R"({"app":"shop","revision":"1","services":{)", ",", "}}", [](std::size_t i) {
    const auto name = "com.example.S" + std::to_string(i);
    return '"' + name + R"(:dubbo":{"name":")" + name +
           R"(","protocol":"dubbo","port":20880,"path":")" + name + R"(","params":{"a":"b"}})";
  });
}

std::string json_pod(std::size_t i) {
  return numbered(
      R"({"kind":"Pod","apiVersion":"v1","metadata":{"name":"shop-)", i,
      R"(","namespace":"demo","labels":{"app":"shop"},"annotations":{"a":"b\u0041"}}})");
}

std::string json_list(std::size_t count) {
  return many(count, R"({"kind":"List","apiVersion":"v1","items":[)", ",", "]}", json_pod);
}

std::string yaml_list(std::size_t count) {
  return many(count, "", "---\n", "", [](std::size_t i) {
    return numbered("kind: Pod\napiVersion: v1\nmetadata:\n  namespace: demo\n  name: shop-", i,
                    "\n  labels: {app: &a shop, b: *a}\n");
  });
}

std::string kubeconfig(std::size_t count) {
  return many(count, "contexts:\n", "", "", [](std::size_t i) {
    return numbered("- {name: c", i, ", context: {cluster: a, user: b}}\n");
  });
}

std::string pod_list(std::size_t count) {
  std::vector<tests::PodFields> pods(count);
  for (std::size_t i = 0; i < count; ++i) {
    pods[i].name = "shop-" + std::to_string(i);
    pods[i].labels = {{"app", "shop"}};
    pods[i].annotations = {{"io.dubbo/metadata", "{}"}};
  }
  return tests::pod_list(pods);
}

std::string events(std::size_t count) {
  return many(count, "", "\n", "\n",
              [](std::size_t i) { return R"({"type":"ADDED","object":)" + json_pod(i) + "}"; });
}

std::string maps_in_hessian2(std::size_t count) {
  rpc::hessian2::Writer writer;
  writer.list(count);
  for (std::size_t i = 0; i < count; ++i) {
    writer.begin_map("com.example.T" + std::to_string(i % 200));
    writer.string("key");
    writer.string("value");
    writer.end_map();
  }
  return writer.take();
}

std::string heartbeats(std::size_t count) {
  return many(count, "", "", "", [](std::size_t i) { return encode(rpc::heartbeat(i)); });
}

std::string port_forward_frames(std::size_t count) {
  return many(count, "", "", "", [](std::size_t) { return std::string("\x82\x03\0ab", 5); });
}

void read_objects(const std::string& text, bool yaml) {
  std::size_t pods = 0;
  k8s::ObjectSink sink;
  sink.pod = [&](const core::PodView&) { ++pods; };
  tests::PiecewiseSource source(text, kPiece);
  yaml ? k8s::read_yaml(source, "growth", sink) : k8s::read_json(source, "growth", "", sink);
}

void read_events(const std::string& text) {
  k8s::EventLines lines;
  lines.feed(text);
  while (const auto line = lines.next("growth")) k8s::parse_watch_event(*line, "growth");
}

// As they come from a socket.
void in_pieces(std::string_view bytes, std::size_t size,
               const std::function<void(std::string_view)>& take) {
  for (std::size_t at = 0; at < bytes.size(); at += size) take(bytes.substr(at, size));
}

// One event, which comes in small pieces.
void read_one_event(const std::string& text) {
  k8s::EventLines lines;
  in_pieces(text, 64, [&](std::string_view piece) {
    lines.feed(piece);
    lines.next("growth");
  });
}

void read_hessian2(const std::string& bytes) {
  rpc::hessian2::Document document;
  rpc::hessian2::Reader(bytes, document).read();
}

void read_frames(const std::string& bytes) {
  rpc::DubboFrameReader frames;
  in_pieces(bytes, kPiece, [&](std::string_view piece) {
    frames.feed(piece);
    while (frames.next()) {
    }
  });
}

void read_pods(const std::string& bytes) {
  tests::PiecewiseSource source(bytes, kPiece);
  k8s::read_pod_list(source, "growth", false, [](const core::PodView&) {});
}

void read_port_forward(const std::string& bytes) {
  k8s::PortForwardFrames frames;
  in_pieces(bytes, kPiece, [&](std::string_view piece) { frames.feed(piece); });
}

const Growth kGrowths[] = {
    {"annotation", annotation, [](const auto& text) { core::Metadata::parse(text); }},
    {"MetadataInfo", metadata_info,
     [](const auto& text) { (void)core::MetadataInfo::parse(text).compute_revision(); }},
    {"record of the cache", metadata_info,
     [](const auto& text) {
       const auto written = core::write_record(core::MetadataInfo::parse(text));
       core::read_record(*written, core::RecordParts::everything);
     }},
    {"snapshot, JSON", json_list, [](const auto& text) { read_objects(text, false); }},
    {"snapshot, YAML", yaml_list, [](const auto& text) { read_objects(text, true); }, 1'000},
    {"kubeconfig", kubeconfig, [](const auto& text) { k8s::parse_kubeconfig(text, "growth"); },
     1'000},
    {"pod list, protobuf", pod_list, read_pods},
    {"watch, many events", events, read_events},
    {"watch, one event", json_list, read_one_event},
    {"hessian2", maps_in_hessian2, read_hessian2},
    {"dubbo frames", heartbeats, read_frames},
    {"port-forward frames", port_forward_frames, read_port_forward, 100'000},
    {"label selector",
     [](std::size_t count) {
       return many(count, "", ",", "", [](std::size_t i) { return numbered("k", i, "=v"); });
     },
     [](const auto& text) { core::LabelSelector::parse(text); }},
    {"provider URL",
     [](std::size_t count) {
       return many(count, "dubbo://a:1/b?", "&", "",
                   [](std::size_t i) { return numbered("k", i, "=%41"); });
     },
     [](const auto& text) { core::ServiceUrl::parse(text); }},
    {"JSONPath",
     [](std::size_t count) {
       return many(count, "", "", "", [](std::size_t) { return "{.a[0].b}x"; });
     },
     [](const auto& text) { output::JsonPath{text}; }},
    {"JSON that is shown", json_list, [](const auto& text) { output::pretty_json(text); }},
    {"text on a terminal",
     [](std::size_t count) {
       return many(count, "", "", "", [](std::size_t) {
         return std::string{'\x1b', '[', '\xe2', '\x80', '\xae', '\xff'};
       });
     },
     [](const auto& text) { output::display_width(output::terminal_text(text)); }},
};

// Of the processor, which others use, too.
double milliseconds_of(const Growth& growth, const std::string& input) {
  const auto begin = std::clock();
  growth.read(input);
  return static_cast<double>(std::clock() - begin) * 1000 / CLOCKS_PER_SEC;
}

// By the shortest of many runs in turns.
void measure(const Growth& growth) {
  constexpr int kRuns = 20;
  const auto small = growth.input(growth.things);
  const auto large = growth.input(growth.things * 4);
  double time = milliseconds_of(growth, small);
  double larger = milliseconds_of(growth, large);
  for (int run = 1; run < kRuns; ++run) {
    time = std::min(time, milliseconds_of(growth, small));
    larger = std::min(larger, milliseconds_of(growth, large));
  }
  std::printf("%s\t%zu\t%.3f\t%.2f\n", growth.name, small.size(), time, larger / time);
}

}  // namespace
}  // namespace podreg

int main() {
  try {
    for (const auto& growth : podreg::kGrowths) podreg::measure(growth);
  } catch (const podreg::core::Error& error) {
    std::fprintf(stderr, "growth: %s\n", error.what());
    return 1;
  }
  return 0;
}
