// How commands reach pods: the flags, and what they come down to.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/dialer.h"
#include "core/revision_metadata.h"

namespace CLI {
class App;
}

namespace podreg::rpc {
class MetadataCache;
}

namespace podreg::cli {

class Context;

struct ReachOptions {
  std::string via = "auto";
  std::string connect;
  std::string timeout = "5s";
  std::size_t concurrency = 16;
  int metadata_port = 0;  // 0: none
  std::string metadata_file;
  bool allow_foreign_hosts = false;
};

// `with_timeout` is false for a command whose --timeout is another one; a pod then has the default.
void declare_reach(CLI::App& app, ReachOptions& options, bool with_timeout = true);

// Opens streams to the pods of the context's cluster.
class Reach {
 public:
  // To be made after Context::cluster(), objects() or watch(). Throws Error(usage) for options that
  // are not well formed or that a snapshot cannot serve. The context must outlive it.
  Reach(const ReachOptions& options, Context& context);
  ~Reach();

  // What step 4 needs: the MetadataInfo of the revisions of these instances, from --metadata-file,
  // from the cache when there is one, or from one instance each, with progress on a terminal. With
  // a snapshot nobody is asked unless --connect or --via direct says how; what the snapshot itself
  // carries is known then. Throws what the file's
  // reading throws, and Error(not_allowed) when port-forwards are not.
  core::MetadataGathering metadata_of(std::vector<core::RevisionGroup> groups,
                                      rpc::MetadataCache* cache = nullptr);

  // For calls of providers themselves. Throws Error(unreachable) for a snapshot, as no flag says
  // how they are reached.
  core::Dialer& dialer();
  std::chrono::milliseconds timeout() const { return timeout_; }

 private:
  const core::MetadataByRevision& known();
  void name_what_answered(std::string& source) const;
  core::Dialer& logged(core::Dialer& dialer, const std::string& way);

  ReachOptions options_;
  Context& context_;
  std::chrono::milliseconds timeout_;
  std::optional<core::MetadataByRevision> known_;  // of --metadata-file, when it has been read
  bool offline_ = false;
  std::vector<std::unique_ptr<core::Dialer>> logging_;  // around the others, with -v
  std::unique_ptr<core::Dialer> direct_;
  std::unique_ptr<core::Dialer> forward_;
  std::unique_ptr<core::Dialer> choosing_;
  core::Dialer* dialer_ = nullptr;  // one of them
};

}  // namespace podreg::cli
