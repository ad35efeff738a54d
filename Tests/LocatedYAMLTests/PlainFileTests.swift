internal import SourceText
internal import Testing

@testable internal import LocatedYAML

/// The reader of plain files against the parser: the same tree, or nothing.
@Suite struct `Plain files` {
  /// The tree of a file as the reader of plain files has it, and as the parser has it.
  private static func trees(_ bytes: [UInt8]) -> (plain: YAMLTree?, parsed: YAMLTree, found: [Diagnostic]) {
    let file = SourceFile(id: FileID(0), path: "sample.yaml", bytes: bytes)
    let survey = ByteSurvey(bytes)
    let prepared = PreparedBytes(bytes, survey)
    var found = Diagnostics()
    let plain =
      prepared.hasMisread || UTF8Check.firstError(in: bytes) != nil
      ? nil : PlainReader.read(file, survey, .standard)
    let parsed = readEvents(file, prepared, .standard, into: &found)
    return (plain, parsed, found.items)
  }

  /// What differs; nil: nothing, or the reader of plain files left the file to the parser.
  private static func difference(_ bytes: [UInt8]) -> String? {
    let (plain, parsed, found) = trees(bytes)
    guard let plain else { return nil }
    if let first = found.first { return "the parser says: \(first.message)" }
    if plain.root != parsed.root { return "other roots" }
    if plain.comments != parsed.comments { return "other comments" }
    if plain.texts != parsed.texts { return "other texts" }
    guard plain.nodes.count == parsed.nodes.count else { return "other numbers of nodes" }
    for (index, (left, right)) in zip(plain.nodes, parsed.nodes).enumerated() {
      let isSame =
        left.kind == right.kind && left.span == right.span && left.firstChild == right.firstChild
        && left.next == right.next
        && (!left.isScalar || (left.textStart == right.textStart && left.textEnd == right.textEnd))
      if !isSame { return "node \(index): \(left) and \(right)" }
    }
    return nil
  }

  static let plain = """
    # Größe
    guideline: demo   # why
    title: "A title: with a colon, and # no comment"
    'quoted': 'single'
    uses: [patient, "agents"]
    empty: {}
    rules:
      first-rule:
        when:
          - lab.value >= 3.5 mmol/L
          - any:
            - dx in [a, b]
            - not: {none: [x is y, "c, d"]}
          -   all: [-5, a:b,
              c ]   # end
        then: {recommend: azathioprine, dose: 2 mg/kg/d, url: http://a.b/c#d}

      second:
        then:
        - warn: µg is
          text:
            on a line
        - - nested
          - [[]]
    """

  private static let inserts = [
    "[", "]", "{", "}", ":", ": ", "- ", "\n", "\n  ", "\n\n", " ", "\"", "'", "#", " #", ", ", "?", "? ", "-", "--- ",
    "...", "|", ">", "&a", "*", "!", "%", "@", "`", "<<: x", "ä", "key: ", "- key: value\n", "[a, b]", "{a: b}",
    "\"a\": ",
    "\t", "\r\n", "\\", "\u{2028}", "\u{FEFF}", "а",
  ]

  @Test func `the sample is plain`() {
    #expect(Self.trees(Array(Self.plain.utf8)).plain != nil)
    #expect(Self.difference(Array(Self.plain.utf8)) == nil)
  }

  @Test(arguments: [
    "a: b", "a:\n- b\n- c: d\n  e: f\n", "{\"a\":1,\"b\":[true,null]}", "[]", "- a\n-  - b\n   - c\n",
    "a: 'b'\nc:\n    d: e\n", "# only\n\na: b # c\n# d", "a:\n  b\n", "a: [b,\nc\n]\nd: e\n", "  {a: b}\n",
  ])
  func `is plain`(_ text: String) {
    #expect(Self.trees(Array(text.utf8)).plain != nil)
    #expect(Self.difference(Array(text.utf8)) == nil)
  }

  @Test(arguments: [
    "", "a", "a:", "a: b\n  c", "a: |\n  b\n", "a: 'it''s'", "a: \"\\u00e4\"", "a: b\r\n", "---\na: b", "a: b\na: c\n",
    "a: b: c", "a: - b", "? a\n: b\n", "a: &x b", "a: *x", "a: !t b", "- a\n b: c\n", "[a", "a: [b]]", "a: {b}",
    "a: {b: }", "a : b", "<<: a", "a:\tb", "a: b\n\u{FEFF}", "a: bо",
  ])
  func `is left to the parser`(_ text: String) {
    #expect(Self.trees(Array(text.utf8)).plain == nil)
  }

  @Test func `whatever is changed, both read the same`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("seed of the changed files: \(seed)")
    var random = SeededGenerator(state: seed)
    var plain = 0
    for _ in 0..<2_000 {
      var bytes = Array(Self.plain.utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) { Self.change(&bytes, &random) }
      if Self.trees(bytes).plain != nil { plain += 1 }
      if let difference = Self.difference(bytes) {
        Issue.record("\(difference) in \(String(decoding: bytes, as: UTF8.self)) (seed \(seed))")
        return
      }
    }
    #expect(plain > 200, "seed \(seed)")
  }

  private static func change(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    let place = Int.random(in: 0...bytes.count, using: &random)
    let end = min(bytes.count, place + Int.random(in: 0...8, using: &random))
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bytes.removeSubrange(place..<end)
    case 1, 2: bytes.insert(contentsOf: inserts[Int.random(in: 0..<inserts.count, using: &random)].utf8, at: place)
    case 3: bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0...place, using: &random))
    default: if place < bytes.count { bytes[place] = UInt8.random(in: 0x20...0x7E, using: &random) }
    }
  }
}
