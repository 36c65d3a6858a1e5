// The progress of what is read from files and from the API server.
#pragma once

#include "k8s/api_requests.h"
#include "k8s/reading.h"

namespace podreg::cli {

class Context;

// Shows each file; empty when nothing is to be shown. The context must outlive it.
k8s::ReadObserver shown_files(Context& context);

// The same of each list, object and change of the API server.
void show_requests(Context& context, k8s::ApiOptions& api);

}  // namespace podreg::cli
