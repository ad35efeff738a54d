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
    var (found, unchanged) = (0, 0)
    for number in 0..<Self.libraries {
      let seed = Settings.seed &+ 500_000 &+ UInt64(number)
      var generator = LibraryGenerator(seed: seed)
      let engine = Engine(generator.generate().files)
      guard let guidelines = engine.compiled else { continue }
      for patient in 0..<3 {
        var facts = PatientGenerator(seed: seed &* 31 &+ UInt64(patient))
        guard let given = engine.facts(facts.generate().text + "\n") else { continue }
        let report = guidelines.evaluate(given)
        let expected = try firstOtherDay(engine, given, report)
        let limit = Settings.today.number + Self.horizon
        if let day = report.validUntil, day.number <= limit {
          #expect(expected == day, "seed \(seed), patient \(patient)")
          found += 1
        } else {
          #expect(expected == nil, "seed \(seed), patient \(patient): valid until \(report.validUntil?.iso ?? "–")")
          unchanged += 1
        }
      }
    }
    print("seed \(Settings.seed): \(found) answers change within \(Self.horizon) days, \(unchanged) do not")
    #expect(found > 0 && unchanged > 0, "one side was never tried")
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
  @Test(arguments: [7_003_298, 7_003_613] as [UInt64])
  func `ends where every day is a breakpoint`(seed: UInt64) throws {
    var generator = LibraryGenerator(seed: seed)
    let engine = Engine(generator.generate().files)
    let guidelines = try #require(engine.compiled)
    var answers = 0
    for patient in 0..<10 {
      var facts = PatientGenerator(seed: seed &* 31 &+ UInt64(patient))
      guard let given = engine.facts(facts.generate().text + "\n") else { continue }
      _ = guidelines.evaluate(given)
      answers += 1
    }
    #expect(answers > 0)
  }
}
