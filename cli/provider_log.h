// What -v shows of the way to providers and of what they are asked.
#pragma once

#include <string>

#include "core/dialer.h"
#include "core/revision_metadata.h"
#include "core/streams.h"

namespace podreg::cli {

// Tells of each connection, with the time that it took and what became of it: `connect
// 10.0.0.1:20880 (pod "shop-1") directly: done, 0.4 ms`.
class LoggingDialer final : public core::Dialer {
 public:
  // All must outlive it. `way` stands behind the address. `err` is written from every thread that
  // dials.
  LoggingDialer(core::Dialer& dialer, std::string way, core::TextSink& err)
      : dialer_(dialer), way_(std::move(way)), err_(err) {}

  std::unique_ptr<core::Stream> dial(const core::PodPort& target, core::Deadline deadline) override;

 private:
  core::Dialer& dialer_;
  std::string way_;
  core::TextSink& err_;
};

// The same of each question: `getMetadataInfo 108cc42e… of pod "shop-1": 3 services from
// dubbo://10.0.0.1:20880, 12.3 ms`.
class LoggingSource final : public core::MetadataSource {
 public:
  // Both must outlive it. `err` is written from every thread that asks.
  LoggingSource(core::MetadataSource& source, core::TextSink& err) : source_(source), err_(err) {}

  Answer ask(const core::Instance& instance, core::Deadline deadline) override;

 private:
  core::MetadataSource& source_;
  core::TextSink& err_;
};

}  // namespace podreg::cli
