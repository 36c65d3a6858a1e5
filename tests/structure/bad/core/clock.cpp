#include "core/address.h"

#include <curl/curl.h>
#include <filesystem>
#include <fstream>
#include <sys/socket.h>
#include <unistd.h>

#include "k8s/client.h"
#include "output/table.h"

const char* home() { return std::getenv("HOME"); }
auto now() { return std::chrono::steady_clock::now(); }
auto seconds() { return time(nullptr); }
auto asked(Address address) { return address.time(); }
