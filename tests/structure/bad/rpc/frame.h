#pragma once

#include <core/address.h>

#include "cli/app.h"
#include "output/table.h"
