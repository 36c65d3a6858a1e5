#include <fstream>

#include "core/address.h"
#include "rpc/frame.h"
