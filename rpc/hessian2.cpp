#include "rpc/hessian2.h"

namespace podreg::rpc::hessian2 {

Value Document::value(std::uint32_t id) const { return {*this, id}; }

std::string_view Value::text() const {
  return std::string_view(document_->text_).substr(node().span.begin, node().span.size);
}

std::string_view Value::type_name() const {
  if (kind() == Kind::object) return document_->classes_[node().type].name;
  return document_->types_[node().type];
}

std::size_t Value::size() const {
  return kind() == Kind::map ? node().span.size / 2 : node().span.size;
}

Value Value::child(std::size_t index) const {
  return {*document_, document_->children_[node().span.begin + index]};
}

Value Value::item(std::size_t index) const { return child(index); }
Value Value::key(std::size_t index) const { return child(2 * index); }
Value Value::mapped(std::size_t index) const { return child(2 * index + 1); }
Value Value::field(std::size_t index) const { return child(index); }

std::string_view Value::field_name(std::size_t index) const {
  return document_->classes_[node().type].fields[index];
}

std::optional<Value> Value::member(std::string_view name) const {
  if (kind() != Kind::map && kind() != Kind::object) return std::nullopt;
  for (std::size_t i = 0; i < size(); ++i) {
    if (kind() == Kind::object) {
      if (field_name(i) == name) return field(i);
    } else if (key(i).kind() == Kind::string && key(i).text() == name) {
      return mapped(i);
    }
  }
  return std::nullopt;
}

}  // namespace podreg::rpc::hessian2
