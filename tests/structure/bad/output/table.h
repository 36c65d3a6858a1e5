#pragma once

#include "core/address.h"
  #  include "k8s/client.h"
