#include "../core/address.h"
#include "client.h"
#include "k8s/client.h"
#include "k8s/absent.h"
