// What providers told of their revisions, kept on disk: a revision names its content by its MD5, so
// what was once told holds for ever, from whichever cluster it came.
//
// Format: a folder of files REVISION.record, each of one MetadataInfo (core/metadata_record.h). A
// file is written under another name and renamed, so that processes that read and write at the same
// time see whole files only; the last of several that write the same revision wins, with the same
// content.
//
// A cache that cannot be read or written is one that knows nothing: no function throws because of
// it; trouble() says why. All functions may be called from several threads.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/metadata_info.h"
#include "rpc/descriptor.h"

namespace podreg::rpc {

class MetadataCache {
 public:
  static constexpr std::uintmax_t kLargest = std::uintmax_t{64} << 20;

  // `folder`: absolute; made with mode 0700, with its parents, when something is kept.
  explicit MetadataCache(std::string folder, std::uintmax_t largest = kLargest)
      : folder_(std::move(folder)), largest_(largest) {}

  // What the revision provides: its services without their parameters, as whoever calls them asks a
  // provider. Nothing when it is not there. An entry whose MD5 is not its revision is removed and
  // not returned. Only text that is an MD5 names a file.
  std::optional<core::MetadataInfo> find(const std::string& revision);

  // Those that were used last, at most so many, whole.
  std::vector<core::MetadataInfo> latest(std::size_t most) const;

  // Keeps what has that revision; what has another is not kept, nor what is no record.
  void keep(const std::string& revision, const core::MetadataInfo& info);

  // When something was kept: removes the entries that were used longest ago until three quarters of
  // the largest size are left of a cache that is larger, each entry counted in blocks of 4 KiB, and
  // what interrupted processes left behind. To be called at the end.
  void trim();

  // Why something could not be kept, the first reason; empty when all is well.
  std::string trouble() const;

 private:
  int folder_for_reading();  // -1: there is none
  bool make_folder();
  bool write(const std::string& path, const std::string& text);
  void complain(const std::string& what);

  const std::string folder_;
  const std::uintmax_t largest_;
  mutable std::mutex mutex_;
  Descriptor opened_;  // guarded by mutex_, as the rest
  bool folder_made_ = false;
  bool kept_ = false;
  std::string trouble_;
};

}  // namespace podreg::rpc
