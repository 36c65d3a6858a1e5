// What the ServiceAccounts of providers and consumers may do.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/access.h"
#include "doctor/evidence.h"

namespace podreg::cli {

doctor::AccountAccess account_of_consumer(const core::PodObject& pod);

// Fills in what each may not do. A provider has to read and patch its pod; a consumer gets, lists
// and watches pods, Services and Endpoints. Throws what AccessReviewer::review_account throws.
void review_accounts(core::AccessReviewer& reviewer, std::vector<doctor::AccountAccess>& accounts);

// By how many milliseconds the clock here is behind the server's; nothing when that is not known.
std::optional<std::int64_t> clock_difference(core::AccessReviewer& reviewer);

}  // namespace podreg::cli
