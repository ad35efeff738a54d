internal import ClinicalValues
internal import GuidelineModel

/// How firmly a conclusion stands.
enum OracleStatus: Int, Hashable, Comparable {
  case certain, provisional, possible, overridden

  static func < (left: OracleStatus, right: OracleStatus) -> Bool { left.rawValue < right.rawValue }
}

/// A conclusion as it is listed; equal ones are merged.
struct OracleConclusion: Hashable, Comparable, CustomStringConvertible {
  var kind: String
  /// Known fields by name, the subject among them, in canonical form.
  var fields: [String: String]
  /// Fields that are stated and not known.
  var undecided: Set<String>
  var status: OracleStatus
  var strength: String?
  var certainty: String?
  var guideline: String
  var rule: String

  var subject: String? { fields["subject"] }

  var description: String {
    let stated = fields.keys.filter { $0 != "subject" }.sorted().map { " \($0): \(fields[$0] ?? "")" }.joined()
    let open = undecided.isEmpty ? "" : " undecided: \(undecided.sorted().joined(separator: ","))"
    let grades = [strength, certainty].compactMap { $0 }.joined(separator: "/")
    return "\(status) \(kind) \(subject ?? "-")\(stated)\(open) [\(guideline)/\(rule) \(grades)]"
  }

  static func < (left: OracleConclusion, right: OracleConclusion) -> Bool { left.description < right.description }
}

/// What the oracle says of one library and one patient.
struct OracleResult: Hashable {
  var conclusions: [OracleConclusion] = []
  var outOfScope: [String] = []
  /// Guidelines of unknown scope, with the number of their possible conclusions that are not listed.
  var undecided: [String: Int] = [:]
  /// `kind|kind|same fields|status`.
  var conflicts: Set<String> = []
  /// Tables of which two rows hold.
  var uniqueTables: Set<String> = []
  /// Conflicts in the data, such as `contradictory x` or `agree x y`.
  var dataConflicts: Set<String> = []
  /// `due` or `overdue` with the conclusion.
  var due: Set<String> = []
  /// Invariants that are violated: `guideline/name`.
  var violated: Set<String> = []
  /// Facts and definitions by name: the cautious and the default estimate.
  var derived: [String: [String]] = [:]
  /// Definitions by name: what is known by default, in the words of reports.
  var words: [String: String] = [:]
  /// Questions, and how many conclusions name each.
  var needs: [String: Int] = [:]
}

/// A library with its components in the order of computation.
struct StratifiedLibrary {
  let library: Library
  let components: [[Node]]
  let settled: Settled

  /// Nil if the library is refused for a cycle.
  init?(_ library: Library) {
    let strata = Strata(library)
    guard let components = strata.components() else { return nil }
    self.library = library
    self.components = components
    settled = strata.unrolled.settled
  }
}

/// Both readings of one library for one patient.
struct OracleRuns {
  let library: Library
  let today: Day
  let cautious: Run
  let presumed: Run

  /// Nil if some component does not come to rest.
  ///
  /// `known` is K of another run, to be kept.
  init?(_ stratified: StratifiedLibrary, _ facts: PatientFacts, today: Day, known: [KnownTest: Truth] = [:]) {
    library = stratified.library
    self.today = today
    let intake = Intake(facts, library.vocabulary, today: today)
    cautious = Run(library, intake, today: today, isDefault: false, known: known)
    cautious.settled = stratified.settled
    guard cautious.run(stratified.components) else { return nil }
    presumed = Run(library, intake, today: today, isDefault: true, known: cautious.known)
    guard presumed.run(stratified.components) else { return nil }
  }
}

/// Evaluates a library for a patient, as naively as the semantics can be read; nil: refused for a cycle.
func oracleEvaluate(_ library: Library, _ facts: PatientFacts, today: Day) -> OracleResult? {
  StratifiedLibrary(library).flatMap { OracleRuns($0, facts, today: today) }?.result()
}
