// What a command prints: a list of items, each as cells of a table and as a document.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/warning.h"
#include "output/emitter.h"

namespace podreg::output {

struct CheckReport;

struct Column {
  std::string title;
  bool only_wide = false;
  bool right_aligned = false;
};

// How much a cell says: a table shortens what is long, a wide one does not.
enum class Detail { table, wide };

// What stands in a cell for something that is absent, and for something that cannot be read.
inline constexpr std::string_view kNone = "<none>";
inline constexpr std::string_view kInvalid = "<invalid>";

// Items are numbered from 0. Nothing is escaped here. Every function gives the same answer each
// time and throws nothing but what its emitter throws.
class Listing {
 public:
  virtual ~Listing() = default;

  virtual std::string_view kind() const = 0;  // of the JSON document, e.g. "InstanceList"
  virtual std::size_t size() const = 0;

  // A table has a row for each item, unless a listing says otherwise; cells are of rows, and a row
  // is of one item.
  virtual std::size_t rows() const { return size(); }
  virtual std::size_t item_of(std::size_t row) const { return row; }
  virtual std::vector<Column> columns() const = 0;
  virtual std::string cell(std::size_t row, std::size_t column, Detail detail) const = 0;

  // Writes the item as one object.
  virtual void write_item(std::size_t item, Emitter& emitter) const = 0;

  // Fields of the document beside its items and warnings.
  virtual void write_fields(Emitter& /*emitter*/) const {}

  // As `kubectl -o name` has it, e.g. "pod/shop-order-0". Several items may share one.
  virtual std::string name(std::size_t item) const = 0;

  // Which object the name is of: items with the same identity are printed once by `-o name`.
  virtual std::string identity(std::size_t item) const = 0;

  // What `-o url` prints of an item. Throws Error(usage) when items have none.
  virtual std::string url(std::size_t item) const;

  // What `-o junit` and `-o html` print; nothing when the listing is none of checks.
  virtual std::optional<CheckReport> report() const;

  virtual const std::vector<core::Warning>& warnings() const = 0;

  // The warnings as sentences for people, and as objects of the document.
  virtual std::vector<std::string> warning_lines() const;
  virtual void write_warnings(Emitter& emitter) const;

  // The sentence for an empty list: what was looked for, and where. Empty: nothing is said.
  virtual std::string nothing_found() const = 0;
};

}  // namespace podreg::output
