// What `podreg urls` prints.
#pragma once

#include <string>
#include <vector>

#include "core/url_derivation.h"
#include "core/warning.h"
#include "output/column_table.h"
#include "output/listing.h"
#include "output/url_name.h"

namespace podreg::output {

struct UrlView {
  bool show_namespace = false;  // a column for the namespace
};

class UrlListing : public Listing {
 public:
  // In the order given. `nothing_found` is the sentence for an empty list; empty: nothing is said.
  UrlListing(std::vector<core::DerivedUrl> urls, std::vector<core::Warning> warnings,
             const UrlView& view, std::string nothing_found);

  std::string_view kind() const override { return "UrlList"; }
  std::size_t size() const override { return urls_.size(); }
  std::vector<Column> columns() const override { return columns_of(columns_); }
  std::string cell(std::size_t row, std::size_t column, Detail detail) const override {
    return columns_[column].cell(urls_[row], detail);
  }
  void write_item(std::size_t item, Emitter& emitter) const override;
  std::string name(std::size_t item) const override { return name_of(urls_[item]); }
  std::string identity(std::size_t item) const override { return identity_of(urls_[item]); }
  std::string url(std::size_t item) const override { return urls_[item].url.to_string(); }
  const std::vector<core::Warning>& warnings() const override { return warnings_; }
  std::string nothing_found() const override { return nothing_found_; }

 private:
  std::vector<core::DerivedUrl> urls_;
  std::vector<core::Warning> warnings_;
  std::string nothing_found_;
  std::vector<ColumnOf<core::DerivedUrl>> columns_;
};

}  // namespace podreg::output
