#include "output/findings_manual.h"

#include <gmock/gmock.h>

#include "core/finding.h"

namespace podreg::output {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(FindingsManual, HasEveryFindingOnce) {
  const auto page = findings_manual("November 29, 2026");
  EXPECT_THAT(page, StartsWith(".Dd November 29, 2026\n"));
  for (const auto& kind : core::finding_kinds()) {
    const auto title = ".It Sy " + std::string(kind.name) + " Pq ";
    const auto first = page.find(title);
    ASSERT_NE(first, std::string::npos) << kind.name;
    EXPECT_EQ(page.find(title, first + 1), std::string::npos) << kind.name;
  }
}

TEST(FindingsManual, NoLineOfTextIsARequest) {
  const auto page = findings_manual("November 29, 2026");
  for (std::size_t begin = 0; begin < page.size();) {
    const auto end = page.find('\n', begin);
    const auto line = page.substr(begin, end - begin);
    EXPECT_LE(line.size(), 80U) << line;
    EXPECT_FALSE(line.starts_with('\'')) << line;
    if (line.starts_with('.')) {
      EXPECT_TRUE(std::isalpha(line[1])) << line;
    }
    begin = end + 1;
  }
  EXPECT_THAT(page, HasSubstr("\\-\\-allow\\-foreign\\-hosts"));
}

}  // namespace
}  // namespace podreg::output
