// Reads objects from text and writes each down in one line, so that tests compare lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/kubernetes.h"
#include "k8s/object_reader.h"
#include "tests/support/piecewise_source.h"

namespace podreg::tests {

enum class Format { json, yaml };

struct ReadObjects {
  std::vector<std::string> lines;
  k8s::ReadSummary summary;
};

inline std::string line(const std::vector<core::EndpointPort>& ports) {
  std::string text;
  for (const auto& port : ports) {
    text += " :" + std::to_string(port.port) + "/" + port.protocol + "/" + port.name;
  }
  return text;
}

inline std::string line(const core::EndpointAddress& address) {
  return address.ip + (address.pod ? "(" + *address.pod + ")" : "") +
         (address.node.empty() ? "" : "@" + address.node);
}

inline std::string line(const core::Service& service) {
  auto text = "Service " + service.ns + "/" + service.name + " " + service.type + " {" +
              core::to_string(service.selector) + "}";
  for (const auto& port : service.ports) {
    text += " " + port.name + ":" + std::to_string(port.port) + ">" + port.target_port + "/" +
            port.protocol;
  }
  return text;
}

inline std::string line(const core::Endpoints& endpoints) {
  auto text = "Endpoints " + endpoints.ns + "/" + endpoints.name;
  for (const auto& subset : endpoints.subsets) {
    text += " [";
    for (const auto& address : subset.addresses) text += " " + line(address);
    for (const auto& address : subset.not_ready_addresses) text += " not-ready:" + line(address);
    text += line(subset.ports) + " ]";
  }
  return text + (endpoints.truncated ? " truncated" : "");
}

inline std::string line(const core::EndpointSlice& slice) {
  auto text = "EndpointSlice " + slice.ns + "/" + slice.name + " of " + slice.service + " " +
              slice.address_type;
  for (const auto& endpoint : slice.endpoints) {
    text += std::string(endpoint.ready ? " " : " not-ready:") + line(endpoint.address);
  }
  return text + line(slice.ports);
}

inline std::string line(const core::PodView& pod) {
  auto text = "Pod " + std::string(pod.ns) + "/" + std::string(pod.name) + " {" +
              core::to_string(*pod.labels) + "}";
  return pod.annotation ? text + " " + std::string(*pod.annotation) : text;
}

// Throws what the reader throws. `piece` is the size of the pieces that the text arrives in.
inline ReadObjects read_objects(Format format, std::string_view text, std::size_t piece = 1 << 16,
                                const std::string& item_kind = "") {
  ReadObjects read;
  const auto note = [&read](const auto& object) { read.lines.push_back(line(object)); };
  k8s::ObjectSink sink;
  sink.service = note;
  sink.endpoints = note;
  sink.endpoint_slice = note;
  sink.pod = note;
  PiecewiseSource source(text, piece);
  read.summary = format == Format::json ? k8s::read_json(source, "file", item_kind, sink)
                                        : k8s::read_yaml(source, "file", sink);
  return read;
}

}  // namespace podreg::tests
