import LocatedYAML
import SourceText
import Testing

/// SplitMix64: the same numbers for the same seed on every machine.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

@Suite struct `Damaged files` {
  static let sample = """
    # Größe
    guideline: {id: demo, title: "a \\ud83d\\ude00 \\u00e4 b", note: 'it''s'}
    rules:
      first-rule:  # why
        when:
          - lab.value >= 3.5 mmol/L
          - any: [a is b, "c, d", {e: f}]
        then: - x
        because: |
          Line one # no comment
            line two 😀

        says: >-
          folded
          text
    *alias : &anchor !tag value
    ? complex
    : - - nested
      - {a, b: , c: "\u{2028}"}
    """

  private static let inserts: [String] = [
    "[", "]", "{", "}", ":", ": ", "- ", "\n", "\r\n", "\t", " ", "\"", "'", "#", "&a ", "*a", "!t ", "|", ">", "%",
    "\\", "\\u", "\\ud83d\\ude00", "---\n", "...\n", "ä", "😀", "\u{85}", "\u{2028}", "\u{FEFF}", "\0", "\u{7F}", ",",
    "? ", "<<: ", "@", "`",
  ]

  private static func mutate(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var result = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = Int.random(in: 0...result.count, using: &random)
      let end = min(result.count, place + Int.random(in: 0...12, using: &random))
      switch Int.random(in: 0..<5, using: &random) {
      case 0: result.removeSubrange(place..<end)
      case 1: result.insert(contentsOf: inserts[Int.random(in: 0..<inserts.count, using: &random)].utf8, at: place)
      case 2: result.insert(contentsOf: result[place..<end], at: Int.random(in: 0...place, using: &random))
      case 3: if place < result.count { result[place] = UInt8.random(in: 0...127, using: &random) }
      default: result.removeSubrange(place...)
      }
    }
    return result
  }

  @Test func `no damage breaks the reader, and places stay inside files and parents`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("seed of the damaged files: \(seed)")
    var random = SeededGenerator(state: seed)
    for _ in 0..<3_000 {
      let bytes = Self.mutate(Array(Self.sample.utf8), &random)
      let reading = Reading(bytes: bytes)
      let problems = Self.problems(reading)
      #expect(problems.isEmpty, "\(problems) in \(String(decoding: bytes, as: UTF8.self)) (seed \(seed))")
      if !problems.isEmpty { return }
    }
  }

  private static func problems(_ reading: Reading) -> [String] {
    var found: [String] = []
    let whole = reading.file.span
    let reported = reading.diagnostics.flatMap { [$0.span].compactMap { $0 } + $0.related.map(\.span) }
    for span in reported + reading.tree.comments.map(\.span) where !contains(whole, span) {
      found.append("outside of the file: \(span)")
    }
    if let root = reading.tree.root {
      check(root, whole, reading, &found)
    } else if reading.codes.isEmpty {
      found.append("nothing was read and nothing was said")
    }
    return found
  }

  private static func check(_ id: NodeID, _ parent: Span, _ reading: Reading, _ found: inout [String]) {
    let span = reading.tree.span(id)
    if !contains(parent, span) { found.append("outside of its parent: \(span) in \(parent)") }
    let length = reading.tree.textBytes(id).count
    for part in [0..<length, 0..<0, (length / 2)..<length, length..<(length + 3)] {
      let place = reading.tree.spanInFile(of: id, decodedBytes: part)
      if !contains(span, place) { found.append("outside of its scalar: \(place) in \(span)") }
    }
    for child in reading.tree.items(id) + reading.tree.entries(id).flatMap({ [$0.key, $0.value] }) {
      check(child, span, reading, &found)
    }
  }

  private static func contains(_ outer: Span, _ inner: Span) -> Bool {
    outer.file == inner.file && outer.start <= inner.start && inner.start <= inner.end && inner.end <= outer.end
  }
}
