#include "cli/request_log.h"

#include <fmt/format.h>

#include "core/error.h"
#include "output/color.h"
#include "output/terminal_text.h"

namespace podreg::cli {

void show_exchange(const k8s::Exchange& exchange, core::TextSink& err) {
  const double milliseconds = static_cast<double>(exchange.time.count()) / 1000;
  const std::string status = exchange.status == 0 ? "no answer" : std::to_string(exchange.status);
  try {
    err.write(
        output::terminal_text(fmt::format("{} {}: {}, {} bytes, {:.1f} ms", exchange.method,
                                          exchange.url, status, exchange.bytes, milliseconds)) +
        "\n");
    err.flush();
  } catch (const core::Error&) {
    return;
  }
}

void show_server_warning(const std::string& text, bool color, core::TextSink& err) {
  err.write(output::painted("warning:", output::Paint::yellow, color) +
            " the API server says: " + output::terminal_text(text) + "\n");
  err.flush();
}

}  // namespace podreg::cli
