#include "k8s/pod_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "core/metadata.h"
#include "k8s/protobuf_stream.h"

namespace podreg::k8s {
namespace {

using std::string_view_literals::operator""sv;

constexpr auto kMagic = "k8s\0"sv;
constexpr std::size_t kLargestHeader = 64 << 10;  // of everything that is not an item

// Reads one pod after the other; what it allocates is used again for the next.
class PodReader {
 public:
  PodReader(std::string_view source, bool with_labels)
      : source_(source), with_labels_(with_labels) {}

  // The views of the result are parts of `item`, its labels are valid until the next call.
  const core::PodView& read(std::string_view item) {
    pod_ = {};
    label_count_ = 0;
    core::ProtobufMessage message(item, source_);
    for (core::ProtobufMessage::Field field; message.next(field);) {
      if (field.number == 1) read_metadata(message.bytes(field));
    }
    if (with_labels_) finish_labels();
    return pod_;
  }

 private:
  struct Entry {
    std::string_view key;
    std::string_view value;
  };

  void read_metadata(std::string_view metadata) {
    core::ProtobufMessage message(metadata, source_);
    for (core::ProtobufMessage::Field field; message.next(field);) {
      switch (field.number) {
        case 1:
          pod_.name = message.bytes(field);
          break;
        case 3:
          pod_.ns = message.bytes(field);
          break;
        case 9:
          pod_.terminating = true;
          break;
        case 11:
          if (with_labels_) add_label(read_entry(message.bytes(field)));
          break;
        case 12: {
          const Entry entry = read_entry(message.bytes(field));
          if (entry.key == core::kRegistrationAnnotation) pod_.annotation = entry.value;
          break;
        }
        default:
          break;
      }
    }
  }

  Entry read_entry(std::string_view bytes) const {
    Entry entry;
    core::ProtobufMessage message(bytes, source_);
    for (core::ProtobufMessage::Field field; message.next(field);) {
      if (field.number == 1) entry.key = message.bytes(field);
      if (field.number == 2) entry.value = message.bytes(field);
    }
    return entry;
  }

  void add_label(const Entry& entry) {
    if (label_count_ == labels_.size()) labels_.emplace_back();
    auto& [key, value] = labels_[label_count_++];
    key = entry.key;
    value = entry.value;
  }

  // As core::Labels wants them: sorted, and of a key that is there twice the last value, as
  // protobuf's maps have it.
  void finish_labels() {
    labels_.resize(label_count_);
    const auto by_key = [](const auto& a, const auto& b) { return a.first < b.first; };
    std::stable_sort(labels_.begin(), labels_.end(), by_key);
    const auto same_key = [](const auto& a, const auto& b) { return a.first == b.first; };
    const auto kept = std::unique(labels_.rbegin(), labels_.rend(), same_key);
    labels_.erase(labels_.begin(), kept.base());
    pod_.labels = &labels_;
  }

  std::string_view source_;
  bool with_labels_;
  core::PodView pod_;
  core::Labels labels_;
  std::size_t label_count_ = 0;
};

class ListReader {
 public:
  ListReader(ByteSource& source, const std::string& name, bool with_labels,
             const core::PodSink& sink)
      : stream_(source, name), name_(name), pods_(name, with_labels), sink_(sink) {}

  ReadSummary read() {
    if (stream_.take(kMagic.size(), kMagic.size()) != kMagic) {
      stream_.fail("it does not begin as Kubernetes' protobuf does");
    }
    bool complete = false;
    while (complete ? stream_.has_rest() : !stream_.at_end()) {
      const core::ProtobufTag tag = stream_.tag();
      if (tag.field == 1) {
        read_type(take(tag));
      } else if (tag.field == 2) {
        if (complete) stream_.fail("two lists in one answer");
        read_list(length(tag));
        complete = true;
      } else if (tag.field == 3) {
        if (!take(tag).empty()) stream_.fail("the list is encoded once more");
      } else {
        stream_.skip_value(tag.type);
      }
    }
    // An empty list is there, with metadata at least; without any the answer ended before it.
    if (!complete) stream_.fail("it is cut short before the list");
    return std::move(summary_);
  }

 private:
  std::uint64_t length(const core::ProtobufTag& tag) {
    if (tag.type != core::WireType::bytes) {
      stream_.fail(fmt::format("field {} is not of the type that it should be", tag.field));
    }
    return stream_.varint();
  }

  std::string_view take(const core::ProtobufTag& tag) {
    return stream_.take(length(tag), kLargestHeader);
  }

  // A Status in the place of a list would otherwise be an empty one.
  void read_type(std::string_view type) {
    core::ProtobufMessage message(type, name_);
    for (core::ProtobufMessage::Field field; message.next(field);) {
      if (field.number != 2) continue;
      const auto kind = message.bytes(field);
      if (kind != "PartialObjectMetadataList" && kind != "PodList") {
        stream_.fail(fmt::format("it is a {}, not a list of pods", kind.substr(0, 100)));
      }
      has_kind_ = true;
    }
  }

  void read_list(std::uint64_t size) {
    // Kubernetes writes the type first; only so is it checked before a pod is passed on.
    if (!has_kind_) stream_.fail("it does not say what it is a list of");
    const std::uint64_t begin = stream_.position();
    while (stream_.position() - begin < size) {
      const core::ProtobufTag tag = stream_.tag();
      if (tag.field == 1 || tag.field == 2) {
        const std::uint64_t length_of_field = length(tag);
        if (length_of_field > size - std::min(size, stream_.position() - begin)) {
          stream_.fail("a field is longer than its message");
        }
        if (tag.field == 1) {
          read_list_metadata(stream_.take(length_of_field, kLargestHeader));
        } else {
          pass(stream_.take(length_of_field, kLargestPod));
        }
      } else {
        stream_.skip_value(tag.type);
      }
    }
    if (stream_.position() - begin != size) stream_.fail("a field is longer than its message");
  }

  void read_list_metadata(std::string_view metadata) {
    core::ProtobufMessage message(metadata, name_);
    for (core::ProtobufMessage::Field field; message.next(field);) {
      if (field.number == 2) summary_.resource_version = message.bytes(field);
      if (field.number == 3) summary_.continue_token = message.bytes(field);
    }
  }

  void pass(std::string_view item) {
    const core::PodView& pod = pods_.read(item);
    if (pod.name.empty()) stream_.fail("a pod without a name");
    ++summary_.objects;
    ++summary_.known;
    ++summary_.taken;
    sink_(pod);
  }

  ProtobufStream stream_;
  const std::string& name_;
  PodReader pods_;
  const core::PodSink& sink_;
  ReadSummary summary_;
  bool has_kind_ = false;
};

}  // namespace

ReadSummary read_pod_list(ByteSource& source, const std::string& name, bool with_labels,
                          const core::PodSink& sink) {
  return ListReader(source, name, with_labels, sink).read();
}

}  // namespace podreg::k8s
