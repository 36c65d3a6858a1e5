#include "cli/request_log.h"

#include <fmt/format.h>

#include "core/error.h"
#include "output/color.h"
#include "output/terminal_text.h"

namespace podreg::cli {
namespace {

void write_line(const std::string& text, core::TextSink& err) {
  try {
    err.write(output::terminal_text(text) + "\n");
    err.flush();
  } catch (const core::Error&) {
    return;
  }
}

}  // namespace

void show_exchange(const k8s::Exchange& exchange, core::TextSink& err) {
  const double milliseconds = static_cast<double>(exchange.time.count()) / 1000;
  const std::string status = exchange.status == 0 ? "no answer" : std::to_string(exchange.status);
  write_line(fmt::format("{} {}: {}, {} bytes, {:.1f} ms", exchange.method, exchange.url, status,
                         exchange.bytes, milliseconds),
             err);
}

void show_retry(const k8s::Retry& retry, core::TextSink& err) {
  const double seconds = static_cast<double>(retry.pause.count()) / 1000;
  write_line(
      fmt::format("{} {} again in {:.1f} s: {}", retry.method, retry.url, seconds, retry.reason),
      err);
}

void show_server_warning(const std::string& text, bool color, core::TextSink& err) {
  err.write(output::painted("warning:", output::Paint::yellow, color) +
            " the API server says: " + output::terminal_text(text) + "\n");
  err.flush();
}

}  // namespace podreg::cli
