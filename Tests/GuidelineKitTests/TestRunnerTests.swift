internal import Testing

@testable internal import GuidelineKit

@Suite struct TestRunnerTests {
  private static let given = "given: {diagnosis: [lupus], level: high, wbc: [{value: 6 10*9/L, on: 2026-05-30}]}\n"

  private func failure(_ body: String) throws -> TestFailure {
    let run = Ward.run(body)
    #expect(run.failed == 1)
    return try #require(run.cases.first?.failures.first)
  }

  @Test(arguments: [
    "expect: [{recommend: azathioprine, line: first, rank: 1, strength: strong}]",
    "expect: [{recommend: any, rule: give, guideline: counts, status: certain}]",
    "expect: [{recommend: [allopurinol, azathioprine]}]",
    "never: [{recommend: allopurinol}, {recommend: thiopurine}]",
    "needs: [weight]",
    "derives: {level: high}",
  ])
  func `what holds passes`(expectation: String) {
    let run = Ward.run(Self.given + expectation)
    #expect(run.passed == 1, "\(run.cases.flatMap(\.failures))")
  }

  @Test(arguments: [
    ("expect: [{recommend: azathioprine, rank: 2}]", "its rank is 1, not 2"),
    ("expect: [{recommend: azathioprine, strength: conditional}]", "its strength is strong, not conditional"),
    ("expect: [{recommend: azathioprine, status: possible}]", "it is certain"),
    ("expect: [{against: azathioprine}]", "rule counts/stop-for-low-count (counts.yaml:"),
    ("expect: [{against: azathioprine}]", "`latest wbc within 14 d < 2.0 10*9/L`"),
    ("expect: [{against: thiopurine}]", "no rule that is loaded here concludes against thiopurine"),
    ("expect: [{dose: azathioprine}]", "unknown: weight"),
    ("never: [{recommend: any}]", "concluded: recommend azathioprine, line first, rank 1 (certain, strong, low"),
    ("needs: [level]", "`level` is given"),
    ("derives: {level: low}", "`level` is high"),
    ("conflicts: [[first_test, second_test]]", "no conflict is reported"),
    ("conflicts: [[{recommend: azathioprine}, {against: azathioprine}]]", "not concluded: against azathioprine"),
    ("out_of_scope: [counts]", "it speaks for this patient"),
  ])
  func `what does not hold is explained`(expectation: String, words: String) throws {
    let failure = try failure(Self.given + expectation)
    #expect(failure.explanation.contains { $0.contains(words) }, "\(failure.explanation)")
    #expect(failure.line == 7)
  }

  @Test func `an overridden conclusion names who overrides it`() throws {
    let failure = try failure(
      "given: {diagnosis: [lupus], level: high, wbc: [{value: 1 10*9/L, on: 2026-05-30}]}\n"
        + "expect: [{recommend: azathioprine}]")
    #expect(failure.explanation.contains("  overridden by counts/stop-for-low-count, because the count is low"))
    #expect(failure.expectation == "{recommend: azathioprine}")
  }

  @Test func `a guideline out of scope is told with the condition that failed`() throws {
    let failure = try failure("given: {diagnosis: [asthma], level: high}\nexpect: [{recommend: azathioprine}]")
    #expect(failure.explanation.contains("  the patient is outside of the scope of counts"))
  }

  @Test func `a conflict in the data is compared without order`() {
    let run = Ward.run(
      "given: {diagnosis: [lupus], first_test: low, second_test: high}\nconflicts: [[second_test, first_test]]")
    #expect(run.passed == 1)
  }

  @Test func `a case that cannot be run fails and says why`() throws {
    let failure = try failure("given: {diagnosis: [lupus], wieght: 3 kg}")
    #expect(failure.kind == .setup)
    #expect(failure.explanation.contains { $0.contains("wieght") })
  }

  @Test func `only the files that are named are run`() {
    let tests = "tests: suite\ntoday: 2026-06-01\nlibrary: all\ncases:\n  one: {given: {level: high}}\n"
    let library = Ward.library(tests: tests)
    #expect(library.runTests(in: ["tests.yaml"]).cases.count == 1)
    #expect(library.runTests(in: ["others.yaml"]).cases.isEmpty)
  }

  @Test func `coverage names rules that no case reaches, and limits with an open side`() throws {
    let run = Ward.run(Self.given + "expect: [{recommend: azathioprine}]", coverage: true)
    let coverage = try #require(run.coverage)
    #expect(coverage.rules == 6)
    #expect(
      coverage.neverTrue.map(\.name) == [
        "stop-for-low-count", "warn-for-dose", "bleeding-conflict", "count-after-start",
      ])
    #expect(coverage.neverFalse.map(\.name) == ["give", "dose-by-weight"])
    let limit = try #require(coverage.boundaries.first { $0.text.contains("wbc") })
    #expect((limit.hasBelow, limit.hasEqual, limit.hasAbove) == (false, false, true))
    #expect(limit.limit.description == "2 10*9/L")
  }

  @Test func `a rule whose exception applies was not seen to speak`() throws {
    let guideline = Ward.guideline.replacing(
      "when: level >= medium", with: "when: level >= medium\n    unless: bleeding")
    func neverTrue(_ bleeding: String) throws -> [String] {
      let given = "given: {diagnosis: [lupus], level: high, bleeding: \(bleeding)}"
      let tests = "tests: suite\ntoday: 2026-06-01\nlibrary: all\ncases:\n  one: {\(given)}\n"
      let run = Ward.library(tests: tests, guideline: guideline).runTests(coverage: true)
      return try #require(run.coverage).neverTrue.map(\.name)
    }
    #expect(try neverTrue("yes").contains("give"))
    #expect(try !neverTrue("no").contains("give"))
  }
}
