#include "CSimdJSON.h"
#include "KeyTable.h"

#include <simdjson.h>

#include <cstring>
#include <memory>
#include <new>
#include <vector>

namespace {

/// A number as JSON writes it (RFC 8259).
bool isNumber(const uint8_t *text, size_t length) {
  size_t place = 0;
  auto digits = [&] {
    size_t start = place;
    while (place < length && text[place] >= '0' && text[place] <= '9') place++;
    return place > start;
  };
  if (place < length && text[place] == '-') place++;
  if (place < length && text[place] == '0') {
    place++;
  } else if (!digits()) {
    return false;
  }
  if (place < length && text[place] == '.') {
    place++;
    if (!digits()) return false;
  }
  if (place < length && (text[place] | 0x20) == 'e') {
    place++;
    if (place < length && (text[place] == '+' || text[place] == '-')) place++;
    if (!digits()) return false;
  }
  return place == length;
}

} // namespace

struct csimdjson_reader {
  std::unique_ptr<simdjson::internal::dom_parser_implementation> parser;
  size_t capacity = 0;
  KeyTable keys;
  /// So many nodes are made; the room behind them is not.
  std::unique_ptr<csimdjson_node[]> nodes;
  uint32_t node_count = 0;
  std::vector<csimdjson_line> lines;

  bool read(const uint8_t *bytes, size_t count, const csimdjson_range *ranges, size_t range_count);

private:
  /// Where the reading of a line stands: the next token, and room for the next node. Without a token it has failed.
  struct Cursor {
    const uint32_t *token;
    csimdjson_node *out;
  };

  static constexpr Cursor failed{nullptr, nullptr};

  const uint8_t *bytes = nullptr;
  const uint8_t *limit = nullptr;
  uint32_t line_end = 0;
  size_t room = 0;

  bool reserve(size_t size);
  void make_room(size_t more);
  bool find_tokens(const uint8_t *bytes, size_t count);
  const uint32_t *line(const uint32_t *token, csimdjson_range range, uint32_t offset);
  Cursor value(Cursor at, uint16_t key, int depth);
  Cursor object(Cursor at, uint16_t parent, int depth);
  Cursor array(Cursor at, int depth);
  bool scalar(uint32_t start, uint32_t end, csimdjson_node *node) const;

  /// Where what begins at a token ends; 0: a blank behind it is none that stands in a line. The tokens go on behind the
  /// last one with the end of all.
  uint32_t end(const uint32_t *token) const {
    uint32_t end = token[1] < line_end ? token[1] : line_end;
    while (bytes[end - 1] == ' ') end--;
    return bytes[end - 1] > 0x20 ? end : 0;
  }

  /// Whether a token is this sign, with nothing but blanks behind it.
  bool is(const uint32_t *token, uint8_t sign) const {
    uint32_t at = token[0];
    if (at >= line_end || bytes[at] != sign) return false;
    return token[1] == at + 1 || end(token) == at + 1;
  }
};

bool csimdjson_reader::reserve(size_t size) {
  if (parser && size < capacity) return true;
  size_t wanted = 1 << 16;
  while (wanted <= size) wanted *= 2;
  parser.reset();
  auto made = simdjson::get_active_implementation()->create_dom_parser_implementation(wanted, csimdjson_deepest, parser);
  if (made != simdjson::SUCCESS) {
    parser.reset();
    return false;
  }
  capacity = wanted;
  return true;
}

void csimdjson_reader::make_room(size_t more) {
  if (node_count + more <= room) return;
  size_t wanted = 2 * (node_count + more);
  std::unique_ptr<csimdjson_node[]> moved(new csimdjson_node[wanted]);
  if (node_count > 0) std::memcpy(moved.get(), nodes.get(), node_count * sizeof(csimdjson_node));
  nodes = std::move(moved);
  room = wanted;
}

/// False: there is none, or something is wrong.
bool csimdjson_reader::find_tokens(const uint8_t *from, size_t count) {
  if (count == 0) return false;
  auto found = parser->stage1(from, count, simdjson::stage1_mode::regular);
  if (found != simdjson::SUCCESS) return false;
  make_room(parser->n_structural_indexes);
  return true;
}

bool csimdjson_reader::read(const uint8_t *all, size_t count, const csimdjson_range *ranges, size_t range_count) {
  lines.clear();
  node_count = 0;
  uint32_t last = 0;
  for (size_t index = 0; index < range_count; index++) {
    if (ranges[index].start < last || ranges[index].end < ranges[index].start || ranges[index].end > count) return false;
    last = ranges[index].end;
  }
  if (count >= simdjson::SIMDJSON_MAXSIZE_BYTES || !reserve(count)) return false;
  bytes = all;
  limit = all + count;
  lines.reserve(range_count);
  if (find_tokens(all, count)) {
    const uint32_t *token = parser->structural_indexes.get();
    for (size_t index = 0; index < range_count; index++) token = line(token, ranges[index], 0);
    return true;
  }
  // Something is wrong in some line: each is read by itself, so that it harms no other.
  const uint32_t nothing[] = {UINT32_MAX, UINT32_MAX};
  for (size_t index = 0; index < range_count; index++) {
    csimdjson_range range = ranges[index];
    bytes = all + range.start;
    bool isFound = find_tokens(bytes, range.end - range.start);
    line(isFound ? parser->structural_indexes.get() : nothing, {0, range.end - range.start}, range.start);
  }
  return true;
}

/// Reads a line; the answer is the first token behind it.
const uint32_t *csimdjson_reader::line(const uint32_t *token, csimdjson_range range, uint32_t offset) {
  line_end = range.end;
  while (*token < range.start) token++;
  uint32_t first = *token < line_end ? *token : line_end;
  bool isBlank = true;
  for (uint32_t at = range.start; at < first && isBlank; at++) isBlank = bytes[at] == ' ';
  if (first == line_end) {
    for (uint32_t at = range.start; at < first && !isBlank; at++) {
      if (bytes[at] != ' ' && bytes[at] != '\t' && bytes[at] != '\r') {
        lines.push_back({node_count, csimdjson_not_read});
        return token;
      }
    }
    lines.push_back({node_count, csimdjson_blank});
    return token;
  }
  Cursor read = failed;
  if (isBlank && bytes[first] == '{') read = value({token, nodes.get() + node_count}, csimdjson_no_key, 0);
  if (!read.token || *read.token < line_end) {
    lines.push_back({node_count, csimdjson_not_read});
    while (*token < line_end) token++;
    return token;
  }
  lines.push_back({node_count, csimdjson_read_whole});
  uint32_t count = uint32_t(read.out - nodes.get());
  if (offset > 0) {
    for (uint32_t node = node_count; node < count; node++) nodes[node].start += offset;
  }
  node_count = count;
  return read.token;
}

inline csimdjson_reader::Cursor csimdjson_reader::value(Cursor at, uint16_t key, int depth) {
  uint32_t start = *at.token;
  if (start >= line_end || depth > csimdjson_deepest) return failed;
  csimdjson_node *node = at.out++;
  node->key = key;
  node->start = start;
  node->unused = 0;
  uint8_t sign = bytes[start];
  if (sign == '"') {
    uint32_t behind = end(at.token);
    if (behind < start + 2 || bytes[behind - 1] != '"') return failed;
    node->kind = csimdjson_string;
    node->start = start + 1;
    node->length = behind - start - 2;
  } else if (sign == '{' || sign == '[') {
    at = sign == '{' ? object(at, key, depth) : array(at, depth);
    if (!at.token) return failed;
    node->kind = sign == '{' ? csimdjson_object : csimdjson_array;
    node->first = node->last = 0;
    // The closing bracket is the token before.
    node->length = at.token[-1] + 1 - start;
    node->next = uint32_t(at.out - nodes.get());
    return at;
  } else if (!scalar(start, end(at.token), node)) {
    return failed;
  }
  Ends e = ends(bytes + node->start, node->length, limit);
  node->first = e.first;
  node->last = e.last;
  node->next = uint32_t(at.out - nodes.get());
  at.token++;
  return at;
}

bool csimdjson_reader::scalar(uint32_t start, uint32_t end, csimdjson_node *node) const {
  if (end <= start) return false;
  const uint8_t *text = bytes + start;
  node->length = end - start;
  auto is = [&](const char *word) { return node->length == strlen(word) && !std::memcmp(text, word, node->length); };
  node->kind = is("true") ? csimdjson_true : is("false") ? csimdjson_false : is("null") ? csimdjson_null : csimdjson_number;
  return node->kind != csimdjson_number || isNumber(text, node->length);
}

csimdjson_reader::Cursor csimdjson_reader::object(Cursor at, uint16_t parent, int depth) {
  if (!is(at.token, '{')) return failed;
  at.token++;
  if (*at.token < line_end && bytes[*at.token] == '}') {
    if (!is(at.token, '}')) return failed;
    at.token++;
    return at;
  }
  uint16_t key = csimdjson_no_key;
  while (true) {
    uint32_t start = *at.token;
    if (start >= line_end || bytes[start] != '"') return failed;
    uint32_t behind = end(at.token);
    if (behind < start + 2 || bytes[behind - 1] != '"') return failed;
    key = keys.number(bytes + start + 1, behind - start - 2, limit, key, parent);
    if (key == csimdjson_no_key || !is(at.token + 1, ':')) return failed;
    at.token += 2;
    at = value(at, key, depth + 1);
    if (!at.token) return failed;
    if (is(at.token, ',')) {
      at.token++;
      continue;
    }
    if (!is(at.token, '}')) return failed;
    at.token++;
    return at;
  }
}

csimdjson_reader::Cursor csimdjson_reader::array(Cursor at, int depth) {
  if (!is(at.token, '[')) return failed;
  at.token++;
  if (*at.token < line_end && bytes[*at.token] == ']') {
    if (!is(at.token, ']')) return failed;
    at.token++;
    return at;
  }
  while (true) {
    at = value(at, csimdjson_no_key, depth + 1);
    if (!at.token) return failed;
    if (is(at.token, ',')) {
      at.token++;
      continue;
    }
    if (!is(at.token, ']')) return failed;
    at.token++;
    return at;
  }
}

// MARK: For C

csimdjson_reader *csimdjson_make(void) {
  try {
    return new csimdjson_reader();
  } catch (const std::bad_alloc &) {
    return nullptr;
  }
}

void csimdjson_free(csimdjson_reader *reader) { delete reader; }

bool csimdjson_read(
    csimdjson_reader *reader, const uint8_t *bytes, size_t count, const csimdjson_range *ranges, size_t range_count) {
  if (!reader || (!bytes && count > 0) || (!ranges && range_count > 0)) return false;
  try {
    return reader->read(bytes, count, ranges, range_count);
  } catch (const std::bad_alloc &) {
    reader->node_count = 0;
    reader->lines.clear();
    return false;
  }
}

const csimdjson_node *csimdjson_nodes(const csimdjson_reader *reader, size_t *count) {
  *count = reader->node_count;
  return reader->nodes.get();
}

const csimdjson_line *csimdjson_lines(const csimdjson_reader *reader, size_t *count) {
  *count = reader->lines.size();
  return reader->lines.data();
}

const uint8_t *csimdjson_key(const csimdjson_reader *reader, size_t number, size_t *length) {
  if (number >= reader->keys.count()) return nullptr;
  *length = reader->keys.length(number);
  return reader->keys.text(number);
}

size_t csimdjson_key_count(const csimdjson_reader *reader) { return reader->keys.count(); }
