#include "cli/app.h"

int main(int argc, char** argv) { return podreg::cli::run(argc, argv); }
