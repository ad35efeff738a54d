internal import ClinicalValues
internal import GuidelineCohort
internal import SourceText
internal import Testing

@testable internal import GuidelineKit

/// Patients that are counted by columns, beside the oracle, who sees one after the other.
@Suite struct CohortAgreementTests {
  /// What a summary counts, by name.
  private struct Summary: Equatable, CustomStringConvertible {
    private(set) var counts: [String: Int] = [:]

    mutating func add(_ name: String, _ count: Int = 1) {
      if count > 0 { counts[name, default: 0] += count }
    }

    mutating func add(_ result: OracleResult, _ guidelines: [String]) {
      add("patients")
      for item in Set(result.conclusions.map { "\($0.status) \($0.kind) \($0.subject ?? "-")" }) { add(item) }
      for id in guidelines {
        add(result.outOfScope.contains(id) ? "outside \(id)" : result.undecided[id] == nil ? "in \(id)" : "open \(id)")
      }
      for need in result.needs.keys { add("need \(need)") }
      if !result.conflicts.isEmpty || !result.uniqueTables.isEmpty || !result.dataConflicts.isEmpty { add("conflict") }
      if !result.due.isEmpty { add("due") }
      if !result.violated.isEmpty { add("violated") }
    }

    mutating func add(_ found: CohortCounts, _ plan: CohortPlan) {
      add("patients", found.patients)
      for (tally, count) in zip(plan.tallies, found.conclusions) {
        guard case .term(let name, _) = tally.conclusion.subject else { continue }
        add("certain \(tally.conclusion.kind) \(name)", count)
      }
      for (id, outside) in zip(plan.guidelineIDs, found.outOfScope) {
        add("outside \(id)", outside)
        add("in \(id)", found.patients - outside)
      }
      for (name, count) in zip(plan.needs, found.needs) { add("need \(name)", count) }
      add("conflict", found.conflicting)
      add("due", found.due)
      add("violated", found.violating)
    }

    var description: String {
      counts.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
    }

    func differences(from other: Summary) -> [String] {
      Set(counts.keys).union(other.counts.keys).sorted().filter { counts[$0] != other.counts[$0] }
        .map { "\($0): \(counts[$0] ?? 0), not \(other.counts[$0] ?? 0)" }
    }
  }

  private struct Tally {
    var compared = 0
    var bySession = 0
    var notCovered = 0
    var invalid = 0
  }

  @Test func `columns count what the oracle counts`() throws {
    var tally = Tally()
    let libraries = max(1, Settings.pairs(unlessSet: 1_500) / 100)
    for number in 0..<libraries { try check(Settings.seed &+ UInt64(number), &tally) }
    print("columns beside the oracle, seed \(Settings.seed): \(tally)")
    #expect(tally.compared > tally.bySession, "\(tally)")
    #expect(tally.compared > 10 * libraries, "\(tally)")
  }

  private func check(_ seed: UInt64, _ tally: inout Tally) throws {
    var generator = PlainLibraryGenerator(seed: seed)
    let texts = generator.generate()
    var problems: [String] = []
    guard let loaded = LoadedLibrary(texts, problems: &problems) else {
      Issue.record("seed \(seed): \(problems)\n\(texts.dropFirst().map(\.text).joined(separator: "\n"))")
      return
    }
    var files = SourceFiles()
    for text in texts { files.add(path: text.name, bytes: Array(text.text.utf8)) }
    let library = GuidelineLibrary(files)
    guard library.isValid, let guidelines = try? library.guidelines(inForceOn: Settings.today),
      let stratified = StratifiedLibrary(loaded.library)
    else {
      tally.invalid += 1
      return
    }
    guard let plan = CohortPlan(guidelines, library.source) else {
      tally.notCovered += 1
      return
    }
    var worker = CohortWorker(plan)
    var dice = Dice(seed: seed &* 77)
    for round in 0..<3 {
      let lines = (0..<dice.pick([1, 63, 64, 65, 200, 256])).map { _ in generator.line(of: round) }
      let (bytes, ranges) = block(lines)
      let others = worker.read(bytes, ranges)
      let end = dice.chance(50) ? lines.count : dice.roll(0...lines.count)
      var expected = Summary()
      for (index, line) in lines.enumerated() where index < end && !others.contains(index) {
        if line.allSatisfy({ $0 == " " }) { continue }
        let patient = library.patient(line: Array(line.utf8), path: "patients.ndjson")
        guard let facts = patient.facts, let runs = OracleRuns(stratified, facts.given, today: Settings.today) else {
          Issue.record("seed \(seed): columns answer what is refused: \(line)")
          return
        }
        expected.add(runs.result(), plan.guidelineIDs)
      }
      var found = Summary()
      found.add(worker.counts(before: end), plan)
      let differences = found.differences(from: expected)
      #expect(
        differences.isEmpty,
        "seed \(seed) round \(round): \(differences)\n\(texts.dropFirst().map(\.text).joined(separator: "\n"))")
      tally.compared += expected.counts["patients"] ?? 0
      tally.bySession += others.count
    }
  }

  private func block(_ lines: [String]) -> ([UInt8], [Range<Int>]) {
    var bytes: [UInt8] = []
    var ranges: [Range<Int>] = []
    for line in lines {
      let start = bytes.count
      bytes += line.utf8
      ranges.append(start..<bytes.count)
      bytes.append(0x0A)
    }
    return (bytes, ranges)
  }
}
