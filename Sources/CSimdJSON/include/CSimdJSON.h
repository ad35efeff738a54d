// Lines of JSON as flat nodes. simdjson finds where the tokens begin and checks the encoding; what is here reads them in
// order, checks the grammar, and numbers the keys.
#ifndef CSIMDJSON_H
#define CSIMDJSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What a value is.
enum {
  csimdjson_object = 0,
  csimdjson_array = 1,
  csimdjson_string = 2,
  csimdjson_number = 3,
  csimdjson_true = 4,
  csimdjson_false = 5,
  csimdjson_null = 6
};

/// What became of a line.
enum {
  /// An object with all its members.
  csimdjson_read_whole = 0,
  /// Nothing but blanks.
  csimdjson_blank = 1,
  /// JSON or not: something that is left to a reader who explains. It has no nodes.
  csimdjson_not_read = 2,
  /// There is no further line, or no memory for it.
  csimdjson_end = 3
};

/// A value of an object or an array never has more than so much above it.
enum { csimdjson_deepest = 31 };

/// Of an item of an array, and of the line itself.
enum { csimdjson_no_key = 0xFFFF };

/// A value; an object or array is followed by all that is in it.
typedef struct {
  /// The first eight bytes of its text, and the last eight; a shorter text stands in `first` alone, with zeros behind it.
  /// Together with the length they are the text, if it has no more than sixteen bytes. Objects and arrays have 0.
  uint64_t first, last;
  /// The text in the bytes that were read: of a string what stands between the quotes, as it is written.
  uint32_t start, length;
  /// The node behind it and all that is in it.
  uint32_t next;
  uint16_t key;
  uint8_t kind;
  uint8_t unused;
} csimdjson_node;

typedef struct {
  uint32_t start, end;
} csimdjson_range;

typedef struct csimdjson_reader csimdjson_reader;

/// Null: there is no memory.
csimdjson_reader *csimdjson_make(void);
void csimdjson_free(csimdjson_reader *reader);

/// Begins to read lines: ranges of the bytes, of less than 4 GiB, in rising order, with no line end inside a range. Bytes
/// and ranges stay where they are until the lines are read. False: a range is none.
bool csimdjson_begin(
    csimdjson_reader *reader, const uint8_t *bytes, size_t count, const csimdjson_range *ranges, size_t range_count);

/// Reads the next line; its nodes begin with that of the object, and stay until the line after it is read.
int csimdjson_next(csimdjson_reader *reader, const csimdjson_node **nodes, size_t *count);

/// Keys have numbers in the order in which they came first, of all that was read by this reader. Null: no such number.
const uint8_t *csimdjson_key(const csimdjson_reader *reader, size_t number, size_t *length);
size_t csimdjson_key_count(const csimdjson_reader *reader);

#ifdef __cplusplus
}
#endif

#endif
