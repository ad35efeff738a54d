internal import ClinicalValues
internal import GuidelineModel
internal import SourceText

@testable internal import GuidelineKit

/// What the product says of one patient, in the words of the oracle.
enum EngineAnswer: Equatable {
  case refused
  case result(OracleResult)
}

/// The product behind the comparison.
struct Engine {
  /// Nil: the content is refused.
  let compiled: Guidelines?
  private let library: GuidelineLibrary
  private let batch: Batch
  /// The same, stored and loaded again.
  private let stored: Guidelines?

  /// One session, kept from patient to patient.
  private final class Batch {
    private var session: PatientSession?
    private var count = 0

    init(_ guidelines: Guidelines?) { session = guidelines.map { PatientSession($0) } }

    /// With this or that left out of reports, so that patients with and without meet in the session.
    func evaluate(_ facts: Facts) -> Report? {
      count += 1
      var options = Guidelines.Options()
      options.reasons = count % 3 == 0
      options.validUntil = count % 4 == 0
      guard var own = session.take() else { return nil }
      let report = own.evaluate(facts, options)
      session = consume own
      return report
    }
  }

  init(_ texts: [(name: String, text: String)]) {
    var files = SourceFiles()
    for text in texts { files.add(path: text.name, bytes: Array(text.text.utf8)) }
    library = GuidelineLibrary(files)
    compiled = library.isValid ? try? library.guidelines(inForceOn: Settings.today) : nil
    batch = Batch(compiled)
    stored = compiled == nil ? nil : Self.loaded(library)
  }

  private static func loaded(_ library: GuidelineLibrary) -> Guidelines? {
    guard let bytes = try? library.program(today: Settings.today, folder: "", engine: "test") else { return nil }
    return try? GuidelineSource(program: bytes, engine: "test").guidelines(inForceOn: Settings.today)
  }

  /// The answer of the program that was stored and loaded.
  func evaluateStored(given: String) -> EngineAnswer { evaluate(given: given, with: stored) }

  /// The answer to the patient as one of many: a line of JSON, in a session that has seen those before.
  func evaluateAmongOthers(line: String) -> EngineAnswer {
    guard let facts = library.patient(line: Array(line.utf8), path: "patients.ndjson").facts,
      let report = batch.evaluate(facts)
    else { return .refused }
    return .result(OracleResult(report))
  }

  /// Nil: refused.
  func given(_ text: String) -> PatientFacts? {
    try? library.facts(path: "patient.yaml", bytes: Array(text.utf8)).given
  }

  /// Nil: refused.
  func facts(_ given: String) -> Facts? { try? library.facts(path: "patient.yaml", bytes: Array(given.utf8)) }

  /// The same library seen from another day.
  func onDay(_ day: Day) throws -> Guidelines { try library.guidelines(inForceOn: day) }

  func evaluate(given: String) -> EngineAnswer { evaluate(given: given, with: compiled) }

  private func evaluate(given: String, with guidelines: Guidelines?) -> EngineAnswer {
    guard let guidelines, let facts = try? library.facts(path: "patient.yaml", bytes: Array(given.utf8))
    else { return .refused }
    var options = Guidelines.Options()
    options.reasons = false
    options.validUntil = false
    return .result(OracleResult(guidelines.evaluate(facts, options)))
  }
}

extension OracleResult {
  init(_ report: Report) {
    let all = report.conclusions.map(OracleConclusion.init)
    conclusions = all.sorted()
    outOfScope = report.outOfScope.map(\.guideline).sorted()
    for guideline in report.undecided { undecided[guideline.guideline] = guideline.possible }
    for conflict in report.conflicts {
      switch conflict {
      case .conclusions(let indices, let status):
        conflicts.insert(OracleResult.conflict(indices.map { all[$0] }, status.rawValue))
      case .rows(let guideline, let table, _): uniqueTables.insert("\(guideline)/\(table)")
      case .data(let facts, let reason): dataConflicts.insert(([reason] + facts.sorted()).joined(separator: " "))
      }
    }
    due = Set(report.due.map { "\($0.isOverdue ? "overdue" : "due") \(all[$0.conclusion])" })
    violated = Set(report.violations.map { "\($0.guideline)/\($0.invariant)" })
    for value in report.derived { words[value.name] = value.text }
    for need in report.needs { needs[need.fact] = need.count }
  }

  static func conflict(_ conclusions: [OracleConclusion], _ status: String) -> String {
    "\(status): " + conclusions.map(\.description).sorted().joined(separator: " & ")
  }
}

extension OracleConclusion {
  fileprivate init(_ conclusion: ReportedConclusion) {
    var fields: [String: String] = [:]
    var undecided = Set(conclusion.undecidedFields)
    for field in conclusion.fields { fields[field.name] = field.value.printed }
    if !undecided.contains("subject") { fields["subject"] = conclusion.subject.printed }
    if fields["subject"] == "" { fields["subject"] = nil }
    undecided.subtract(fields.keys)
    self.init(
      kind: conclusion.kind, fields: fields, undecided: undecided,
      status: OracleStatus(conclusion.status), strength: conclusion.strength, certainty: conclusion.certainty,
      guideline: conclusion.guideline, rule: conclusion.rule)
  }
}

extension OracleStatus {
  fileprivate init(_ status: Status) {
    self =
      switch status {
      case .certain: .certain
      case .provisional: .provisional
      case .possible: .possible
      case .overridden: .overridden
      }
  }
}

extension FieldValue {
  fileprivate var printed: String {
    switch self {
    case .term(let name, _): name
    case .quantity(let number, let unit): "\(Printing.decimal(number)) \(unit)"
    case .number(let number): Printing.decimal(number)
    case .date(let day): day.iso
    case .text(let text): text
    }
  }
}

extension OracleResult {
  /// In what two results differ, in words; empty: they agree.
  func differences(from other: OracleResult) -> [String] {
    var found: [String] = []
    func compare<Part: Equatable>(_ part: String, _ first: Part, _ second: Part) {
      guard Settings.compares(part), first != second else { return }
      found.append("\(part)\n  oracle: \(first)\n  engine: \(second)")
    }
    let mine = Set(conclusions)
    let others = Set(other.conclusions)
    for conclusion in mine.subtracting(others).sorted() { found.append("only the oracle: \(conclusion)") }
    for conclusion in others.subtracting(mine).sorted() { found.append("only the engine: \(conclusion)") }
    compare("scope", outOfScope, other.outOfScope)
    compare("undecided", undecided, other.undecided)
    compare("conflicts", conflicts.sorted(), other.conflicts.sorted())
    compare("unique", uniqueTables.sorted(), other.uniqueTables.sorted())
    compare("data", dataConflicts.sorted(), other.dataConflicts.sorted())
    compare("due", due.sorted(), other.due.sorted())
    compare("violated", violated.sorted(), other.violated.sorted())
    compare(
      "derived", words.sorted { $0.key < $1.key }.map { "\($0): \($1)" },
      other.words.sorted { $0.key < $1.key }.map { "\($0): \($1)" })
    compare("needs", needs.keys.sorted(), other.needs.keys.sorted())
    return found
  }
}
