// A table for issues and chats: GitHub Flavored Markdown, section "Tables".
#pragma once

#include <cstddef>
#include <vector>

#include "core/streams.h"
#include "output/table.h"

namespace podreg::output {

// Nothing at all without rows. What Markdown or HTML would take for its own is escaped, control
// characters as in a terminal. Throws what the sink and the source throw.
void write_markdown(const std::vector<TableColumn>& columns, std::size_t rows,
                    const CellSource& cell, bool headers, core::TextSink& out);

}  // namespace podreg::output
