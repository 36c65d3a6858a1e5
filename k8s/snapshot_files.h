// Which files a snapshot is made of, and the objects in one of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "k8s/byte_source.h"
#include "k8s/object_reader.h"

namespace podreg::k8s {

// The paths, with each directory replaced by the *.json, *.yaml and *.yml files right in it, sorted
// by name; like `kubectl -f DIRECTORY`, its folders are not looked into. Throws Error(invalid_data)
// when a directory cannot be read or has no such file, Error(usage) when standard input ("-") is
// there twice. A path that does not exist is left for the one who opens it.
std::vector<std::string> snapshot_files(const std::vector<std::string>& paths);

// Whether the beginning of a file says that it is JSON and not YAML: a list, or an object with a
// quoted key or none; {apiVersion: v1} is YAML.
bool is_json(std::string_view beginning);

// Reads the objects of one file, JSON or YAML as is_json() says. Throws what read_json and
// read_yaml throw.
ReadSummary read_objects(ByteSource& source, const std::string& name, const ObjectSink& sink);

}  // namespace podreg::k8s
