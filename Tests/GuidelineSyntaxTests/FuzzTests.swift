internal import Foundation
internal import GuidelineSyntax
internal import LocatedYAML
internal import SourceText
internal import Testing

/// Nothing that an author may type makes the reader stop, and every finding lies inside the file.
struct FuzzTests {
  static let lines = ExpressionTests.conditions.map(\.line) + ExpressionTests.values.map(\.line)
  static let pieces = [
    " ", "(", ")", "[", "]", ",", "\"", "not ", "and ", " where ", "is ", "1", "-", ".", "..", "10*9/L", "today", "ä",
    "\u{2028}", "{", "}", "#", ": ", "\t", "|", "latest ", "unknown", "=", "\\", "'", "%", "\n",
  ]

  private func mutate(_ text: String, _ random: inout Seeded) -> String {
    var characters = Array(text)
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let place = Int.random(in: 0...characters.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0 where place < characters.count:
        let end = min(characters.count, place + Int.random(in: 1...4, using: &random))
        characters.removeSubrange(place..<end)
      case 1 where place < characters.count:
        characters.swapAt(place, Int.random(in: 0..<characters.count, using: &random))
      default:
        characters.insert(contentsOf: Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)], at: place)
      }
    }
    return String(characters)
  }

  private func areInside(_ found: [Finding], _ count: Int) -> Bool {
    found.allSatisfy { $0.span.start <= $0.span.end && Int($0.span.end) <= count }
  }

  @Test(arguments: 0..<20)
  func `a spoilt line is read or refused at its place`(block: Int) {
    let seed = UInt64(block) &+ 100
    var random = Seeded(seed)
    for _ in 0..<200 {
      let line = mutate(Self.lines[Int.random(in: 0..<Self.lines.count, using: &random)], &random)
      var diagnostics = Diagnostics()
      let condition = parseCondition(located(line), into: &diagnostics)
      let isBroken = dump(condition) == "broken"
      _ = parseValue(located(line), into: &diagnostics)
      _ = parseCell(located(line), into: &diagnostics)
      _ = parseType(located(line), into: &diagnostics)
      _ = parseCitation(located(line), into: &diagnostics)
      _ = parseTemplate(located(line), into: &diagnostics)
      #expect(areInside(findings(diagnostics), line.utf8.count), "seed \(seed): \(line)")
      guard !isBroken else { continue }
      var none = Diagnostics()
      let again = parseCondition(located(print(condition)), into: &none)
      #expect(dump(again) == dump(condition), "seed \(seed): \(line)")
    }
  }

  @Test(arguments: fixtures(in: "good", suffix: ".yaml") + fixtures(in: "bad", suffix: ".yaml"))
  func `a spoilt document is read or refused at its place`(name: String) throws {
    let text = try fixture(name)
    let seed = UInt64(text.utf8.count)
    var random = Seeded(seed)
    for round in 0..<150 {
      let spoilt = mutate(text, &random)
      guard let reading = Reading(spoilt) else { continue }
      #expect(areInside(reading.findings, spoilt.utf8.count), "seed \(seed), round \(round)")
      let printed = printDocument(reading.tree, file: reading.file)
      guard reading.findings.isEmpty else { continue }
      let again = try #require(Reading(printed), "seed \(seed), round \(round): \(spoilt)")
      #expect(shape(again.document) == shape(reading.document), "seed \(seed), round \(round)")
      #expect(printDocument(again.tree, file: again.file) == printed, "seed \(seed), round \(round)")
    }
  }

  @Test func `spoilt values separated by commas are read or refused at their place`() {
    let seed: UInt64 = 4711
    var random = Seeded(seed)
    for _ in 0..<1500 {
      let text = mutate("id,note\na,\"two, \"\"words\"\"\"\r\nb, plain \n", &random)
      var diagnostics = Diagnostics()
      _ = readCSV(sourceFile(text), into: &diagnostics)
      #expect(areInside(findings(diagnostics), text.utf8.count), "seed \(seed): \(text)")
    }
  }
}
