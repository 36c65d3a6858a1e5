#include "k8s/splice.h"

#include <utility>

namespace podreg::k8s {

SplicedText::SplicedText(std::string_view original, std::vector<Splice> splices)
    : original_(original), splices_(std::move(splices)) {
  std::size_t at = 0;
  for (const Splice& splice : splices_) {
    add(original_.substr(at, splice.begin - at));
    add(splice.text);
    at = splice.end;
  }
  add(original_.substr(at));
}

void SplicedText::add(std::string_view piece) {
  if (!piece.empty()) pieces_.push_back(piece);
}

std::string SplicedText::between(std::size_t begin, std::size_t end) const {
  std::string text;
  std::size_t at = begin;
  for (const Splice& splice : splices_) {
    if (splice.begin < begin || splice.end > end) continue;
    text.append(original_.substr(at, splice.begin - at)).append(splice.text);
    at = splice.end;
  }
  return text.append(original_.substr(at, end - at));
}

}  // namespace podreg::k8s
