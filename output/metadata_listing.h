// What `podreg metadata` prints.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/revision_metadata.h"
#include "output/listing.h"

namespace podreg::output {

struct MetadataView {
  bool show_namespace = false;    // a column for the namespace
  bool show_application = false;  // and for the application
};

struct MetadataColumn;

// An item for each revision; in a table a row for each service of it.
class MetadataListing : public Listing {
 public:
  // In the order given. `nothing_found` is the sentence for an empty list; empty: nothing is said.
  MetadataListing(core::MetadataGathering metadata, const MetadataView& view,
                  std::string nothing_found);

  std::string_view kind() const override { return "MetadataList"; }
  std::size_t size() const override { return metadata_.revisions.size(); }
  std::size_t rows() const override { return rows_.size(); }
  std::size_t item_of(std::size_t row) const override {
    return static_cast<std::size_t>(rows_[row].first - metadata_.revisions.data());
  }
  std::vector<Column> columns() const override;
  std::string cell(std::size_t row, std::size_t column, Detail detail) const override;

  // Its fields "app", "revision" and "services" are Dubbo's own JSON of a MetadataInfo, so that an
  // item can be read as one.
  void write_item(std::size_t item, Emitter& emitter) const override;

  std::string name(std::size_t item) const override {
    return "revision/" + metadata_.revisions[item].group.revision;
  }
  std::string identity(std::size_t item) const override { return name(item); }
  const std::vector<core::Warning>& warnings() const override { return metadata_.warnings; }
  std::string nothing_found() const override { return nothing_found_; }

 private:
  core::MetadataGathering metadata_;
  std::string nothing_found_;
  std::vector<const MetadataColumn*> shown_;
  // The revision, and its service; nullptr for a revision without any.
  std::vector<std::pair<const core::RevisionMetadata*, const core::ServiceInfo*>> rows_;
};

}  // namespace podreg::output
