internal import ClinicalValues
internal import Testing

@testable internal import GuidelineKit

@Suite struct ExplainTests {
  private static let patient = "diagnosis: [lupus]\nlevel: high\nmedication: []\n"

  @Test func `a limit that is missed is told with value, limit and distance`() throws {
    let result = try Ward.explain("stop-for-low-count", Self.patient + "wbc: [{value: 2.3 10*9/L, on: 2026-05-30}]")
    let instance = try #require(result.instances.first)
    #expect(!instance.holds)
    let obstacle = try #require(instance.obstacles.first)
    #expect(obstacle.shortfall?.value.description == "2.3 10*9/L")
    #expect(obstacle.shortfall?.limit.description == "2 10*9/L")
    #expect(obstacle.shortfall?.difference.description == "0.3 10*9/L")
    #expect(obstacle.shortfall?.comparator == "<")
  }

  @Test func `the nearest flip lies just beyond a strict limit`() throws {
    let result = try Ward.explain("stop-for-low-count", Self.patient + "wbc: [{value: 2.3 10*9/L, on: 2026-05-30}]")
    let flip = try #require(result.instances.first?.flips.first)
    #expect(flip.changes == [FactChange(fact: "wbc", from: "2.3 10*9/L", to: "1.9 10*9/L")])
    #expect(flip.status == .certain)
  }

  @Test func `a quotient flips by either of its numbers`() throws {
    let result = try Ward.explain("warn-for-dose", Self.patient + "planned: 140 mg/d\nweight: 70 kg")
    let flips = try #require(result.instances.first?.flips)
    #expect(
      flips.map(\.changes) == [
        [FactChange(fact: "planned", from: "140 mg/d", to: "141 mg/d")],
        [FactChange(fact: "weight", from: "70 kg", to: "69 kg")],
      ])
  }

  @Test func `two conditions that fail need two changes`() throws {
    let facts = "diagnosis: [lupus]\nlevel: low\nbleeding: no"
    let flip = try #require(try Ward.explain("bleeding-conflict", facts).instances.first?.flips.first)
    #expect(Set(flip.changes.map(\.fact)) == ["level", "bleeding"])
  }

  @Test func `an answer that is missing is the flip`() throws {
    let facts = "diagnosis: [lupus]\nlevel: high"
    let instance = try #require(try Ward.explain("bleeding-conflict", facts).instances.first)
    #expect(instance.truth == .unknown)
    #expect(instance.unknown.map(\.fact) == ["bleeding"])
    #expect(instance.flips.first?.changes == [FactChange(fact: "bleeding", from: "unknown", to: "yes")])
  }

  @Test func `a patient outside of the scope may need another diagnosis`() throws {
    let instance = try #require(try Ward.explain("give", "diagnosis: [asthma]\nlevel: high").instances.first)
    #expect(instance.scope == .no)
    #expect(instance.flips.first?.changes == [FactChange(fact: "diagnosis", from: "asthma", to: "lupus, asthma")])
  }

  @Test func `a rule that is overridden flips when its overrider falls silent`() throws {
    let facts = Self.patient + "wbc: [{value: 1.9 10*9/L, on: 2026-05-30}]"
    let instance = try #require(try Ward.explain("give", facts).instances.first)
    #expect(instance.truth == .yes)
    #expect(instance.overriddenBy.map(\.rule) == ["stop-for-low-count"])
    #expect(instance.flips.first?.changes == [FactChange(fact: "wbc", from: "1.9 10*9/L", to: "2 10*9/L")])
  }

  @Test func `a rule over rows that are not there names a row that would do`() throws {
    let instance = try #require(try Ward.explain("count-after-start", Self.patient).instances.first)
    #expect(!instance.holds)
    #expect(
      instance.flips.first?.changes == [
        FactChange(
          fact: "medication", from: "no such row", to: "a row with drug thiopurine, status active, start 2026-06-01")
      ])
  }

  @Test func `each row of a record is an instance of its own`() throws {
    let facts = """
      diagnosis: [lupus]
      medication:
        - {drug: azathioprine, status: active, start: 2026-05-01}
        - {drug: allopurinol, status: active, start: 2026-05-02}
      """
    let result = try Ward.explain("count-after-start", facts)
    #expect(result.instances.map(\.truth) == [.yes, .no])
    #expect(result.instances.first?.conclusions.map(\.kind) == ["check"])
    #expect(result.instances.first?.flips.isEmpty == true)
  }

  @Test func `a rule that holds needs no flip`() throws {
    let facts = Self.patient + "wbc: [{value: 6 10*9/L, on: 2026-05-30}]"
    let instance = try #require(try Ward.explain("counts/give", facts).instances.first)
    #expect(instance.holds)
    #expect(instance.flips.isEmpty)
    #expect(instance.obstacles.isEmpty)
  }

  /// What is offered must come true: the changed facts are evaluated here anew.
  @Test(arguments: ["2.3", "2.0", "15"])
  func `a flip that is offered holds for a patient who has the changed facts`(count: String) throws {
    let explained = try Ward.explain(
      "stop-for-low-count", Self.patient + "wbc: [{value: \(count) 10*9/L, on: 2026-05-30}]")
    let change = try #require(explained.instances.first?.flips.first?.changes.first)
    let after = try Ward.report(Self.patient + "wbc: [{value: \(change.to), on: 2026-05-30}]")
    #expect(after.status("against azathioprine") == .certain)
  }

  @Test func `an unknown rule is answered with near names`() throws {
    #expect(throws: UnknownRule(name: "giv", nearest: ["give"])) { try Ward.explain("giv", Self.patient) }
  }

  @Test(arguments: [
    "{rule: give, because: the count is low}", "{conclusions: {recommend: azathioprine}, because: the count is low}",
  ])
  func `a rule that is overridden names who overrides it, where and why`(overrides: String) throws {
    let guideline = Ward.guideline.replacing("{rule: give, because: the count is low}", with: overrides)
    let library = Ward.library(guideline: guideline)
    let facts = Self.patient + "wbc: [{value: 1.9 10*9/L, on: 2026-05-30}]"
    let result = try library.guidelines(inForceOn: Ward.today).explain(
      rule: "give", library.facts(path: "patient.yaml", bytes: Array(facts.utf8)))
    let instance = try #require(result.instances.first)
    #expect(!instance.holds)
    let line =
      1
      + guideline.split(separator: "\n", omittingEmptySubsequences: false).prefix {
        !$0.contains("stop-for-low-count:")
      }.count
    #expect(
      instance.overriddenBy == [
        OverridingRule(
          guideline: "counts", rule: "stop-for-low-count", because: "the count is low", isCertain: true,
          path: "counts.yaml", line: line)
      ])
  }
}
