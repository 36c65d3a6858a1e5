# The rules behind tests/structure/check. Reads the names of all files, relative to the root, from
# standard input; then reads those that are C++. POSIX awk.

BEGIN {
  may_include["core"] = "core"
  may_include["doctor"] = "doctor core"
  may_include["k8s"] = "k8s core"
  may_include["rpc"] = "rpc core"
  may_include["output"] = "output core"
  may_include["cli"] = "cli output k8s rpc doctor core"
  may_include["tests"] = "tests cli output k8s rpc doctor core"

  vague = "^(.*[-_.])?(utils?|utilit(y|ies)|helpers?|commons?|managers?)([-_.].*)?$"

  impure_header = "^(fstream|filesystem|iostream|cstdio|stdio[.]h|unistd[.]h|fcntl[.]h|netdb[.]h" \
                  "|poll[.]h|sys/(socket|un|select|epoll|stat|time)[.]h|curl/.*)$"
  impure_call = "(^|[^A-Za-z0-9_.>])(secure_getenv|getenv|setenv|fopen|popen|socket|gettimeofday" \
                "|clock_gettime|[a-z_]*clock::now|time[(](nullptr|NULL|0|&))[(]?"
}

{ exists[$0] = 1; files[++count] = $0 }

END {
  for (i = 1; i <= count; ++i) {
    check_name(files[i])
    if (files[i] ~ /\.(h|cpp)$/ && folder_of(files[i]) in may_include) check_source(files[i])
  }
  if (sources == 0) {
    print "nothing to check: no C++ file in a folder of the project" > "/dev/stderr"
    exit 2
  }
  if (wrong > 0) exit 1
  printf "%d files, %d includes of our own: nothing wrong\n", sources, includes
}

function report(file, line, what) {
  printf "%s:%d: %s\n", file, line, what
  ++wrong
}

function folder_of(file) {
  return file ~ /\// ? substr(file, 1, index(file, "/") - 1) : ""
}

# Every part of a path is judged, and a folder once.
function check_name(file, parts, n, i, path) {
  n = split(file, parts, "/")
  for (i = 1; i <= n; ++i) {
    path = i == 1 ? parts[1] : path "/" parts[i]
    if (judged[path]++ || tolower(parts[i]) !~ vague) continue
    report(path, 1, "the name does not say what is in it")
  }
}

function check_source(file, line, text, once) {
  ++sources
  line = once = 0
  while ((getline text < file) > 0) {
    ++line
    if (text ~ /^[ \t]*#[ \t]*pragma[ \t]+once/) once = 1
    if (text ~ /^[ \t]*#[ \t]*include[ \t]*["<]/) check_include(file, line, text)
    else if (folder_of(file) == "core") check_call(file, line, text)
  }
  close(file)
  if (file ~ /\.h$/ && !once) report(file, 1, "a header needs #pragma once")
}

function check_include(file, line, text, quoted, target) {
  quoted = text ~ /^[^"<]*"/
  sub(/^[^"<]*["<]/, "", text)
  sub(/[">].*$/, "", text)
  target = folder_of(text)
  if (quoted) check_own(file, line, text, target)
  else if (target in may_include && text in exists)
    report(file, line, "our own is included as \"" text "\"")
  else if (folder_of(file) == "core" && text ~ impure_header)
    report(file, line, "core is pure and does not include <" text ">")
}

function check_own(file, line, text, target, folder) {
  folder = folder_of(file)
  ++includes
  if (!(target in may_include) || !(text in exists))
    report(file, line, "\"" text "\" is no file of ours, named from the root")
  else if (index(" " may_include[folder] " ", " " target " ") == 0)
    report(file, line, folder " may not include " target)
}

function check_call(file, line, text) {
  sub(/\/\/.*/, "", text)
  if (match(text, impure_call))
    report(file, line, "core is pure and does not call " called(text))
}

function called(text, name) {
  name = substr(text, RSTART, RLENGTH)
  sub(/^[^A-Za-z0-9_]/, "", name)
  sub(/[(].*/, "", name)
  return name
}
