import Foundation
import GuidelineSyntax
import LocatedYAML
import SourceText
import TestSupport
import Testing

@Suite struct `A line of JSON` {
  /// What the reader of files makes of it; nil: it finds something wrong.
  private static func slow(_ line: [UInt8]) -> DataSyntax? {
    var files = SourceFiles()
    let file = files.add(path: "line", bytes: line)
    var found = Diagnostics()
    let data = readData(readYAML(files[file], into: &found))
    return found.isEmpty ? data : nil
  }

  private static func isJSON(_ line: [UInt8]) -> Bool {
    (try? JSONSerialization.jsonObject(with: Data(line), options: .fragmentsAllowed)) != nil
  }

  @Test func `is read as the reader of files reads it, or left to it`() {
    var random = SeededRandom(seed: SeededRandom.announcedSeed(for: "lines of JSON"))
    var plain = 0
    for _ in 0..<2_000 {
      var writer = Writer(random: random)
      let line = Array(writer.value(depth: 0).utf8)
      random = writer.random
      #expect(Self.isJSON(line))
      switch readJSONLine(line, file: FileID(0)) {
      case .data(let data):
        plain += 1
        #expect(data == Self.slow(line), "\(String(decoding: line, as: UTF8.self))")
      case .needsReader: break
      case .notJSON(let place, let expected):
        Issue.record("\(String(decoding: line, as: UTF8.self)): \(expected) at \(place)")
      }
    }
    #expect(plain > 500, "only \(plain) lines were plain")
  }

  @Test func `with a fault is never taken for whole`() {
    var random = SeededRandom(seed: SeededRandom.announcedSeed(for: "broken lines of JSON"))
    let signs = Array("{}[]:,\"\\0-.e tn\t#'&*!|>%@`".utf8)
    for _ in 0..<4_000 {
      var writer = Writer(random: random)
      var line = Array(writer.value(depth: 0).utf8)
      random = writer.random
      for _ in 0...random.below(2) where !line.isEmpty {
        let place = random.below(line.count)
        switch random.below(3) {
        case 0: line[place] = random.pick(signs)
        case 1: line.remove(at: place)
        default: line.insert(random.pick(signs), at: place)
        }
      }
      let shown = String(decoding: line, as: UTF8.self)
      switch readJSONLine(line, file: FileID(0)) {
      case .data(let data):
        #expect(data == Self.slow(line), "\(shown)")
        // Foundation refuses numbers that are too large for it.
        #expect(Self.isJSON(line) || shown.contains { "eE".contains($0) }, "\(shown)")
      case .needsReader: break
      case .notJSON(let place, _):
        // Foundation takes a comma behind the last item for right.
        #expect(!Self.isJSON(line) || shown.contains(/, *[\]}]/), "\(shown)")
        #expect((0...line.count).contains(place))
      }
    }
  }

  @Test(arguments: [
    ("", 0), ("{", 1), ("{'a': 1}", 1), ("{a: 1}", 1), (#"{"a" 1}"#, 5), (#"{"a": 1,}"#, 8), ("[1 2]", 3), ("01", 1),
    ("1.", 2), ("-", 1), (#""\x""#, 2), (#""\u12"#, 5), ("tru", 3), (#"{"a": 1} {"#, 9), ("patient.age: 55 a", 0),
    (#"{"a": 1} # why"#, 9), ("\"a\u{1}\"", 2), (#""a"#, 2), ("[1,]", 3),
  ])
  func `that is none has a place where it ends to be`(text: String, place: Int) {
    guard case .notJSON(let found, _) = readJSONLine(Array(text.utf8), file: FileID(0)) else {
      Issue.record("taken for JSON")
      return
    }
    #expect(found == place)
  }

  @Test(arguments: [
    #"{"a": 1, "a": 2}"#, #"{"a": "\u00e9"}"#, #"{"a": "é"}"#, "{\t\"a\": 1}",
    String(repeating: "[", count: 100) + String(repeating: "]", count: 100),
    "{\"" + String(repeating: "k", count: 2_000) + "\": 1}",
  ])
  func `that needs judgement is left to the reader of files`(text: String) {
    #expect(readJSONLine(Array(text.utf8), file: FileID(0)) == .needsReader)
  }
}

/// Writes values of JSON, a few of them delicate.
private struct Writer {
  var random: SeededRandom

  mutating func value(depth: Int) -> String {
    switch random.below(depth > 3 ? 6 : 10) {
    case 0: return random.pick(["true", "false", "null"])
    case 1: return random.pick(["0", "-1", "12.50", "1e3", "-0.1E-7", "123456789012345678901"])
    case 2, 3, 4, 5: return string()
    case 6, 7:
      let items = (0..<random.below(4)).map { _ in value(depth: depth + 1) }
      return "[" + blank() + items.joined(separator: blank() + "," + blank()) + blank() + "]"
    default:
      let entries = (0..<random.below(5)).map { index in
        "\"k\(random.below(8) == 0 ? 0 : index)\"" + blank() + ":" + blank() + value(depth: depth + 1)
      }
      return "{" + blank() + entries.joined(separator: "," + blank()) + blank() + "}"
    }
  }

  private mutating func blank() -> String { random.pick(["", "", " ", "  "]) }

  private mutating func string() -> String {
    random.pick([
      "\"\"", "\"55 a\"", "\"yes\"", "\" a  b \"", "\"a: b # c\"", "\"'x' & *y !z\"", "\"{[,]}\"", "\"null\"", "\"~\"",
      "\"? a\"", "\"- b\"", "\"%\"", "\"@id\"", "\"`\"", #""a\"b""#, #""\n""#, #""\u0041""#, #""\/""#, "\"é\"",
    ])
  }
}
