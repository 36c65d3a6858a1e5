#include "k8s/snapshot_edit.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.h"
#include "k8s/file_replace.h"
#include "k8s/flow_edit.h"
#include "k8s/gzip.h"
#include "k8s/json_edit.h"
#include "k8s/snapshot_files.h"
#include "k8s/splice.h"
#include "k8s/yaml_edit.h"
#include "k8s/yaml_outline.h"

namespace podreg::k8s {
namespace {

using core::Error;
using core::ErrorKind;

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr std::string_view kDefaultNamespace = "default";

std::string describe(const core::Pod& pod) { return pod.ns + "/" + pod.name; }

// A pod as a text has it, and how much else there is.
struct Found {
  std::optional<core::Pod> pod;
  std::size_t offset = 0;  // of its first byte; of YAML: not counting a byte order mark
  std::size_t pods = 0;    // of this name
  std::size_t objects = 0;
};

Found find(ByteSource& source, const std::string& name, const std::string& ns,
           const std::string& pod_name) {
  Found found;
  ObjectSink sink;
  sink.whole_pod = [&](core::Pod&& pod, std::size_t offset) {
    if (pod.ns.empty()) pod.ns = kDefaultNamespace;
    if (pod.ns != ns || pod.name != pod_name) return;
    ++found.pods;
    found.offset = offset;
    found.pod = std::move(pod);
  };
  found.objects = read_objects(source, name, sink).objects;
  return found;
}

// One edit of one text, step by step.
class Edit {
 public:
  Edit(std::string_view text, const std::string& name, const RegistrationChange& change)
      : text_(text),
        name_(name),
        change_(change),
        json_(is_json(text)),
        mark_(!json_ && text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0),
        before_(find({text})) {
    check_unchanged();
    try {
      json_ ? plan_json() : plan_yaml();
    } catch (const SpliceRefused& refused) {
      refuse(refused.why, refused.offset + mark_);
    }
    after_.emplace(text_, edit_.splices);
    verify();
  }

  const std::vector<std::string_view>& pieces() const { return after_->pieces(); }
  bool changes_nothing() const { return edit_.splices.empty(); }
  const core::Pod& changed_pod() const { return *result_.pod; }

  // Without the indentation that it has in its list.
  std::string changed_object() const {
    const std::string object = after_->between(edit_.begin, edit_.end);
    const auto indent = json_ || outline_.pod.flow
                            ? indentation_at(text_, edit_.begin).size()
                            : edit_.begin - (text_.substr(0, edit_.begin).rfind('\n') + 1);
    std::string result;
    for (std::size_t line = 0; line < object.size();) {
      const auto end = std::min(object.find('\n', line), object.size() - 1) + 1;
      const auto blanks = std::min(object.find_first_not_of(' ', line), end - 1) - line;
      const auto skipped = line == 0 ? 0 : std::min(blanks, indent);
      result.append(object, line + skipped, end - line - skipped);
      line = end;
    }
    if (!result.ends_with('\n')) result += '\n';
    return result;
  }

 private:
  Found find(std::vector<std::string_view> pieces) const {
    PieceSource source(std::move(pieces));
    return k8s::find(source, name_, change_.pod.ns, change_.pod.name);
  }

  void check_unchanged() const {
    if (!before_.pod) {
      throw Error(ErrorKind::not_found,
                  fmt::format("pod \"{}\" not found in namespace \"{}\" of {}", change_.pod.name,
                              change_.pod.ns, name_));
    }
    if (before_.pod->annotation == change_.pod.annotation &&
        before_.pod->resource_version == change_.pod.resource_version) {
      return;
    }
    throw Error(ErrorKind::conflict, fmt::format("{}: Pod {} has changed since it was read", name_,
                                                 describe(change_.pod)));
  }

  void plan_json() { edit_ = edit_json(text_, before_.offset, change_.value); }

  void plan_yaml() {
    outline_ = outline({text_}, before_.offset);
    edit_ = edit_yaml(text_.substr(mark_), outline_, change_.value);
    edit_.begin += mark_;
    edit_.end += mark_;
    for (auto& splice : edit_.splices) {
      splice.begin += mark_;
      splice.end += mark_;
    }
  }

  YamlOutline outline(std::vector<std::string_view> pieces, std::size_t offset) const {
    PieceSource source(std::move(pieces));
    return outline_yaml(source, name_, offset);
  }

  void verify() {
    if (!is_as_wanted()) refuse("has a form in which this is not possible", before_.offset + mark_);
  }

  bool is_as_wanted() {
    try {
      result_ = find(pieces());
      if (!result_.pod || result_.pod->annotation != change_.value) return false;
      if (result_.pods != before_.pods || result_.objects != before_.objects) return false;
      if (result_.pod->labels != before_.pod->labels) return false;
      return json_ || outline(pieces(), result_.offset).digest == outline_.digest;
    } catch (const Error&) {
      return false;
    }
  }

  [[noreturn]] void refuse(const std::string& why, std::size_t offset) const {
    const auto line = 1 + std::ranges::count(text_.substr(0, offset), '\n');
    throw Error(
        ErrorKind::invalid_data,
        fmt::format("{}: the annotation of Pod {} cannot be changed alone: it {}, at line {}",
                    name_, describe(change_.pod), why, line),
        "write the pod as kubectl get does");
  }

  std::string_view text_;
  const std::string& name_;
  const RegistrationChange& change_;
  bool json_;
  std::size_t mark_;
  Found before_;
  YamlOutline outline_;  // of YAML
  PodEdit edit_;
  std::optional<SplicedText> after_;
  Found result_;
};

}  // namespace

SnapshotEdit edit_text(const std::string& text, const std::string& name,
                       const RegistrationChange& change) {
  const Edit edit(text, name, change);
  SnapshotEdit result;
  for (const auto piece : edit.pieces()) result.text += piece;
  result.changed_object = edit.changed_object();
  return result;
}

std::string preview_edit(const std::string& text, const std::string& name,
                         const RegistrationChange& change) {
  return Edit(text, name, change).changed_object();
}

core::Pod edit_in_place(const std::string& path, const RegistrationChange& change) {
  FileReplacement file(path);
  const std::string text = file.read();
  if (is_gzip(text)) {
    throw Error(ErrorKind::usage, path + " is compressed, and cannot be changed in place",
                "gunzip makes a file of it that can be");
  }
  const Edit edit(text, path, change);
  if (!edit.changes_nothing()) file.write(edit.pieces());
  return edit.changed_pod();
}

std::optional<core::Pod> find_in_file(const std::string& path, const std::string& ns,
                                      const std::string& pod) {
  const std::string text = read_whole_file(path);
  PieceSource source({text});
  return find(source, path, ns, pod).pod;
}

}  // namespace podreg::k8s
