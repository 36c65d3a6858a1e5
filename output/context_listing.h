// What a command found in several clusters, as one list: the items of each context of the
// kubeconfig behind those of the one before, with its name in a column and a field.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "output/kept_listing.h"
#include "output/listing.h"

namespace podreg::output {

struct ContextResult {
  std::string context;
  std::optional<KeptListing> listing;  // nothing: the command came to none
  std::string failure;                 // why it did not come to its end; empty: it did
};

class ContextListing : public Listing {
 public:
  // At least one of the results has a listing; all listings are of one kind.
  explicit ContextListing(std::vector<ContextResult> results);

  std::string_view kind() const override { return kind_; }
  std::size_t size() const override { return items_.size(); }
  std::size_t rows() const override { return rows_.size(); }
  std::size_t item_of(std::size_t row) const override { return rows_[row].item; }
  std::vector<Column> columns() const override { return columns_; }
  std::string cell(std::size_t row, std::size_t column, Detail detail) const override;
  void write_item(std::size_t item, Emitter& emitter) const override;

  // `contexts`: of each what its list has beside items and warnings; nothing where none has any.
  void write_fields(Emitter& emitter) const override;

  std::string name(std::size_t item) const override { return kept(item).name; }
  std::string identity(std::size_t item) const override;
  std::string url(std::size_t item) const override;
  std::optional<CheckReport> report() const override { return report_; }

  // None: they stand below, where each tells its context.
  const std::vector<core::Warning>& warnings() const override { return no_warnings_; }
  std::vector<std::string> warning_lines() const override;
  void write_warnings(Emitter& emitter) const override;

  std::string nothing_found() const override;

 private:
  struct Place {  // of an item or row
    std::size_t result = 0;
    std::size_t index = 0;
    std::size_t item = 0;  // of a row, in this list
  };

  void add_columns(std::size_t result);
  void join_reports();
  const KeptListing& listing(const Place& place) const { return *results_[place.result].listing; }
  const KeptListing::Item& kept(std::size_t item) const {
    return listing(items_[item]).items[items_[item].index];
  }

  std::vector<ContextResult> results_;
  std::string kind_;
  std::vector<Column> columns_;
  std::vector<std::vector<std::size_t>> columns_of_;  // of each result's columns, its place here
  std::vector<Place> items_;
  std::vector<Place> rows_;
  std::optional<CheckReport> report_;
  std::vector<core::Warning> no_warnings_;
};

// `context "prod"`
std::string context_in_words(const std::string& context);

}  // namespace podreg::output
