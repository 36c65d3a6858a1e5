// What concerns all commands: `podreg help TOPIC`, and the same in podreg(1).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace podreg::cli {

struct TopicEntry {
  std::string term;  // empty: a paragraph
  std::string text;
};

struct HelpTopic {
  std::string_view name;     // "exit-codes"
  std::string_view summary;  // one line
  std::vector<TopicEntry> entries;
};

// In the order in which they are listed.
std::vector<HelpTopic> help_topics();

// The topic without the flags that it is about, for a terminal of 80 columns and 24 lines.
std::string in_text(const HelpTopic& topic);

// The text of `help WORDS…`, when the first of them is a topic, and behind it each flag of the
// program that the topic is about; empty for a command, a flag and nothing. Throws Error(usage)
// when it is none of these.
std::string topic_of(std::span<const std::string> words, const CLI::App& program);

}  // namespace podreg::cli
