internal import Foundation
internal import GuidelineSyntax
internal import SourceText
internal import Testing

struct RoundTripTests {
  @Test(arguments: 0..<1500)
  func `a printed condition reads as the same tree`(number: Int) {
    let seed = UInt64(number) &+ 7000
    var maker = TreeMaker(seed: seed)
    let condition = maker.condition(4)
    let text = print(condition)
    var diagnostics = Diagnostics()
    let again = parseCondition(located(text), into: &diagnostics)
    #expect(dump(again) == dump(condition), "seed \(seed): \(text) – \(messages(diagnostics))")
  }

  @Test(arguments: 0..<1500)
  func `a printed value reads as the same tree`(number: Int) {
    let seed = UInt64(number) &+ 9000
    var maker = TreeMaker(seed: seed)
    let value = maker.value(5)
    let text = print(value)
    var diagnostics = Diagnostics()
    let again = parseValue(located(text), into: &diagnostics)
    #expect(dump(again) == dump(value), "seed \(seed): \(text) – \(messages(diagnostics))")
  }

  @Test(arguments: fixtures(in: "good", suffix: ".yaml"))
  func `a printed document means the same and prints the same`(name: String) throws {
    let reading = try #require(Reading(try fixture(name)))
    let printed = printDocument(reading.tree, file: reading.file)
    let again = try #require(Reading(printed))
    #expect(shape(again.document) == shape(reading.document))
    #expect(printDocument(again.tree, file: again.file) == printed)
  }

  @Test(.tags(.golden), arguments: fixtures(in: "untidy", suffix: ".yaml"))
  func `an untidy document is printed in canonical form with its comments`(name: String) throws {
    let reading = try #require(Reading(try fixture(name)))
    let printed = printDocument(reading.tree, file: reading.file)
    try expectGolden(printed, name.replacingOccurrences(of: ".yaml", with: ".tidy.txt"))
    let again = try #require(Reading(printed))
    #expect(shape(again.document) == shape(reading.document))
    #expect(printDocument(again.tree, file: again.file) == printed)
  }
}
