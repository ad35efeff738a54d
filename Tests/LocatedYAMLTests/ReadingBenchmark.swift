internal import CLibYAML
internal import Foundation
internal import SourceText
internal import Testing

@testable internal import LocatedYAML

/// How long reading takes beside libyaml's own pass over the same bytes; `GUIDELINE_BENCHMARK=1` runs it.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["GUIDELINE_BENCHMARK"] != nil), .serialized)
struct ReadingBenchmark {
  @Test func `reading beside the events of libyaml`() throws {
    let folder = ProcessInfo.processInfo.environment["GUIDELINE_BENCHMARK_LIBRARY"] ?? "guidelines"
    let files = try yamlFiles(below: folder)
    let bytes = files.reduce(0) { $0 + $1.count }
    let clock = ContinuousClock()
    var events: [Duration] = []
    var trees: [Duration] = []
    var count = 0
    for _ in 0..<9 {
      events.append(clock.measure { for file in files { count += eventCount(file) } })
      trees.append(
        clock.measure {
          for file in files {
            var found = Diagnostics()
            let tree = readYAML(SourceFile(id: FileID(0), path: "file.yaml", bytes: file), into: &found)
            count += tree.root == nil ? 0 : 1
          }
        })
    }
    let ratio = trees.sorted()[4] / events.sorted()[4]
    print(
      "\(files.count) files, \(bytes) bytes: events \(events.sorted()[4]), located tree \(trees.sorted()[4]), ratio \(ratio)"
    )
    #expect(count > 0)
  }

  private func yamlFiles(below folder: String) throws -> [[UInt8]] {
    let walk = try #require(FileManager.default.enumerator(atPath: folder))
    let paths = walk.compactMap { $0 as? String }.filter { $0.hasSuffix(".yaml") }.sorted()
    return try paths.map { try Array(Data(contentsOf: URL(fileURLWithPath: folder).appending(path: $0))) }
  }

  /// libyaml alone: all events of a text, without anything being kept.
  private func eventCount(_ bytes: [UInt8]) -> Int {
    var parser = unsafe yaml_parser_t()
    guard unsafe yaml_parser_initialize(&parser) == 1 else { return 0 }
    defer { unsafe yaml_parser_delete(&parser) }
    return unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
      var count = 0
      while true {
        var event = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(&parser, &event) == 1 else { return count }
        defer { unsafe yaml_event_delete(&event) }
        count += 1
        if unsafe event.type == YAML_STREAM_END_EVENT { return count }
      }
    }
  }
}
