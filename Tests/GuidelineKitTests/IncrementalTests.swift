internal import ClinicalValues
internal import GuidelineCompiler
internal import GuidelineJSON
internal import GuidelineModel
internal import RuleEngine
internal import SourceText
internal import TestSupport
internal import Testing

@testable internal import GuidelineKit

/// A run after facts were learned and taken back is the run of the facts that remain.
@Suite struct IncrementalTests {
  @Test func `the fixture library answers as if the facts had come at once`() throws {
    let kept = try KeptSession("Tests/Fixtures/library", today: "2025-06-01", pool: FactPool.fixture)
    try kept.walk(steps: 120, seed: SeededRandom.announcedSeed(for: "facts of the fixture library"))
  }

  @Test func `the guidelines of the repository answer as if the facts had come at once`() throws {
    let kept = try KeptSession("guidelines", today: "2026-06-01", pool: FactPool.repository)
    try kept.walk(steps: 8, seed: SeededRandom.announcedSeed(for: "facts of the guidelines"))
  }

  @Test func `a session that saw everything and forgot it answers as an empty one`() throws {
    let kept = try KeptSession("Tests/Fixtures/library", today: "2025-06-01", pool: FactPool.fixture)
    let empty = kept.freshReport(.none, on: kept.today)
    for choice in 0..<3 {
      var session = Session(kept.guidelines.program.graph, today: kept.today)
      for option in FactPool.fixture where option.values.indices.contains(choice) {
        let facts = try kept.facts(["\(option.name): \(option.values[choice])"])
        _ = kept.report(facts, &session)
      }
      #expect(kept.report(.none, &session) == empty)
    }
  }
}

/// One session that is kept through changes, beside fresh ones.
struct KeptSession {
  let library: GuidelineLibrary
  let guidelines: Guidelines
  let today: Day
  let pool: [FactPool]

  init(_ folder: String, today: String, pool: [FactPool]) throws {
    var files = SourceFiles()
    for file in try FolderContent.content(of: folder) { files.add(path: file.path, bytes: file.bytes) }
    library = GuidelineLibrary(files)
    self.today = try #require(Day(iso: today))
    guidelines = try library.guidelines(inForceOn: self.today)
    self.pool = pool
  }

  /// Changes a few facts, and sometimes the day, at each step.
  func walk(steps: Int, seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var session = Session(guidelines.program.graph, today: today)
    var given: [String: String] = [:]
    var day = today
    var seen: Set<Report> = []
    for step in 0..<steps {
      for _ in 0...random.below(3) {
        let fact = random.pick(pool)
        given[fact.name] = random.below(3) == 0 ? nil : random.pick(fact.values)
      }
      if random.below(4) == 0 {
        day = Day(number: today.number + Int32(random.pick([-400, -13, -1, 0, 0, 1, 15, 40])))
        session.setToday(day)
      }
      let lines = given.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
      let facts = try facts(lines)
      let kept = report(facts, &session)
      let fresh = freshReport(facts, on: day)
      if kept != fresh {
        let words = [kept, fresh].map { String(decoding: canonicalJSON($0), as: UTF8.self) }
        Issue.record(
          """
          step \(step), today \(day.iso), \(lines.joined(separator: "; "))
          \(Shuffled.firstDifference(words[0], words[1]))
          """)
      }
      seen.insert(fresh)
    }
    // A walk along which nothing changes would show nothing.
    #expect(seen.count > steps / 4)
  }

  func facts(_ lines: [String]) throws -> Facts {
    guard !lines.isEmpty else { return .none }
    return try library.facts(path: "patient.yaml", bytes: Array(lines.joined(separator: "\n").utf8))
  }

  func freshReport(_ facts: Facts, on day: Day) -> Report {
    var session = Session(guidelines.program.graph, today: day)
    return report(facts, &session)
  }

  /// What the kept session says now, with its reasons.
  func report(_ facts: Facts, _ session: inout Session) -> Report {
    let intake = guidelines.program.takeIn(facts.given, into: &session)
    session.run()
    let lent = session
    var builder = ReportBuilder(
      program: guidelines.program, quotations: guidelines.source.quotations, intake: intake, session: lent,
      reasons: .all)
    let report = builder.build()
    session = builder.takeSession()
    return report
  }
}

/// A fact and what may be given for it.
struct FactPool {
  let name: String
  let values: [String]

  init(_ name: String, _ values: String...) {
    self.name = name
    self.values = values
  }

  static let fixture = [
    FactPool("patient.age", "55 a", "12 a", "18 a", "200 a", "{unknown: not_asked}"),
    FactPool("patient.weight", "70 kg", "62.5 kg", "{unknown: refused}"),
    FactPool("ild.present", "yes", "no"), FactPool("ild.rapidly_progressive", "yes", "no", "{unknown: not_seen}"),
    FactPool("tpmt.phenotype", "normal", "poor", "{unknown: not_tested}"),
    FactPool(
      "lab.wbc", "[]", "[{value: 6.0 10*9/L, on: 2025-03-01}]",
      "[{value: 6.0 10*9/L, on: 2025-03-01}, {value: 1.8 10*9/L, on: 2025-05-29}]",
      "[{value: 1.8 10*9/L, on: 2025-05-29}, {value: 2.8 10*9/L, on: 2025-06-20}]", "{unknown: lost}"),
    FactPool(
      "medication", "[]", "[{agent: azathioprine, status: active, start: 2025-01-10}]",
      "[{agent: azathioprine, status: planned}]", "[{agent: azathioprine}]",
      "[{agent: mycophenolate, status: active}, {agent: allopurinol}]", "[{status: active}]"),
  ]

  static let repository = [
    FactPool("patient.age", "55 a", "12 a"), FactPool("patient.weight", "70 kg", "60 kg"),
    FactPool("patient.pregnancy", "not_pregnant", "pregnant"),
    FactPool("diagnosis", "[sjogren]", "[]"), FactPool("ild.present", "yes", "no"),
    FactPool("ild.severity", "moderate", "mild", "severe"), FactPool("ild.symptomatic", "yes", "no"),
    FactPool("ild.rapidly_progressive", "yes", "no"), FactPool("treatment.steroid_sparing_needed", "yes", "no"),
    FactPool("tpmt.phenotype", "normal_metabolizer", "poor_metabolizer", "{unknown: not_tested}"),
    FactPool("tpmt.diplotype", "\"*1/*1\"", "\"*1/*3A\"", "\"*99/*98\"", "\"*97/*98\""),
    FactPool("nudt15.diplotype", "\"*1/*3\"", "\"*2/*3\"", "\"*1/*1\""),
    FactPool(
      "medication", "[]", "[{agent: azathioprine, status: planned, dose: 140 mg/d}]",
      "[{agent: azathioprine, status: active, dose: 100 mg/d, start: 2026-03-01}]",
      "[{agent: allopurinol, status: active}, {agent: azathioprine, status: planned}]"),
    FactPool(
      "lab.wbc", "[{value: 6.0 10*9/L, on: 2026-05-29}]", "[{value: 1.5 10*9/L, on: 2026-05-25}]", "[]"),
  ]
}
