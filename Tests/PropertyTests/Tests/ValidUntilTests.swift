internal import ClinicalValues
internal import Foundation
internal import Testing

@testable internal import GuidelineKit

/// `valid_until` beside an evaluation of every single day.
@Suite struct ValidUntilTests {
  /// How many days are looked at one by one.
  private static let horizon: Int32 = 45
  private static let libraries =
    ProcessInfo.processInfo.environment["GUIDELINE_VALID_LIBRARIES"].flatMap(Int.init) ?? 25

  @Test func `is the first day with another answer`() throws {
    var tally = Tally()
    for number in 0..<Self.libraries { try compare(seed: Settings.seed &+ 500_000 &+ UInt64(number), &tally) }
    print(
      "seed \(Settings.seed): \(tally.changing) answers change within \(Self.horizon) days, \(tally.lasting) do not")
    #expect(tally.changing > 0 && tally.lasting > 0, "one side was never tried")
  }

  /// In these libraries the day turns an invariant that reads what no rule asks.
  @Test(arguments: [541_322, 541_342, 541_893] as [UInt64])
  func `is the day on which an invariant turns`(seed: UInt64) throws {
    var tally = Tally()
    try compare(seed: seed, &tally)
    #expect(tally.changing > 0)
  }

  private struct Tally {
    var changing = 0
    var lasting = 0
  }

  private func compare(seed: UInt64, _ tally: inout Tally) throws {
    var generator = LibraryGenerator(seed: seed)
    let engine = Engine(generator.generate().files)
    guard let guidelines = engine.compiled else { return }
    for patient in 0..<3 {
      var facts = PatientGenerator(seed: seed &* 31 &+ UInt64(patient))
      guard let given = engine.facts(facts.generate().text + "\n") else { continue }
      let report = guidelines.evaluate(given)
      let expected = try firstOtherDay(engine, given, report)
      let limit = Settings.today.number + Self.horizon
      if let day = report.validUntil, day.number <= limit {
        #expect(expected == day, "seed \(seed), patient \(patient)")
        tally.changing += 1
      } else {
        #expect(expected == nil, "seed \(seed), patient \(patient): valid until \(report.validUntil?.iso ?? "–")")
        tally.lasting += 1
      }
    }
  }

  private func firstOtherDay(_ engine: Engine, _ given: Facts, _ report: Report) throws -> Day? {
    var options = Guidelines.Options()
    options.reasons = false
    options.validUntil = false
    for offset in 1...Self.horizon {
      let day = Day(number: Settings.today.number + offset)
      let later = try engine.onDay(day).evaluate(given, options)
      if later.comparable != report.comparable { return day }
    }
    return nil
  }

  /// In these libraries a date is counted from today, so that every day is a breakpoint.
  @Test(arguments: [7_000_008, 7_000_021] as [UInt64])
  func `ends where every day is a breakpoint`(seed: UInt64) throws {
    var generator = LibraryGenerator(seed: seed)
    let engine = Engine(generator.generate().files)
    let guidelines = try #require(engine.compiled)
    var limits = 0
    for patient in 0..<10 {
      var facts = PatientGenerator(seed: seed &* 31 &+ UInt64(patient))
      guard let given = engine.facts(facts.generate().text + "\n") else { continue }
      let limit = Settings.today.number + Guidelines.mostBreakpoints
      if let day = guidelines.evaluate(given).validUntil, day.number >= limit { limits += 1 }
    }
    #expect(limits > 0, "no answer went as far as it may")
  }
}
