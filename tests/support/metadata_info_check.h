// Whether a MetadataInfo is the one that is expected.
#pragma once

#include <gtest/gtest.h>

#include "core/metadata_info.h"

namespace podreg::tests {

inline void expect_same(const core::MetadataInfo& info, const core::MetadataInfo& expected) {
  EXPECT_EQ(info.app, expected.app);
  EXPECT_EQ(info.revision, expected.revision);
  EXPECT_EQ(info.compute_revision(), expected.compute_revision());
  ASSERT_EQ(info.services.size(), expected.services.size());
  for (const auto& [key, service] : info.services) {
    ASSERT_TRUE(expected.services.contains(key)) << key;
    const auto& other = expected.services.at(key);
    EXPECT_EQ(service.match_key(), other.match_key());
    EXPECT_EQ(service.port, other.port);
    EXPECT_EQ(service.path, other.path);
    EXPECT_EQ(service.params, other.params);
  }
}

// As expect_same(), and its revision is the one that it announces.
inline void expect_same_and_true(const core::MetadataInfo& info,
                                 const core::MetadataInfo& expected) {
  expect_same(info, expected);
  EXPECT_EQ(info.compute_revision(), expected.revision);
}

inline core::MetadataInfo without_parameters(core::MetadataInfo info) {
  for (auto& [key, service] : info.services) service.params.clear();
  return info;
}

}  // namespace podreg::tests
