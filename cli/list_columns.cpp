#include "cli/list_columns.h"

#include <algorithm>
#include <array>

#include "output/finding_listing.h"
#include "output/instance_listing.h"
#include "output/invocation_listing.h"
#include "output/load_listing.h"
#include "output/mapping_listing.h"
#include "output/metadata_listing.h"
#include "output/probe_listing.h"
#include "output/registration_listing.h"
#include "output/service_listing.h"
#include "output/shown_columns.h"
#include "output/url_listing.h"

namespace podreg::cli {

namespace {

using Columns = std::vector<output::Column>;

void add(Columns& columns, const Columns& more) {
  for (const auto& column : more) {
    if (std::ranges::find(columns, column.title, &output::Column::title) == columns.end()) {
      columns.push_back(column);
    }
  }
}

// Each with a namespace when there are several.

Columns of_findings(bool /*ns*/) {
  auto columns = output::FindingListing({}).columns();
  add(columns, output::FindingKindListing().columns());
  return columns;
}

Columns of_instances(bool ns) {
  return output::InstanceListing({}, {}, {.show_namespace = ns, .show_service = true}, "")
      .columns();
}

Columns of_invocations(bool /*ns*/) {
  auto columns = output::InvocationListing({}, {}).columns();
  add(columns, output::LoadListing({}, {}).columns());
  return columns;
}

Columns of_mappings(bool ns) {
  return output::MappingListing({}, {}, {.show_namespace = ns}, "").columns();
}

Columns of_metadata(bool ns) {
  return output::MetadataListing({}, {.show_namespace = ns, .show_application = true}, "")
      .columns();
}

Columns of_probes(bool /*ns*/) {
  auto columns = output::ProbeListing({}, false, {}, "").columns();
  add(columns, output::ProbeListing({}, true, {}, "").columns());
  return columns;
}

Columns of_registrations(bool /*ns*/) { return output::RegistrationListing({}, {}, "").columns(); }

Columns of_services(bool ns) {
  return output::ServiceListing({}, {}, {.show_namespace = ns}, "").columns();
}

Columns of_urls(bool ns) {
  return output::UrlListing({}, {}, {.show_namespace = ns}, "").columns();
}

struct Row {
  std::string_view command;
  Columns (*columns)(bool ns);
};

constexpr std::array kRows = {
    Row{"doctor", of_findings},
    Row{"instances", of_instances},
    Row{"invoke", of_invocations},
    Row{"mapping", of_mappings},
    Row{"metadata", of_metadata},
    Row{"probe", of_probes},
    Row{"register", of_registrations},
    Row{"services", of_services},
    Row{"unregister", of_registrations},
    Row{"update", of_registrations},
    Row{"urls", of_urls},
    Row{"wait", of_instances},
};

}  // namespace

void check_columns(std::string_view command, const std::vector<std::string>& titles,
                   const ListScope& scope) {
  for (const Row& row : kRows) {
    if (row.command != command) continue;
    Columns columns;
    if (scope.several_contexts) columns.push_back({"CONTEXT"});
    add(columns, row.columns(scope.all_namespaces));
    output::check_titles(columns, titles);
  }
}

}  // namespace podreg::cli
