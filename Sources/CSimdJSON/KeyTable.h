// Numbers for the keys of objects.
#ifndef KEY_TABLE_H
#define KEY_TABLE_H

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

/// The first and the last eight bytes of a text; a shorter text stands in `first` alone, with zeros behind it.
struct Ends {
  uint64_t first, last;
};

/// Reads no byte before `base` or behind `limit`.
inline Ends ends(const uint8_t *text, size_t length, const uint8_t *base, const uint8_t *limit) {
  Ends result{0, 0};
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  // Without asking how long it is: that is hard to foretell.
  if (text - base >= 8 && limit - text >= 8) {
    std::memcpy(&result.first, text, 8);
    std::memcpy(&result.last, text + length - 8, 8);
    uint64_t isLong = 0 - uint64_t(length >= 8);
    result.first &= isLong | ((uint64_t(1) << (8 * (length & 7))) - 1);
    result.last &= isLong;
    return result;
  }
#endif
  std::memcpy(&result.first, text, length < 8 ? length : 8);
  if (length >= 8) std::memcpy(&result.last, text + length - 8, 8);
  return result;
}

/// Keys by number. The key that followed another one before is tried first: lines are mostly alike.
class KeyTable {
public:
  static constexpr uint16_t none = 0xFFFF;
  static constexpr size_t most = 4096;
  static constexpr size_t longest = 256;

  KeyTable() : slots_(4 * most, none), follower_(most, none), opener_(most + 1, none) {
    keys_.reserve(most);
    looks_.reserve(most);
  }

  size_t count() const { return keys_.size(); }
  const uint8_t *text(size_t number) const {
    return reinterpret_cast<const uint8_t *>(texts_.data()) + keys_[number].text;
  }
  size_t length(size_t number) const { return keys_[number].length; }

  /// How a key is known where a text begins: by the eight bytes there, as far as they are its own, and the last eight.
  /// The bytes of a long key are not compared so, and never meet.
  struct Look {
    uint64_t first, last, mask;
    uint32_t length;
    /// Where the last eight bytes begin.
    uint32_t back;
  };

  /// The key that is expected; none: nothing is.
  uint16_t expected(uint16_t before, uint16_t parent) const {
    return before == none ? opener_[parent == none ? most : parent] : follower_[before];
  }

  const Look *looks() const { return looks_.data(); }
  const uint16_t *followers() const { return follower_.data(); }

  /// `before`: the key before it in the same object, or none; `parent`: the key of the object. None: it gets no number.
  uint16_t number(
      const uint8_t *text, size_t length, const uint8_t *base, const uint8_t *limit, uint16_t before, uint16_t parent) {
    Ends e = ends(text, length, base, limit);
    uint16_t &guess = before == none ? opener_[parent == none ? most : parent] : follower_[before];
    if (guess != none && is(keys_[guess], e, text, length)) return guess;
    uint16_t found = find(e, text, length);
    if (found != none) guess = found;
    return found;
  }

private:
  struct Key {
    Ends ends;
    uint32_t length;
    uint32_t text;
  };

  static Look look(Ends ends, size_t length) {
    if (length > 16) return Look{1, 1, 0, 0, 0};
    uint8_t bytes[8] = {0, 0, 0, 0, 0, 0, 0, 0};
    std::memset(bytes, 0xFF, length < 8 ? length : 8);
    uint64_t mask;
    std::memcpy(&mask, bytes, 8);
    return Look{ends.first, length > 8 ? ends.last : ends.first, mask, uint32_t(length), uint32_t(length > 8 ? length - 8 : 0)};
  }

  bool is(const Key &key, Ends e, const uint8_t *text, size_t length) const {
    return key.ends.first == e.first && key.ends.last == e.last && key.length == length &&
           (length <= 16 || std::memcmp(texts_.data() + key.text, text, length) == 0);
  }

  uint16_t find(Ends e, const uint8_t *text, size_t length) {
    uint64_t hash = (e.first ^ (e.last * 0x9E3779B97F4A7C15u) ^ length) * 0xD6E8FEB86659FD93u;
    size_t slot = (hash >> 40) % slots_.size();
    while (slots_[slot] != none) {
      if (is(keys_[slots_[slot]], e, text, length)) return slots_[slot];
      slot = (slot + 1) % slots_.size();
    }
    if (keys_.size() == most || length > longest || !isPlain(text, length)) return none;
    texts_.append(reinterpret_cast<const char *>(text), length);
    keys_.push_back(Key{e, uint32_t(length), uint32_t(texts_.size() - length)});
    looks_.push_back(look(e, length));
    slots_[slot] = uint16_t(keys_.size() - 1);
    return slots_[slot];
  }

  /// Without an escape and without a letter beyond ASCII.
  static bool isPlain(const uint8_t *text, size_t length) {
    for (size_t place = 0; place < length; place++) {
      if (text[place] < 0x20 || text[place] >= 0x7F || text[place] == '\\' || text[place] == '"') return false;
    }
    return true;
  }

  std::vector<Key> keys_;
  std::vector<Look> looks_;
  std::string texts_;
  std::vector<uint16_t> slots_;
  std::vector<uint16_t> follower_;
  std::vector<uint16_t> opener_;
};

#endif
