internal import ClinicalValues
internal import GuidelineCompiler
internal import GuidelineKit
internal import GuidelineModel
internal import RuleEngine
internal import SourceText

/// What the product says of one patient, in the words of the oracle.
enum EngineAnswer: Equatable {
  case refused
  case result(OracleResult)
}

/// The product behind the comparison: everything from the files to the report.
struct Engine {
  private let library: GuidelineLibrary
  /// The same documents, for the estimates that no report shows.
  private let program: Program?

  init?(_ texts: [(name: String, text: String)]) {
    var files = SourceFiles()
    for text in texts { files.add(path: text.name, bytes: Array(text.text.utf8)) }
    library = GuidelineLibrary(files)
    var problems: [String] = []
    var found = Diagnostics()
    program = LoadedLibrary(texts, problems: &problems).flatMap { Program.compile($0.library, into: &found) }
  }

  func evaluate(given: String) -> EngineAnswer {
    guard let program, let guidelines = try? library.guidelines(inForceOn: Settings.today),
      let facts = try? library.facts(path: "patient.yaml", bytes: Array(given.utf8))
    else { return .refused }
    var options = Guidelines.Options()
    options.validUntil = false
    return .result(OracleResult(guidelines.evaluate(facts, options), program))
  }
}

extension OracleResult {
  /// A report in the words of the oracle.
  init(_ report: Report, _ program: Program) {
    self.init()
    conclusions = report.conclusions.map { OracleConclusion($0) }.sorted()
    outOfScope = report.outOfScope.map(\.guideline).sorted()
    for item in report.undecided { undecided[item.guideline] = item.possible }
    for conflict in report.conflicts {
      switch conflict {
      case .conclusions(let members, _): conflicts.formUnion(Self.keys(members, report, program.library.vocabulary))
      case .rows(let guideline, let table, _): uniqueTables.insert("\(guideline)/\(table)")
      case .data(let facts, let reason): dataConflicts.insert(Self.words(facts, reason))
      }
    }
    due = Set(
      report.due.map { "\($0.isOverdue ? "overdue" : "due") \(OracleConclusion(report.conclusions[$0.conclusion]))" })
    violated = Set(report.violations.map { "\($0.guideline)/\($0.invariant)" })
    for need in report.needs { needs[need.fact] = need.count }
  }

  private static func words(_ facts: [String], _ reason: String) -> String {
    switch reason {
    case "derived_differs": "derived " + facts.joined(separator: " ")
    case "disagree": "agree " + facts.sorted().joined(separator: " ")
    default: reason + " " + facts.joined(separator: " ")
    }
  }

  /// The entries that the members of a conflict stand for.
  private static func keys(_ members: [Int], _ report: Report, _ vocabulary: Vocabulary) -> Set<String> {
    var keys: Set<String> = []
    for rule in vocabulary.conflicts {
      for left in members where report.conclusions[left].kind == vocabulary[rule.first].name {
        for right in members where right != left && report.conclusions[right].kind == vocabulary[rule.second].name {
          let pairs = rule.same.map { pair in
            (
              vocabulary[rule.first].fields[pair.first].name,
              OracleConclusion(report.conclusions[left]).fields[vocabulary[rule.first].fields[pair.first].name],
              OracleConclusion(report.conclusions[right]).fields[vocabulary[rule.second].fields[pair.second].name]
            )
          }
          guard pairs.allSatisfy({ $0.1 == $0.2 }) else { continue }
          let values = pairs.map { "\($0.0)=\($0.1 ?? "-")" }
          keys.insert(([vocabulary[rule.first].name, vocabulary[rule.second].name] + values).joined(separator: "|"))
        }
      }
    }
    return keys
  }
}

extension OracleConclusion {
  init(_ reported: ReportedConclusion) {
    var fields: [String: String] = [:]
    for field in reported.fields { fields[field.name] = field.value.oracleText }
    if !reported.undecidedFields.contains("subject") { fields["subject"] = reported.subject.oracleText }
    let status: OracleStatus =
      switch reported.status {
      case .certain: .certain
      case .provisional: .provisional
      case .possible: .possible
      case .overridden: .overridden
      }
    self.init(
      kind: reported.kind, fields: fields, undecided: Set(reported.undecidedFields), status: status,
      strength: reported.strength, certainty: reported.certainty, guideline: reported.guideline, rule: reported.rule)
  }
}

extension FieldValue {
  /// Quantities with their unit even where it is `1`.
  fileprivate var oracleText: String {
    if case .quantity(let value, let unit) = self { return "\(value.canonicalDecimal) \(unit)" }
    return description
  }
}

extension OracleResult {
  /// In what two results differ, in words; empty: they agree.
  func differences(from other: OracleResult) -> [String] {
    var found: [String] = []
    func compare<Part: Equatable>(_ name: String, _ first: Part, _ second: Part) {
      if first != second { found.append("\(name)\n  oracle: \(first)\n  engine: \(second)") }
    }
    let mine = Set(conclusions)
    let others = Set(other.conclusions)
    for conclusion in mine.subtracting(others).sorted() { found.append("only the oracle: \(conclusion)") }
    for conclusion in others.subtracting(mine).sorted() { found.append("only the engine: \(conclusion)") }
    compare("out of scope", outOfScope, other.outOfScope)
    compare("undecided", undecided, other.undecided)
    compare("conflicts", conflicts.sorted(), other.conflicts.sorted())
    compare("unique tables", uniqueTables.sorted(), other.uniqueTables.sorted())
    compare("conflicts in the data", dataConflicts.sorted(), other.dataConflicts.sorted())
    compare("due", due.sorted(), other.due.sorted())
    compare("violated", violated.sorted(), other.violated.sorted())
    compare("needs", needs.keys.sorted(), other.needs.keys.sorted())
    return found
  }
}
