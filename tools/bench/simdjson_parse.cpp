// How long simdjson takes to parse a file of JSON lines and to walk every value: the lower bound for reading patients.
#include <simdjson.h>

#include <cstdio>
#include <ctime>

static double processor_time() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec * 1e-9;
}

static size_t count(simdjson::dom::element value) {
  size_t values = 1;
  if (value.is_object()) {
    for (auto field : value.get_object()) values += count(field.value);
  } else if (value.is_array()) {
    for (auto item : value.get_array()) values += count(item);
  }
  return values;
}

int main(int argc, char **argv) {
  if (argc != 2) return 2;
  auto bytes = simdjson::padded_string::load(argv[1]);
  if (bytes.error()) return 3;
  size_t lines = 0, values = 0;
  double start = processor_time();
  simdjson::dom::parser parser;
  simdjson::dom::document_stream stream;
  if (parser.parse_many(bytes.value()).get(stream)) return 1;
  for (auto line : stream) {
    values += count(line.value());
    lines++;
  }
  std::printf("simdjson_us %.4f lines %zu values %zu\n", (processor_time() - start) / lines * 1e6, lines, values);
}
