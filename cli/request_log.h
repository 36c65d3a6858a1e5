// What -v shows of requests, and what the API server and credential plugins have to say.
#pragma once

#include <string>
#include <string_view>

#include "core/streams.h"
#include "k8s/transport.h"

namespace podreg::cli {

// "GET https://…: 200, 10240 bytes, 12.3 ms": method, URL, status, bytes and time; then, as far as
// they were kept, headers and bodies, those of the request behind ">", those of the answer behind
// "<". Never throws: what standard error does not take is lost.
void show_exchange(const k8s::Exchange& exchange, core::TextSink& err);

// "GET https://… again in 1.2 s: 503". Never throws.
void show_retry(const k8s::Retry& retry, core::TextSink& err);

// The text, escaped, as a line. Never throws.
void show_note(const std::string& text, core::TextSink& err);

// Each line of the text, escaped. Never throws.
void show_lines(std::string_view text, core::TextSink& err);

// "warning: …", escaped: the text comes from the network. Throws Error(output).
void show_server_warning(const std::string& text, bool color, core::TextSink& err);

// "aws: …": a line that a credential plugin wrote to its standard error, escaped. Never throws.
void show_plugin_message(const std::string& command, std::string_view line, core::TextSink& err);

}  // namespace podreg::cli
