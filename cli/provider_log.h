// What -v shows of the way to providers and of what they are asked.
#pragma once

#include <mutex>
#include <string>

#include "core/dialer.h"
#include "core/revision_metadata.h"
#include "core/streams.h"

namespace podreg::cli {

// Lines on standard error, each as a whole. May be used from several threads.
class ProviderLog {
 public:
  explicit ProviderLog(core::TextSink& err) : err_(err) {}

  void write(const std::string& line);

 private:
  std::mutex mutex_;
  core::TextSink& err_;
};

// Tells of each connection, with the time that it took and what became of it: `connect
// 10.0.0.1:20880 (pod "shop-1") directly: done, 0.4 ms`.
class LoggingDialer final : public core::Dialer {
 public:
  // All must outlive it. `way` stands behind the address.
  LoggingDialer(core::Dialer& dialer, std::string way, ProviderLog& log)
      : dialer_(dialer), way_(std::move(way)), log_(log) {}

  std::unique_ptr<core::Stream> dial(const core::PodPort& target, core::Deadline deadline) override;

 private:
  core::Dialer& dialer_;
  std::string way_;
  ProviderLog& log_;
};

// The same of each question: `getMetadataInfo 108cc42e… of pod "shop-1": 3 services from
// dubbo://10.0.0.1:20880, 12.3 ms`.
class LoggingSource final : public core::MetadataSource {
 public:
  // Both must outlive it.
  LoggingSource(core::MetadataSource& source, ProviderLog& log) : source_(source), log_(log) {}

  Answer ask(const core::Instance& instance, core::Deadline deadline) override;

 private:
  core::MetadataSource& source_;
  ProviderLog& log_;
};

}  // namespace podreg::cli
