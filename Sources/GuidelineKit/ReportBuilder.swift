import ClinicalValues
import GuidelineCompiler
import GuidelineModel
import GuidelineSyntax
import RuleEngine

/// Makes the report of a session that has run (`semantics.md` §4 and §7).
struct ReportBuilder: ~Copyable {
  let program: Program
  let quotations: Quotations
  let intake: IntakeReport
  var session: Session
  let printer: ValuePrinter
  /// Whether reasons are wanted; without them a report is made faster.
  let explains: Bool
  /// While conclusions are listed nothing changes in between, and what was asked of a rule last is known.
  var isListing = false
  var askedLast: RuleQuestions?

  /// A conclusion before equal ones are merged.
  struct Candidate {
    var reported: ReportedConclusion
    var place: PlaceID
    var rows: [Int]
    var needs: Set<String>
  }

  init(
    program: Program, quotations: Quotations, intake: IntakeReport, session: consuming Session, explains: Bool
  ) {
    printer = ValuePrinter(program: program, texts: intake.texts, composites: session.compositeTexts)
    self.program = program
    self.quotations = quotations
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
    report.due = dueItems(report.conclusions, on: session.today)
    report.violations = violations()
    report.derived = derivedValues()
    return report
  }

  // MARK: Scopes

  private mutating func reportScopes(_ report: inout Report, _ asked: inout [String: NeedCount]) {
    for (index, document) in library.documents.enumerated() where document.kind == .guideline {
      guard let scope = program.index.scopes[index] else { continue }
      switch session.truth(scope, .cautious) {
      case .yes: continue
      case .no:
        report.outOfScope.append(
          OutOfScope(
            guideline: document.id, because: explains ? program.sourceMap.scopes[index].map { failures($0) } ?? [] : [])
        )
      case .unknown:
        let facts = Set(questions(of: [scope], []))
        for fact in facts { asked[fact, default: NeedCount()].add(.possible) }
        report.undecided.append(
          UndecidedGuideline(guideline: document.id, facts: facts.sorted(by: byCodePoints), possible: 0))
      }
    }
  }

  // MARK: Conclusions

  /// All conclusions, equal ones merged, in canonical order.
  private mutating func conclusions(_ report: inout Report) -> [Candidate] {
    isListing = true
    defer {
      isListing = false
      askedLast = nil
    }
    var equal: [MergeKey: [Candidate]] = [:]
    var uncounted: Set<MergeKey> = []
    for index in program.graph.places.indices {
      let place = PlaceID(index)
      for pair in pairs(place) {
        guard let status = status(pair, place) else { continue }
        let candidate = candidate(place, pair, status)
        let key = Self.key(candidate.reported)
        if status == .possible, isScopeUnknown(place) {
          uncounted.insert(key)
        } else {
          equal[key, default: []].append(candidate)
        }
      }
    }
    for key in uncounted {
      if let index = report.undecided.firstIndex(where: { $0.guideline == key.guideline }) {
        report.undecided[index].possible += 1
      }
    }
    let merged = equal.values.compactMap { merge($0) }
    // Candidates are large: their places are sorted, and each is moved once.
    return merged.indices.sorted { Self.precedes(merged[$0].reported, merged[$1].reported) }.map { merged[$0] }
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

  private mutating func isScopeUnknown(_ place: PlaceID) -> Bool {
    guard let scope = program.index.scopes[program.index.places[place.index].document.index] else { return false }
    return session.truth(scope, .cautious) == .unknown
  }

  mutating func candidate(_ place: PlaceID, _ pair: Pair, _ status: Status) -> Candidate {
    let trace = program.sourceMap.places[place.index]
    let words = program.index.places[place.index]
    let shown = (status == .possible ? pair.cautious : pair.presuming) ?? pair.presuming ?? pair.cautious
    let fields = printedFields(place, shown?.fields ?? [])
    let rows = shown?.rows ?? []
    session.bind(rows, of: program.graph[place].rule)
    var needs: Set<String> = []
    if status != .overridden { needs = questions(of: place, pair) }
    let reported = ReportedConclusion(
      kind: library.vocabulary[trace.kind].name,
      subject: fields.subject ?? .text(""), fields: fields.others, status: status, strength: trace.strength,
      certainty: trace.certainty, gradedAs: trace.gradedAs, guideline: words.guideline,
      rule: words.rule, title: words.title,
      sources: zip(trace.citations, words.sourceTitles).map { citation, title in
        ReportedSource(
          guideline: citation.document, source: citation.source, title: title, statements: citation.statements)
      },
      because: explains ? reasons(place, rows, status) : [], undecidedFields: fields.undecided,
      overriddenBy: overriders(place, shown, status),
      settledBy: status == .certain ? [] : needs.sorted(by: byCodePoints))
    return Candidate(reported: reported, place: place, rows: rows, needs: needs)
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
    if let order = precedes(left.fields, right.fields) { return order }
    if left.rule != right.rule { return byCodePoints(left.rule, right.rule) }
    if left.status != right.status { return left.status < right.status }
    let leftRest = [left.guideline, left.strength ?? "", left.certainty ?? ""] + left.undecidedFields
    let rightRest = [right.guideline, right.strength ?? "", right.certainty ?? ""] + right.undecidedFields
    return leftRest.lexicographicallyPrecedes(rightRest, by: byCodePoints)
  }

  /// The first field by name that differs decides; both lists stand in the order of names.
  private static func precedes(_ left: [ReportedField], _ right: [ReportedField]) -> Bool? {
    var (first, second) = (left[...], right[...])
    while let name = [first.first?.name, second.first?.name].compactMap(\.self).min(by: byCodePoints) {
      let one = first.first?.name == name ? first.popFirst()?.value : nil
      let other = second.first?.name == name ? second.popFirst()?.value : nil
      if let order = FieldValue.precedes(one, other) { return order }
    }
    return nil
  }
}
