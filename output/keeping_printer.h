// A printer for who puts several results together.
#pragma once

#include <optional>
#include <utility>

#include "output/kept_listing.h"
#include "output/printer.h"

namespace podreg::output {

// Keeps the list or graph instead of printing it; everything else is printed as by Printer.
class KeepingPrinter final : public Printer {
 public:
  using Printer::Printer;

  void print(const Listing& listing) override { listing_.emplace(listing); }
  void print_graph(const core::RegistryGraph& graph) override { graph_ = graph; }

  // The last list; nothing when there was none.
  std::optional<KeptListing> take() { return std::exchange(listing_, std::nullopt); }

  // The last graph; nothing when there was none.
  std::optional<core::RegistryGraph> take_graph() { return std::exchange(graph_, std::nullopt); }

 private:
  std::optional<KeptListing> listing_;
  std::optional<core::RegistryGraph> graph_;
};

}  // namespace podreg::output
