// Values as one line of ASCII, the same that the Java program HessianText prints.
#pragma once

#include <string>
#include <vector>

#include "rpc/hessian2.h"

namespace podreg::tests {

// A line for a row of values that were read: see HessianText.java for its form.
std::string text_of(const std::vector<rpc::hessian2::Value>& row);

// The parts of such a line.
std::string text_of_real(double value);
std::string text_of_string(std::string_view utf8);
std::string text_of_binary(std::string_view bytes);

}  // namespace podreg::tests
