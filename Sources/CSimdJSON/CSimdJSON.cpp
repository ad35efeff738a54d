#include "CSimdJSON.h"
#include "KeyTable.h"

#include <simdjson.h>

#include <cstring>
#include <memory>
#include <new>
#include <vector>

#if defined(__GNUC__)
#define ALWAYS_INLINE inline __attribute__((always_inline))
#else
#define ALWAYS_INLINE inline
#endif

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
  KeyTable keys;
  /// Of the line that was read last.
  std::unique_ptr<csimdjson_node[]> nodes;
  uint32_t node_count = 0;

  bool begin(const uint8_t *bytes, size_t count, const csimdjson_range *ranges, size_t range_count);
  int next();

private:
  /// Where the reading of a line stands: the next token, and room for the next node. Without a token it has failed.
  struct Cursor {
    const uint32_t *token;
    csimdjson_node *out;
  };

  static constexpr Cursor failed{nullptr, nullptr};

  /// So many bytes are looked through at once for tokens, if a line is no longer: they stay near until they are read.
  static constexpr size_t piece = 16 << 10;

  std::unique_ptr<simdjson::internal::dom_parser_implementation> parser;
  size_t capacity = 0;
  size_t room = 0;

  const uint8_t *all = nullptr;
  const csimdjson_range *ranges = nullptr;
  size_t range_count = 0;
  size_t range = 0;
  /// The first range behind those whose tokens are known; up to `alone` each is looked through by itself, for something is
  /// wrong in one of them.
  size_t known = 0;
  size_t alone = 0;

  /// The piece whose tokens are known, and where it begins in all.
  const uint8_t *bytes = nullptr;
  uint32_t offset = 0;
  const uint8_t *limit = nullptr;
  /// The next token of the piece; they go on behind the last one with the end of the piece.
  const uint32_t *token = nullptr;
  uint32_t line_end = 0;

  bool find_tokens();
  bool find_tokens(uint32_t start, uint32_t end);
  /// `parent`: the key of the object, or of the array that it stands in.
  Cursor value(Cursor at, uint16_t key, uint16_t parent, int depth);
  Cursor object(Cursor at, uint16_t parent, int depth);
  Cursor array(Cursor at, uint16_t parent, int depth);
  /// What `texts` found where it ended: another member, the value of a member whose key was read, or the end of the object.
  enum Found { member, member_value, object_end };
  Found texts(Cursor &at, uint16_t &key, uint16_t parent) const;
  bool scalar(uint32_t start, uint32_t end, csimdjson_node *node) const;

  /// Where what begins at a token ends; 0: a blank behind it is none that stands in a line.
  uint32_t end(const uint32_t *token) const {
    uint32_t end = token[1] < line_end ? token[1] : line_end;
    while (bytes[end - 1] == ' ') end--;
    return bytes[end - 1] > 0x20 ? end : 0;
  }

  /// Where the text that begins at a token ends; 0: it has no end in the line.
  uint32_t text_end(const uint32_t *token) const {
    uint32_t next = token[1];
    if (next <= line_end && bytes[next - 1] == '"') return next;
    uint32_t behind = end(token);
    return behind > 0 && bytes[behind - 1] == '"' ? behind : 0;
  }

  /// Whether a token is this sign, with nothing but blanks behind it.
  bool is(const uint32_t *token, uint8_t sign) const {
    uint32_t at = token[0];
    if (at >= line_end || bytes[at] != sign) return false;
    return token[1] == at + 1 || end(token) == at + 1;
  }
};

bool csimdjson_reader::begin(
    const uint8_t *from, size_t count, const csimdjson_range *lines, size_t line_count) {
  range = known = alone = range_count = 0;
  uint32_t last = 0;
  for (size_t index = 0; index < line_count; index++) {
    if (lines[index].start < last || lines[index].end < lines[index].start || lines[index].end > count) return false;
    last = lines[index].end;
  }
  if (count >= simdjson::SIMDJSON_MAXSIZE_BYTES) return false;
  all = from;
  limit = from + count;
  ranges = lines;
  range_count = line_count;
  return true;
}

/// The tokens of the next lines; false: there is no memory.
bool csimdjson_reader::find_tokens() {
  size_t last = range;
  while (last + 1 < range_count && ranges[last + 1].end - ranges[range].start <= piece) last++;
  if (range >= alone) {
    known = last + 1;
    if (find_tokens(ranges[range].start, ranges[last].end)) return true;
    alone = known;
  }
  known = range + 1;
  return find_tokens(ranges[range].start, ranges[range].end) || token != nullptr;
}

/// False: there are none, or something is wrong; without a token there is no memory.
bool csimdjson_reader::find_tokens(uint32_t start, uint32_t end) {
  static const uint32_t nothing[] = {UINT32_MAX, UINT32_MAX};
  size_t size = end - start;
  bytes = all + start;
  offset = start;
  token = nullptr;
  if (!parser || size >= capacity) {
    size_t wanted = 2 * piece;
    while (wanted <= size) wanted *= 2;
    parser.reset();
    auto made = simdjson::get_active_implementation()->create_dom_parser_implementation(wanted, csimdjson_deepest, parser);
    if (made != simdjson::SUCCESS) {
      parser.reset();
      return false;
    }
    capacity = wanted;
  }
  token = nothing;
  if (size == 0 || parser->stage1(bytes, size, simdjson::stage1_mode::regular) != simdjson::SUCCESS) return false;
  size_t count = parser->n_structural_indexes;
  if (count > room) {
    token = nullptr;
    nodes.reset();
    room = 0;
    nodes.reset(new csimdjson_node[2 * count]);
    room = 2 * count;
  }
  token = parser->structural_indexes.get();
  return true;
}

/// Reads a line; the answer is what became of it.
int csimdjson_reader::next() {
  node_count = 0;
  if (range == range_count) return csimdjson_end;
  if (range == known && !find_tokens()) {
    range_count = range = known = 0;
    return csimdjson_end;
  }
  uint32_t start = ranges[range].start - offset;
  line_end = ranges[range].end - offset;
  range++;
  while (*token < start) token++;
  uint32_t first = *token < line_end ? *token : line_end;
  bool isOther = false;
  for (uint32_t at = start; at < first; at++) {
    if (bytes[at] == ' ') continue;
    isOther = true;
    if (first < line_end || (bytes[at] != '\t' && bytes[at] != '\r')) return csimdjson_not_read;
  }
  if (first == line_end) return csimdjson_blank;
  if (isOther || bytes[first] != '{') return csimdjson_not_read;
  Cursor end = value({token, nodes.get()}, csimdjson_no_key, csimdjson_no_key, 0);
  if (!end.token || *end.token < line_end) return csimdjson_not_read;
  token = end.token;
  node_count = uint32_t(end.out - nodes.get());
  return csimdjson_read_whole;
}

ALWAYS_INLINE csimdjson_reader::Cursor csimdjson_reader::value(
    Cursor at, uint16_t key, uint16_t parent, int depth) {
  uint32_t start = *at.token;
  if (start >= line_end || depth > csimdjson_deepest) return failed;
  csimdjson_node *node = at.out++;
  node->key = key;
  node->start = start + offset;
  node->unused = 0;
  const uint8_t *text = bytes + start;
  uint8_t sign = *text;
  if (sign == '"') {
    uint32_t behind = text_end(at.token);
    if (behind < start + 2) return failed;
    node->kind = csimdjson_string;
    node->start = start + 1 + offset;
    text++;
    node->length = behind - start - 2;
  } else if (sign == '{' || sign == '[') {
    at = sign == '{' ? object(at, parent, depth) : array(at, parent, depth);
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
  Ends e = ends(text, node->length, all, limit);
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

/// Reads members as nearly all are: the expected key, a text, and no blanks.
ALWAYS_INLINE csimdjson_reader::Found csimdjson_reader::texts(Cursor &at, uint16_t &key, uint16_t parent) const {
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  const uint8_t *from = bytes;
  const KeyTable::Look *looks = keys.looks();
  const uint16_t *followers = keys.followers();
  const uint32_t *token = at.token;
  csimdjson_node *out = at.out;
  const csimdjson_node *base = nodes.get();
  const uint32_t shift = offset;
  const uint32_t end = line_end;
  uint16_t next_key = keys.expected(key, parent);
  uint16_t last_key = key;
  Found found = member;
  // Behind this all that is looked at is there: a key with its signs, and the first bytes of a text.
  const size_t room = size_t(limit - from);
  while (next_key != KeyTable::none) {
    const uint32_t start = token[0];
    if (start >= end || from[start] != '"' || start + 48 > room || start + shift < 8) break;
    const KeyTable::Look &look = looks[next_key];
    uint64_t first, last;
    std::memcpy(&first, from + start + 1, 8);
    std::memcpy(&last, from + start + 1 + look.back, 8);
    if (((first ^ look.first) & look.mask) | ((last ^ look.last) & look.mask) | (look.mask == 0)) break;
    // The key has no quote and no backslash: a quote behind it ends it, and the signs that follow are the next tokens.
    uint32_t signs;
    std::memcpy(&signs, from + start + 1 + look.length, 4);
    if ((signs & 0xFFFFFF) != 0x223A22) {
      // Not a text: an object or a list begins, mostly.
      if ((signs & 0xFFFF) != 0x3A22 || token[2] != start + look.length + 3) break;
      token += 2;
      last_key = next_key;
      found = member_value;
      break;
    }
    const uint32_t text = start + look.length + 4;
    const uint32_t behind = token[3];
    if (behind >= end || from[behind - 1] != '"') break;
    const uint32_t length = behind - 1 - text;
    std::memcpy(&first, from + text, 8);
    std::memcpy(&last, from + text + length - 8, 8);
    const uint64_t isLong = 0 - uint64_t(length >= 8);
    out->first = first & (isLong | ((uint64_t(1) << (8 * (length & 7))) - 1));
    out->last = last & isLong;
    out->start = text + shift;
    out->length = length;
    out->key = next_key;
    out->kind = csimdjson_string;
    out->unused = 0;
    out++;
    out[-1].next = uint32_t(out - base);
    last_key = next_key;
    token += 3;
    if (from[behind] != ',' || (token[1] != behind + 1 && !is(token, ','))) {
      found = object_end;
      break;
    }
    token++;
    next_key = followers[next_key];
  }
  key = last_key;
  at = {token, out};
  return found;
#else
  return member;
#endif
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
    Found found = depth < csimdjson_deepest ? texts(at, key, parent) : member;
    if (found == object_end) {
      if (!is(at.token, '}')) return failed;
      at.token++;
      return at;
    }
    if (found == member) {
      uint32_t start = *at.token;
      if (start >= line_end || bytes[start] != '"') return failed;
      uint32_t behind = text_end(at.token);
      if (behind < start + 2) return failed;
      key = keys.number(bytes + start + 1, behind - start - 2, all, limit, key, parent);
      if (key == csimdjson_no_key || !is(at.token + 1, ':')) return failed;
      at.token += 2;
    }
    at = value(at, key, key, depth + 1);
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

csimdjson_reader::Cursor csimdjson_reader::array(Cursor at, uint16_t parent, int depth) {
  if (!is(at.token, '[')) return failed;
  at.token++;
  if (*at.token < line_end && bytes[*at.token] == ']') {
    if (!is(at.token, ']')) return failed;
    at.token++;
    return at;
  }
  while (true) {
    Cursor inside{at.token + 1, at.out + 1};
    uint32_t start = at.token[0];
    uint16_t key = csimdjson_no_key;
    // An object of texts, without blanks; any other value, and one that is none, is read below from its beginning.
    if (start < line_end && depth + 1 < csimdjson_deepest && bytes[start] == '{' && at.token[1] == start + 1 &&
        texts(inside, key, parent) == object_end && is(inside.token, '}')) {
      *at.out = {0, 0, start + offset, inside.token[0] + 1 - start, uint32_t(inside.out - nodes.get()), csimdjson_no_key,
                 csimdjson_object, 0};
      at = {inside.token + 1, inside.out};
    } else {
      at = value(at, csimdjson_no_key, parent, depth + 1);
      if (!at.token) return failed;
    }
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

bool csimdjson_begin(
    csimdjson_reader *reader, const uint8_t *bytes, size_t count, const csimdjson_range *ranges, size_t range_count) {
  if (!reader || (!bytes && count > 0) || (!ranges && range_count > 0)) return false;
  return reader->begin(bytes, count, ranges, range_count);
}

int csimdjson_next(csimdjson_reader *reader, const csimdjson_node **nodes, size_t *count) {
  int state = csimdjson_end;
  try {
    state = reader->next();
  } catch (const std::bad_alloc &) {
    reader->begin(nullptr, 0, nullptr, 0);
  }
  *nodes = reader->nodes.get();
  *count = reader->node_count;
  return state;
}

const uint8_t *csimdjson_key(const csimdjson_reader *reader, size_t number, size_t *length) {
  if (number >= reader->keys.count()) return nullptr;
  *length = reader->keys.length(number);
  return reader->keys.text(number);
}

size_t csimdjson_key_count(const csimdjson_reader *reader) { return reader->keys.count(); }
