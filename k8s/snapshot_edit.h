// The change of one pod's registration in a snapshot's file, JSON or YAML: only the bytes of the
// annotation are other ones afterwards, whatever the style of the rest.
#pragma once

#include <optional>
#include <string>

#include "core/cluster.h"

namespace podreg::k8s {

// The registration that a pod is to have; nothing: none.
struct RegistrationChange {
  const core::Pod& pod;  // as it was read; must outlive this
  std::optional<std::string> value;
};

struct SnapshotEdit {
  std::string text;            // of the whole file
  std::string changed_object;  // the changed Pod alone, in the file's own format, with a line break
};

// All three work on the pod that counts when it is there twice: the last one. They read the result
// again before they use it, and throw Error: not_found (no such pod), conflict (the pod is not as
// it was read), invalid_data (not a snapshot; a form of YAML in which the annotation cannot be
// changed alone). `name` is the file's, for messages.
SnapshotEdit edit_text(const std::string& text, const std::string& name,
                       const RegistrationChange& change);
std::string preview_edit(const std::string& text, const std::string& name,
                         const RegistrationChange& change);

// Changes the file itself, at once (file_replace.h), and returns the pod as it is now; two who
// change a file at the same time do so one after the other. Also throws Error(output) when it
// cannot be written and Error(usage) when it is no regular file. Nothing is changed then.
core::Pod edit_in_place(const std::string& path, const RegistrationChange& change);

// A pod of a snapshot's file; nothing when it is not there. Throws Error(invalid_data).
std::optional<core::Pod> find_in_file(const std::string& path, const std::string& ns,
                                      const std::string& pod);

}  // namespace podreg::k8s
