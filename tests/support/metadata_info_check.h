// Whether a MetadataInfo is the one that a real Dubbo wrote down.
#pragma once

#include <gtest/gtest.h>

#include "core/metadata_info.h"

namespace podreg::tests {

inline void expect_same(const core::MetadataInfo& info, const core::MetadataInfo& expected) {
  EXPECT_EQ(info.app, expected.app);
  EXPECT_EQ(info.revision, expected.revision);
  EXPECT_EQ(info.compute_revision(), expected.revision);
  ASSERT_EQ(info.services.size(), expected.services.size());
  for (const auto& [key, service] : info.services) {
    const auto& other = expected.services.at(key);
    EXPECT_EQ(service.match_key(), other.match_key());
    EXPECT_EQ(service.port, other.port);
    EXPECT_EQ(service.path, other.path);
    EXPECT_EQ(service.params, other.params);
  }
}

}  // namespace podreg::tests
