#include "cli/request_log.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.h"
#include "output/color.h"
#include "output/terminal_text.h"
#include "output/warnings.h"

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

void show_body(char side, const k8s::ShownBody& body, core::TextSink& err) {
  if (body.size == 0) return;
  write_line(fmt::format("{} body, {} bytes of {}{}", side, body.size,
                         body.type.empty() ? "no type" : body.type, body.is_text ? ":" : ""),
             err);
  std::string_view rest = body.beginning;
  while (!rest.empty()) {
    const auto end = std::min(rest.find('\n'), rest.size());
    write_line(fmt::format("{}   {}", side, rest.substr(0, end)), err);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (body.beginning.size() >= k8s::kShownBody) write_line(fmt::format("{}   …", side), err);
}

}  // namespace

void show_exchange(const k8s::Exchange& exchange, core::TextSink& err) {
  const double milliseconds = static_cast<double>(exchange.time.count()) / 1000;
  const std::string status = exchange.status == 0 ? "no answer" : std::to_string(exchange.status);
  const std::string compressed =
      exchange.wire_bytes < exchange.bytes && exchange.wire_bytes != 0
          ? fmt::format(" ({} as they came, compressed)", exchange.wire_bytes)
          : "";
  write_line(fmt::format("{} {}: {}, {} bytes{}, {:.1f} ms", exchange.method, exchange.url, status,
                         exchange.bytes, compressed, milliseconds),
             err);
  for (const auto& header : exchange.request_headers) write_line("> " + header, err);
  show_body('>', exchange.sent, err);
  for (const auto& header : exchange.response_headers) write_line("< " + header, err);
  show_body('<', exchange.received, err);
}

void show_retry(const k8s::Retry& retry, core::TextSink& err) {
  const double seconds = static_cast<double>(retry.pause.count()) / 1000;
  write_line(
      fmt::format("{} {} again in {:.1f} s: {}", retry.method, retry.url, seconds, retry.reason),
      err);
}

void show_note(const std::string& text, core::TextSink& err) { write_line(text, err); }

void show_lines(std::string_view text, core::TextSink& err) {
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    std::string line(text.substr(0, end));
    if (line.starts_with('\t')) line.replace(0, 1, "    ");
    write_line(line, err);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

void show_server_warning(const std::string& text, bool color, core::TextSink& err) {
  output::print_warnings({"the API server says: " + text}, color, err);
}

void show_plugin_message(const std::string& command, std::string_view line, core::TextSink& err) {
  try {
    err.write(output::terminal_text(fmt::format("{}: {}", command, line)) + "\n");
    err.flush();
  } catch (const core::Error&) {
    return;
  }
}

}  // namespace podreg::cli
