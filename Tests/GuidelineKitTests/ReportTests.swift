internal import ClinicalValues
internal import Testing

@testable internal import GuidelineKit

@Suite struct ReportTests {
  private static let healthyCount = "wbc: [{value: 6.0 10*9/L, on: 2026-05-30}]"

  @Test(arguments: [
    ("level: high\nwbc: [{value: 6.0 10*9/L, on: 2026-05-30}]", Status.certain),
    ("level: high", .provisional),
    ("wbc: [{value: 6.0 10*9/L, on: 2026-05-30}]", .possible),
    ("level: high\nwbc: [{value: 1.9 10*9/L, on: 2026-05-30}]", .overridden),
  ])
  func `a recommendation has the status that its rule and its exceptions give it`(
    facts: String, expected: Status
  ) throws {
    let report = try Ward.report("diagnosis: [lupus]\n" + facts)
    #expect(report.status("recommend azathioprine") == expected)
  }

  @Test func `a rule that is false says nothing`() throws {
    let report = try Ward.report("diagnosis: [lupus]\nlevel: low\n" + Self.healthyCount)
    #expect(report.status("recommend azathioprine") == nil)
  }

  @Test func `what is overridden names the rule and its reason`() throws {
    let report = try Ward.report("diagnosis: [lupus]\nlevel: high\nwbc: [{value: 1 10*9/L, on: 2026-06-01}]")
    let overriders = report.conclusions.first { $0.rule == "give" }?.overriddenBy
    #expect(overriders?.map(\.rule) == ["stop-for-low-count"])
    #expect(overriders?.first?.because == "the count is low")
  }

  @Test func `a missing fact is asked for with its question`() throws {
    let report = try Ward.report("diagnosis: [lupus]\nmedication: []\n" + Self.healthyCount)
    let need = report.needs.first { $0.fact == "level" }
    #expect(need?.ask == "How severe is it?")
    #expect((need?.count ?? 0) >= 1)
    #expect(!report.needs.contains { $0.fact == "wbc" })
  }

  @Test func `a patient outside of the scope gets nothing and is told so`() throws {
    let report = try Ward.report("diagnosis: [asthma]\nlevel: high")
    #expect(report.conclusions.isEmpty)
    #expect(report.outOfScope.map(\.guideline) == ["counts"])
  }

  @Test func `an unknown scope is undecided and counts what it holds back`() throws {
    let report = try Ward.report("level: high\n" + Self.healthyCount)
    #expect(report.undecided.map(\.guideline) == ["counts"])
    #expect(report.undecided.first?.facts == ["diagnosis"])
    #expect((report.undecided.first?.possible ?? 0) > 0)
  }

  @Test func `conclusions that exclude each other are a conflict`() throws {
    let report = try Ward.report(
      "diagnosis: [lupus]\nlevel: high\nbleeding: yes\nplanned: 200 mg/d\nweight: 50 kg\n" + Self.healthyCount)
    let pairs = report.conflicts.compactMap { conflict -> [String]? in
      guard case .conclusions(let indices, .certain) = conflict else { return nil }
      return indices.map { report.conclusions[$0].kind }
    }
    #expect(pairs == [["against", "recommend"]])
  }

  @Test func `tests that disagree are a conflict in the data`() throws {
    let report = try Ward.report("diagnosis: [lupus]\nfirst_test: low\nsecond_test: high")
    #expect(report.conflicts == [.data(facts: ["first_test", "second_test"], reason: "disagree")])
  }

  @Test func `a dose without a weight is possible and says what it needs`() throws {
    let report = try Ward.report("diagnosis: [lupus]\nlevel: high\n" + Self.healthyCount)
    let dose = report.conclusions.first { $0.kind == "dose" }
    #expect(dose?.status == .possible)
    #expect(dose?.undecidedFields == ["low"])
    #expect(dose?.settledBy == ["weight"])
  }

  @Test(arguments: [("2026-05-02", false), ("2026-05-01", true)])
  func `what is due today is not overdue, the day after it is`(start: String, isOverdue: Bool) throws {
    let report = try Ward.report(
      "diagnosis: [lupus]\nmedication: [{drug: azathioprine, status: active, start: \(start)}]")
    #expect(report.due.map(\.isOverdue) == [isOverdue])
  }

  @Test func `an answer is valid until a count is too old`() throws {
    let report = try Ward.report("diagnosis: [lupus]\nlevel: high\nmedication: []\n" + Self.healthyCount)
    #expect(report.validUntil?.iso == "2026-06-14")
  }

  @Test func `a reason carries what was written, what was found, and where`() throws {
    let report = try Ward.report("diagnosis: [lupus]\nlevel: high\n" + Self.healthyCount)
    let reason = try #require(report.conclusions.first { $0.rule == "give" }?.because.first)
    #expect(reason.text == "level >= medium")
    #expect(reason.truth == .yes)
    #expect(reason.file == "counts.yaml")
    #expect(reason.facts == [FactReading(fact: "level", value: "high")])
  }

  @Test func `the order of facts changes nothing`() throws {
    let lines = ["diagnosis: [lupus]", "level: high", "bleeding: yes", Self.healthyCount]
    let forward = try Ward.report(lines.joined(separator: "\n"))
    let backward = try Ward.report(lines.reversed().joined(separator: "\n"))
    #expect(forward == backward)
  }
}
