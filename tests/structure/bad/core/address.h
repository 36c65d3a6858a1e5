#pragma once

#include <chrono>
#include <ctime>
#include <string>

// A comment may name getenv() and system_clock::now().
struct Address {
  std::string ip;
  std::chrono::seconds time();  // nobody asks the system here
};
