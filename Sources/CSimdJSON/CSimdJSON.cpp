#include "CSimdJSON.h"
#include "KeyTable.h"

#include <simdjson.h>

#include <memory>
#include <new>
#include <vector>

namespace {

bool isBlank(uint8_t byte) { return byte == ' '; }

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
  const uint8_t *bytes = nullptr;
  /// Where the tokens begin, in rising order, and behind the last one the end of all.
  const uint32_t *tokens = nullptr;
  size_t token_count = 0;
  /// The next token.
  size_t token = 0;
  uint32_t line_end = 0;
  const uint8_t *limit = nullptr;
  size_t room = 0;

  bool reserve(size_t size);
  void make_room(size_t more);
  bool find_tokens(const uint8_t *bytes, size_t count, uint32_t *found_count);
  csimdjson_line line(csimdjson_range range, uint32_t offset);
  bool value(uint16_t key, int depth);
  bool object(uint16_t key, int depth);
  bool array(int depth);

  uint32_t place() const { return token < token_count ? tokens[token] : UINT32_MAX; }

  /// Where the token that begins at `start` ends; false: a blank behind it is none that stands in a line.
  bool end(uint32_t start, uint32_t &end) const {
    uint32_t next = place();
    end = next < line_end ? next : line_end;
    while (end > start && bytes[end - 1] == ' ') end--;
    return end > start && bytes[end - 1] > 0x20;
  }

  bool take(uint8_t byte) {
    uint32_t at = place();
    if (at >= line_end || bytes[at] != byte) return false;
    token++;
    uint32_t end_of_it;
    return end(at, end_of_it) && end_of_it == at + 1;
  }

  bool is(uint8_t byte) const { return place() < line_end && bytes[place()] == byte; }
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

bool csimdjson_reader::find_tokens(const uint8_t *from, size_t count, uint32_t *found_count) {
  *found_count = 0;
  auto found = parser->stage1(from, count, simdjson::stage1_mode::regular);
  if (found == simdjson::EMPTY) return true;
  if (found != simdjson::SUCCESS) return false;
  *found_count = parser->n_structural_indexes;
  return true;
}

bool csimdjson_reader::read(
    const uint8_t *all, size_t count, const csimdjson_range *ranges, size_t range_count) {
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
  uint32_t found = 0;
  if (count > 0 && find_tokens(all, count, &found)) {
    tokens = parser->structural_indexes.get();
    token_count = found;
    token = 0;
    make_room(token_count);
    for (size_t index = 0; index < range_count; index++) lines.push_back(line(ranges[index], 0));
    return true;
  }
  // Something is wrong in some line: each is read by itself, so that it harms no other.
  for (size_t index = 0; index < range_count; index++) {
    csimdjson_range range = ranges[index];
    bytes = all + range.start;
    if (range.end == range.start) {
      lines.push_back({node_count, csimdjson_blank});
      continue;
    }
    if (!find_tokens(bytes, range.end - range.start, &found)) {
      lines.push_back({node_count, csimdjson_not_read});
      continue;
    }
    tokens = parser->structural_indexes.get();
    token_count = found;
    token = 0;
    make_room(token_count);
    lines.push_back(line({0, range.end - range.start}, range.start));
  }
  return true;
}

csimdjson_line csimdjson_reader::line(csimdjson_range range, uint32_t offset) {
  uint32_t first = node_count;
  line_end = range.end;
  while (place() < range.start) token++;
  if (place() >= line_end) {
    for (uint32_t at = range.start; at < line_end; at++) {
      if (bytes[at] != ' ' && bytes[at] != '\t' && bytes[at] != '\r') return {first, csimdjson_not_read};
    }
    return {first, csimdjson_blank};
  }
  for (uint32_t at = range.start; at < place(); at++) {
    if (!isBlank(bytes[at])) return {first, csimdjson_not_read};
  }
  bool isRead = is('{') && value(csimdjson_no_key, 0) && place() >= line_end;
  if (!isRead) {
    node_count = first;
    while (place() < line_end) token++;
    return {first, csimdjson_not_read};
  }
  if (offset > 0) {
    for (uint32_t node = first; node < node_count; node++) nodes[node].start += offset;
  }
  return {first, csimdjson_read_whole};
}

bool csimdjson_reader::value(uint16_t key, int depth) {
  if (depth > csimdjson_deepest || place() >= line_end) return false;
  uint32_t start = place();
  uint32_t number = node_count++;
  csimdjson_node node{0, 0, start, 0, number + 1, key, csimdjson_null, 0};
  if (bytes[start] == '{' || bytes[start] == '[') {
    bool isObject = bytes[start] == '{';
    if (!(isObject ? object(key, depth) : array(depth))) return false;
    // The closing bracket is the token before.
    node.kind = isObject ? csimdjson_object : csimdjson_array;
    node.length = tokens[token - 1] + 1 - start;
    node.next = node_count;
    nodes[number] = node;
    return true;
  }
  token++;
  uint32_t end_of_it;
  if (!end(start, end_of_it)) return false;
  size_t length = end_of_it - start;
  const uint8_t *text = bytes + start;
  switch (*text) {
  case '"':
    if (length < 2 || text[length - 1] != '"') return false;
    node.kind = csimdjson_string;
    node.start = start + 1;
    text++;
    length -= 2;
    break;
  case 't':
    if (length != 4 || std::memcmp(text, "true", 4) != 0) return false;
    node.kind = csimdjson_true;
    break;
  case 'f':
    if (length != 5 || std::memcmp(text, "false", 5) != 0) return false;
    node.kind = csimdjson_false;
    break;
  case 'n':
    if (length != 4 || std::memcmp(text, "null", 4) != 0) return false;
    break;
  default:
    if (!isNumber(text, length)) return false;
    node.kind = csimdjson_number;
  }
  Ends e = ends(text, length, limit);
  node.first = e.first;
  node.last = e.last;
  node.length = uint32_t(length);
  nodes[number] = node;
  return true;
}

bool csimdjson_reader::object(uint16_t parent, int depth) {
  if (!take('{')) return false;
  if (is('}')) return take('}');
  uint16_t before = csimdjson_no_key;
  do {
    if (!is('"')) return false;
    uint32_t start = place();
    token++;
    uint32_t end_of_it;
    if (!end(start, end_of_it) || end_of_it - start < 2 || bytes[end_of_it - 1] != '"') return false;
    uint16_t key = keys.number(bytes + start + 1, end_of_it - start - 2, limit, before, parent);
    if (key == csimdjson_no_key || !take(':') || !value(key, depth + 1)) return false;
    before = key;
  } while (take(','));
  return take('}');
}

bool csimdjson_reader::array(int depth) {
  if (!take('[')) return false;
  if (is(']')) return take(']');
  do {
    if (!value(csimdjson_no_key, depth + 1)) return false;
  } while (take(','));
  return take(']');
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
  *length = reader->keys.text(number).size();
  return reinterpret_cast<const uint8_t *>(reader->keys.text(number).data());
}

size_t csimdjson_key_count(const csimdjson_reader *reader) { return reader->keys.count(); }
