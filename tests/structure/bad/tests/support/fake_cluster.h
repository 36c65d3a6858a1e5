#pragma once

#include <fstream>

#include "cli/app.h"
#include "core/address.h"
