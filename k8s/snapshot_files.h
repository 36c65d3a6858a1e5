// Which files a snapshot is made of, and the objects in one of them.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/metadata_info.h"
#include "k8s/byte_source.h"
#include "k8s/object_reader.h"

namespace podreg::k8s {

// The paths, with each directory replaced by the *.json, *.yaml and *.yml files right in it, or the
// same with .gz behind, sorted by name; like `kubectl -f DIRECTORY`, its folders are not looked
// into, and what is no regular file, nor a link to one, is passed over. Throws Error(invalid_data)
// when a directory cannot be read or has no such file, Error(usage) when standard input ("-") is
// there twice. A path that does not exist is left for the one who opens it.
std::vector<std::string> snapshot_files(const std::vector<std::string>& paths);

// Whether the beginning of a file says that it is JSON and not YAML: a list, or an object with a
// quoted key or none; {apiVersion: v1} is YAML.
bool is_json(std::string_view beginning);

// Reads the objects of one file, JSON or YAML as is_json() says, compressed (k8s/gzip.h) or not.
// Throws what read_json, read_yaml and GzipSource throw, and Error(invalid_data) for what is
// compressed twice.
ReadSummary read_objects(ByteSource& source, const std::string& name, const ObjectSink& sink);

// Lets the sink collect the MetadataInfo that files carry; `to` must outlive it. Throws
// Error(invalid_data) while the file of that name is read, when it is not well formed.
void collect_metadata(ObjectSink& sink, std::vector<core::MetadataInfo>& to,
                      const std::string& name);

// Reads the files one after another. Throws what `read` throws, and Error(invalid_data) when there
// are objects but none that the registry is made of. A List without items is an empty cluster.
void read_all(const std::vector<std::string>& files,
              const std::function<ReadSummary(const std::string&)>& read);

// For messages: the path, or "standard input".
std::string shown_name(const std::string& file);

}  // namespace podreg::k8s
