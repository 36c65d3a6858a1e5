#pragma once

#include <fmt/core.h>

#include "core/address.h"
#include "k8s/client.h"
#include "output/table.h"
#include "rpc/frame.h"
#include "tests/support/fake_cluster.h"
