import ClinicalValues
import GuidelineCompiler
import GuidelineModel
import GuidelineSyntax
import RuleEngine
import SourceText

/// Makes the report of a session that has run (`semantics.md` §4 and §7).
struct ReportBuilder: ~Copyable {
  let program: Program
  let files: SourceFiles
  let intake: IntakeReport
  var session: Session
  let printer: ValuePrinter
  /// Whether reasons are wanted; without them a report is made faster.
  let explains: Bool

  /// A conclusion before equal ones are merged.
  struct Candidate {
    var reported: ReportedConclusion
    var place: PlaceID
    var rows: [Int]
    var needs: Set<String>
  }

  init(
    program: Program, files: SourceFiles, intake: IntakeReport, session: consuming Session, explains: Bool
  ) {
    printer = ValuePrinter(program: program, texts: intake.texts, composites: session.compositeTexts)
    self.program = program
    self.files = files
    self.intake = intake
    self.session = session
    self.explains = explains
  }

  var library: Library { program.library }

  /// Hands the session back, to be used for another day.
  consuming func takeSession() -> Session { session }

  mutating func build() -> Report {
    var report = Report(today: session.today)
    var asked: [String: NeedCount] = [:]
    reportScopes(&report, &asked)
    let candidates = conclusions(&report)
    for candidate in candidates {
      for name in candidate.needs { asked[name, default: NeedCount()].add(candidate.reported.status) }
    }
    report.conclusions = candidates.map(\.reported)
    report.needs = needs(asked)
    report.conflicts = conflicts(report.conclusions)
    report.due = due(report.conclusions)
    report.violations = violations()
    report.derived = derivedValues()
    return report
  }

  // MARK: Scopes

  private mutating func reportScopes(_ report: inout Report, _ asked: inout [String: NeedCount]) {
    for (index, document) in library.documents.enumerated() where document.kind == .guideline {
      guard let scope = program.sourceMap.scopes[index] else { continue }
      switch session.truth(scope.node, .cautious) {
      case .yes: continue
      case .no:
        report.outOfScope.append(OutOfScope(guideline: document.id, because: explains ? failures(scope) : []))
      case .unknown:
        let facts = Set(questions(of: [scope.node], []))
        for fact in facts { asked[fact, default: NeedCount()].add(.possible) }
        report.undecided.append(
          UndecidedGuideline(guideline: document.id, facts: facts.sorted(by: byCodePoints), possible: 0))
      }
    }
  }

  // MARK: Conclusions

  /// All conclusions, equal ones merged, in canonical order.
  private mutating func conclusions(_ report: inout Report) -> [Candidate] {
    var equal: [MergeKey: [Candidate]] = [:]
    var uncounted: Set<MergeKey> = []
    for index in program.graph.places.indices {
      let place = PlaceID(index)
      for pair in pairs(place) {
        guard let status = status(pair, place) else { continue }
        let candidate = candidate(place, pair, status)
        if status == .possible, isScopeUnknown(place) {
          uncounted.insert(Self.key(candidate.reported))
        } else {
          equal[Self.key(candidate.reported), default: []].append(candidate)
        }
      }
    }
    for key in uncounted {
      if let index = report.undecided.firstIndex(where: { $0.guideline == key.guideline }) {
        report.undecided[index].possible += 1
      }
    }
    return equal.values.compactMap { merge($0) }.sorted { Self.precedes($0.reported, $1.reported) }
  }

  /// One instance as both readings see it; nil: a reading does not have it.
  struct Pair {
    var cautious: ConcludedInstance?
    var presuming: ConcludedInstance?
  }

  func pairs(_ place: PlaceID) -> [Pair] {
    let cautious = session.concluded(place, .cautious)
    let presuming = session.concluded(place, .presuming)
    if cautious == presuming { return cautious.map { Pair(cautious: $0, presuming: $0) } }
    var pairs: [[Int]: Pair] = [:]
    for item in cautious { pairs[item.rows, default: Pair()].cautious = item }
    for item in presuming { pairs[item.rows, default: Pair()].presuming = item }
    return pairs.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
  }

  func status(_ pair: Pair, _ place: PlaceID) -> Status? {
    switch (pair.cautious?.stands ?? .no, pair.presuming?.stands ?? .no) {
    case (.yes, .yes): .certain
    case (_, .yes): .provisional
    case (.unknown, _), (.yes, _), (.no, .unknown): .possible
    case (.no, .no): pair.presuming?.body == .yes ? .overridden : nil
    }
  }

  private func document(_ place: PlaceID) -> DocumentID { library[program.sourceMap.places[place.index].rule].document }

  private mutating func isScopeUnknown(_ place: PlaceID) -> Bool {
    guard let scope = program.sourceMap.scopes[document(place).index] else { return false }
    return session.truth(scope.node, .cautious) == .unknown
  }

  mutating func candidate(_ place: PlaceID, _ pair: Pair, _ status: Status) -> Candidate {
    let trace = program.sourceMap.places[place.index]
    let rule = library[trace.rule]
    let shown = (status == .possible ? pair.cautious : pair.presuming) ?? pair.presuming ?? pair.cautious
    let fields = printedFields(place, shown?.fields ?? [])
    let rows = shown?.rows ?? []
    session.bind(rows, of: program.graph[place].rule)
    var needs: Set<String> = []
    if status != .overridden { needs = questions(of: place, pair) }
    let reported = ReportedConclusion(
      kind: library.vocabulary[trace.kind].name,
      subject: fields.subject ?? .text(""), fields: fields.others, status: status, strength: trace.strength,
      certainty: trace.certainty, gradedAs: trace.gradedAs, guideline: library[rule.document].id,
      rule: rule.name, title: rule.title, sources: trace.citations.map { source($0) },
      because: explains ? reasons(place, rows, status) : [], undecidedFields: fields.undecided,
      overriddenBy: overriders(place, shown, status),
      settledBy: status == .certain ? [] : needs.sorted(by: byCodePoints))
    return Candidate(reported: reported, place: place, rows: rows, needs: needs)
  }

  private func source(_ citation: ResolvedCitation) -> ReportedSource {
    let document = library.documents.first { $0.id == citation.document }
    let title = document?.sources.first { $0.id == citation.source }?.title
    return ReportedSource(
      guideline: citation.document, source: citation.source, title: title, statements: citation.statements)
  }

  private func printedFields(
    _ place: PlaceID, _ values: [EstimateID?]
  ) -> (subject: FieldValue?, others: [ReportedField], undecided: [String]) {
    let kind = library.vocabulary[program.sourceMap.places[place.index].kind]
    var subject: FieldValue?
    var others: [ReportedField] = []
    var undecided: [String] = []
    for (field, id) in zip(program.graph[place].fields, values) {
      guard let id, kind.fields.indices.contains(Int(field.column)) else { continue }
      let declared = kind.fields[Int(field.column)]
      let value = printer.value(session.estimate(id), declared.type)
      if field.column == 0 { subject = value }
      if let value, field.column > 0 { others.append(ReportedField(name: declared.name, value: value)) }
      if value == nil { undecided.append(declared.name) }
    }
    others.sort { byCodePoints($0.name, $1.name) }
    return (subject, others, undecided.sorted(by: byCodePoints))
  }

  // MARK: Merging

  private struct MergeKey: Hashable {
    var guideline: String
    var rule: String
    var kind: String
    var subject: FieldValue
    var fields: [ReportedField]
    var undecided: [String]
    var strength: String?
    var certainty: String?
  }

  private static func key(_ reported: ReportedConclusion) -> MergeKey {
    MergeKey(
      guideline: reported.guideline, rule: reported.rule, kind: reported.kind, subject: reported.subject,
      fields: reported.fields, undecided: reported.undecidedFields, strength: reported.strength,
      certainty: reported.certainty)
  }

  /// Equal conclusions are one, with the best status and all reasons.
  ///
  /// What came from rows of a table is put in an order first that does not depend on where the rows stand.
  private func merge(_ candidates: [Candidate]) -> Candidate? {
    guard candidates.count > 1 else { return candidates.first }
    let keyed = candidates.map { ($0, Self.order($0.reported)) }
    var known: Candidate?
    for (candidate, _) in keyed.sorted(by: { $0.1.lexicographicallyPrecedes($1.1, by: byCodePoints) }) {
      guard var merged = known else {
        known = candidate
        continue
      }
      Self.merge(candidate, into: &merged)
      known = merged
    }
    return known
  }

  private static func order(_ reported: ReportedConclusion) -> [String] {
    let sources = reported.sources.flatMap { [$0.guideline, $0.source] + $0.statements }
    return sources + [reported.gradedAs ?? ""] + reported.because.map(\.text)
  }

  private static func merge(_ candidate: Candidate, into known: inout Candidate) {
    let reported = candidate.reported
    if reported.status < known.reported.status {
      known.reported.status = reported.status
      known.reported.because = reported.because
      known.reported.overriddenBy = reported.overriddenBy
    } else if reported.status == known.reported.status {
      for reason in reported.because where !known.reported.because.contains(reason) {
        known.reported.because.append(reason)
      }
      for item in reported.overriddenBy where !known.reported.overriddenBy.contains(item) {
        known.reported.overriddenBy.append(item)
      }
    }
    for source in reported.sources where !known.reported.sources.contains(source) {
      known.reported.sources.append(source)
    }
    known.needs.formUnion(candidate.needs)
    known.reported.settledBy = known.reported.status == .certain ? [] : known.needs.sorted(by: byCodePoints)
  }

  /// By kind, subject, the other fields by name, rule, status.
  private static func precedes(_ left: ReportedConclusion, _ right: ReportedConclusion) -> Bool {
    if left.kind != right.kind { return byCodePoints(left.kind, right.kind) }
    if let order = FieldValue.precedes(left.subject, right.subject) { return order }
    let names = Set((left.fields + right.fields).map(\.name)).sorted(by: byCodePoints)
    for name in names {
      let first = left.fields.first { $0.name == name }?.value
      let second = right.fields.first { $0.name == name }?.value
      if let order = FieldValue.precedes(first, second) { return order }
    }
    if left.rule != right.rule { return byCodePoints(left.rule, right.rule) }
    if left.status != right.status { return left.status < right.status }
    let leftRest = [left.guideline, left.strength ?? "", left.certainty ?? ""]
    let rightRest = [right.guideline, right.strength ?? "", right.certainty ?? ""]
    return leftRest.lexicographicallyPrecedes(rightRest, by: byCodePoints)
  }
}
