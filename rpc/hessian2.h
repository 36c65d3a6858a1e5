// Values of Hessian 2.0, the serialization of dubbo requests and answers, as they were read.
//
// Format: the Hessian 2.0 Serialization Protocol, as com.alibaba:hessian-lite of Dubbo 3.2.6 writes
// it. A stream is a row of values. The first byte of each says what it is:
//
//     00-1f  string, 0-31 characters             60-6f  object of class definition 0-15
//     20-2f  binary, 0-15 bytes                  70-77  typed list of 0-7 items
//     30-33  string, 0-1023 characters           78-7f  untyped list of 0-7 items
//     34-37  binary, 0-1023 bytes                80-bf  int, -16 to 47
//     38-3f  long, 3 bytes                       c0-cf  int, 2 bytes; d0-d7: 3 bytes
//     A B    binary chunk, the last chunk        d8-ef  long, -8 to 15
//     C      class definition: name, fields      f0-ff  long, 2 bytes
//     D      double: 8 bytes; [ 0.0; \ 1.0; ] 1 byte; ^ 2 bytes; _ 4 bytes, thousandths
//     F T    false, true                         N      null
//     H M    untyped, typed map, up to Z         O      object of the definition with that number
//     I L    int, 4 bytes; long, 8 bytes; Y long, 4 bytes
//     J K    date: milliseconds in 8 bytes; minutes in 4
//     Q      the list, map or object with that number, in the order in which they begin
//     R S    string chunk, the last chunk        U W    typed, untyped list, up to Z
//     V X    typed, untyped list of a given length
//
// Lengths of strings count UTF-16 code units; each is written as UTF-8 on its own, so that
// characters beyond U+FFFF are two times three bytes. A type is a string, or the number of one that
// came before. Class definitions, types and references are numbered over the whole stream.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace podreg::rpc::hessian2 {

enum class Kind : std::uint8_t {
  null,
  boolean,
  integer,  // 32 bits
  long_integer,
  real,
  date,
  string,
  binary,
  list,
  map,
  object,
};

class Value;

// Owns what was read. References are kept as such: two places may hold the same value, and a value
// may hold itself, so whoever walks through one bounds its steps.
class Document {
 public:
  // Ids are those that Reader::read returns; valid for as long as the Document. Reading more keeps
  // ids, but not the views that Values returned.
  Value value(std::uint32_t id) const;

 private:
  friend class Value;
  friend class Reader;
  friend class TextDecoder;

  // A part of text_ or of children_.
  struct Span {
    std::uint32_t begin;
    std::uint32_t size;
  };

  // 16 bytes: where its text or its children are, or the number.
  struct Node {
    Kind kind = Kind::null;
    std::uint32_t type = 0;  // list, map: into types_; object: into classes_
    union {
      std::int64_t number = 0;
      double real;
      Span span;
    };
  };
  struct ClassDefinition {
    std::string name;
    std::vector<std::string> fields;
  };

  std::vector<Node> nodes_;
  std::vector<std::uint32_t> children_;  // of a map: key, value, key, value…
  std::string text_;
  std::vector<std::string> types_{std::string()};  // the first is that of what has none
  std::vector<ClassDefinition> classes_;
};

// A handle to one value of a Document; must not outlive it. Functions are for the kinds named.
class Value {
 public:
  Kind kind() const { return node().kind; }
  bool is_null() const { return kind() == Kind::null; }

  bool boolean() const { return node().number != 0; }
  std::int64_t integer() const { return node().number; }  // integer, long_integer
  double real() const { return node().real; }
  std::int64_t milliseconds() const { return node().number; }  // date: since the epoch

  // string: UTF-8, surrogates without a partner as U+FFFD; binary: the bytes.
  std::string_view text() const;

  // list, map: the type, empty for none; object: the class.
  std::string_view type_name() const;

  // list: items; map: pairs; object: fields.
  std::size_t size() const;
  Value item(std::size_t index) const;                   // list
  Value key(std::size_t index) const;                    // map
  Value mapped(std::size_t index) const;                 // map
  std::string_view field_name(std::size_t index) const;  // object
  Value field(std::size_t index) const;                  // object

  // The value of a map's string key or of an object's field; nothing when there is none. Of any
  // kind: what is neither map nor object has no members.
  std::optional<Value> member(std::string_view name) const;

  // The same for the same value, reached in whichever way: for whoever looks out for cycles.
  std::uint32_t id() const { return id_; }

  // Of the whole document: as many bytes at least were read.
  std::size_t bytes_read() const { return document_->nodes_.size() + document_->text_.size(); }

 private:
  friend class Document;
  Value(const Document& document, std::uint32_t id) : document_(&document), id_(id) {}
  const Document::Node& node() const { return document_->nodes_[id_]; }
  Value child(std::size_t index) const;

  const Document* document_;
  std::uint32_t id_;
};

}  // namespace podreg::rpc::hessian2
