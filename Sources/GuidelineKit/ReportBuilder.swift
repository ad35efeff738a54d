import ClinicalValues
import GuidelineCompiler
import GuidelineModel
import GuidelineSyntax
import RuleEngine

/// Makes the report of a session that has run (`semantics.md` §4 and §7).
struct ReportBuilder: ~Copyable {
  let program: Program
  let quotations: Quotations
  var intake: IntakeReport
  var session: Session
  var printer: ValuePrinter
  /// Without reasons a report is made faster.
  let wanted: Reasons
  /// While conclusions are listed nothing changes in between, and what was asked before is known.
  var isListing = false
  var askedLast: RuleQuestions?
  var kept = KeptQuestions()
  /// The shapes of the reasons that were asked for so far, and what the last of them say of this patient.
  var outlines: ReasonOutlines
  var tree = ReasonTree()

  /// Which reasons are wanted.
  enum Reasons {
    case all
    /// Why guidelines do not apply.
    case ofScopes
    case none
  }

  /// A conclusion before equal ones are merged.
  struct Candidate {
    var place: PlaceID
    /// The instance whose fields and rows are shown.
    var shown: ConcludedInstance?
    var status: Status
    var fields: PrintedFields
    var needs: NeedSet
  }

  /// The fields of a conclusion, by name.
  struct PrintedFields {
    var subject: FieldValue?
    var others: [ReportedField] = []
    var undecided: [String] = []
  }

  init(
    program: Program, quotations: Quotations, intake: IntakeReport, session: consuming Session, reasons: Reasons,
    outlines: ReasonOutlines = ReasonOutlines()
  ) {
    printer = ValuePrinter(program: program, texts: intake.texts, composites: session.compositeTexts)
    self.program = program
    self.quotations = quotations
    self.intake = intake
    self.session = session
    wanted = reasons
    self.outlines = outlines
  }

  var library: Library { program.library }

  /// Hands the session back, to be used for another day.
  consuming func takeSession() -> Session { session }

  mutating func build() -> Report {
    isListing = true
    defer {
      isListing = false
      askedLast = nil
      kept = KeptQuestions()
    }
    var report = Report(today: session.today)
    var asked = NeedCounts(program.index.askable)
    reportScopes(&report, &asked)
    conclude(&report, &asked)
    report.needs = asked.needs
    report.conflicts = conflicts(report.conclusions)
    report.due = dueItems(report.conclusions, on: session.today)
    report.violations = violations()
    report.derived = derivedValues()
    return report
  }

  // MARK: Scopes

  private mutating func reportScopes(_ report: inout Report, _ asked: inout NeedCounts) {
    for (index, document) in library.documents.enumerated() where document.kind == .guideline {
      guard let scope = program.index.scopes[index] else { continue }
      switch session.truth(scope, .cautious) {
      case .yes: continue
      case .no:
        report.outOfScope.append(
          OutOfScope(
            guideline: document.id, because: wanted == .none ? [] : failures(ofScope: index)))
      case .unknown:
        let facts = questions(of: scope)
        asked.add(facts, .possible)
        report.undecided.append(
          UndecidedGuideline(guideline: document.id, facts: facts.names(in: program.index.askable), possible: 0))
      }
    }
  }

  // MARK: Conclusions

  /// All conclusions, equal ones merged, in canonical order.
  private mutating func conclude(_ report: inout Report, _ asked: inout NeedCounts) {
    var candidates: [Candidate] = []
    var uncounted: Set<MergeKey> = []
    for index in session.placesThatConclude.sorted() {
      let place = PlaceID(Int(index))
      for pair in pairs(place) {
        guard let status = status(pair, place) else { continue }
        if status == .possible, isScopeUnknown(place) {
          uncounted.insert(key(place, printedFields(place, shown(pair, status)?.fields ?? [])))
        } else {
          candidates.append(candidate(place, pair, status))
        }
      }
    }
    for key in uncounted {
      if let index = report.undecided.firstIndex(where: { $0.guideline == key.guideline }) {
        report.undecided[index].possible += 1
      }
    }
    let groups = Self.groups(of: candidates, program)
    report.conclusions.reserveCapacity(groups.count)
    for group in groups {
      let (reported, needs) = merge(group.members.map { candidates[$0] })
      asked.add(needs, reported.status)
      report.conclusions.append(reported)
    }
  }

  /// One instance as both readings see it; nil: a reading does not have it.
  struct Pair {
    var cautious: ConcludedInstance?
    var presuming: ConcludedInstance?
  }

  func pairs(_ place: PlaceID) -> [Pair] {
    Self.pairs(session.concluded(place, .cautious), session.concluded(place, .presuming))
  }

  static func pairs(_ cautious: [ConcludedInstance], _ presuming: [ConcludedInstance]) -> [Pair] {
    if cautious == presuming { return cautious.map { Pair(cautious: $0, presuming: $0) } }
    var pairs: [[Int]: Pair] = [:]
    for item in cautious { pairs[item.rows, default: Pair()].cautious = item }
    for item in presuming { pairs[item.rows, default: Pair()].presuming = item }
    return pairs.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
  }

  func status(_ pair: Pair, _ place: PlaceID) -> Status? { Self.status(pair.cautious, pair.presuming) }

  /// How one instance stands; nil: it says nothing.
  static func status(_ cautious: ConcludedInstance?, _ presuming: ConcludedInstance?) -> Status? {
    Status(
      cautious: cautious?.stands ?? .no, presuming: presuming?.stands ?? .no, isExcepted: presuming?.body == .yes)
  }

  mutating func isScopeUnknown(_ place: PlaceID) -> Bool {
    guard let scope = program.index.scopes[program.index.places[place.index].document.index] else { return false }
    return session.truth(scope, .cautious) == .unknown
  }

  func shown(_ pair: Pair, _ status: Status) -> ConcludedInstance? {
    (status == .possible ? pair.cautious : pair.presuming) ?? pair.presuming ?? pair.cautious
  }

  mutating func candidate(_ place: PlaceID, _ pair: Pair, _ status: Status) -> Candidate {
    let shown = shown(pair, status)
    let fields = printedFields(place, shown?.fields ?? [])
    let needs = status == .overridden ? NeedSet() : questions(of: place, pair)
    return Candidate(place: place, shown: shown, status: status, fields: fields, needs: needs)
  }

  /// A certain conclusion whose fields are constant: it asks nothing but what its rule asks.
  func plainCandidate(_ place: PlaceID, _ pair: Pair) -> Candidate {
    let fields = printedFields(place, pair.presuming?.fields ?? [])
    return Candidate(place: place, shown: pair.presuming, status: .certain, fields: fields, needs: NeedSet())
  }

  mutating func reported(_ candidate: Candidate) -> ReportedConclusion { reported(candidate, explains: wanted == .all) }

  mutating func reported(_ candidate: Candidate, explains: Bool) -> ReportedConclusion {
    let place = candidate.place
    let trace = program.sourceMap.places[place.index]
    let words = program.index.places[place.index]
    let rows = candidate.shown?.rows ?? []
    let status = candidate.status
    session.bind(rows, of: program.graph.places[place.index].rule)
    return ReportedConclusion(
      kind: words.kind, subject: candidate.fields.subject ?? .text(""), fields: candidate.fields.others,
      status: status, strength: trace.strength, certainty: trace.certainty, gradedAs: trace.gradedAs,
      guideline: words.guideline, rule: words.rule, title: words.title,
      sources: zip(trace.citations, words.sourceTitles).map { citation, title in
        ReportedSource(
          guideline: citation.document, source: citation.source, title: title, statements: citation.statements)
      },
      because: explains ? reasons(place, rows, status) : [], undecidedFields: candidate.fields.undecided,
      overriddenBy: overriders(place, candidate.shown, status),
      settledBy: status == .certain ? [] : candidate.needs.names(in: program.index.askable))
  }

  private func printedFields(_ place: PlaceID, _ values: [EstimateID?]) -> PrintedFields {
    var printed = PrintedFields()
    for index in program.index.places[place.index].order where values.indices.contains(index) {
      guard let id = values[index], let field = program.index.places[place.index].fields[index] else { continue }
      let value = printer.value(session.estimate(id), field.type)
      if field.isSubject {
        printed.subject = value
      } else if let value {
        printed.others.append(ReportedField(name: field.name, value: value))
      }
      if value == nil { printed.undecided.append(field.name) }
    }
    return printed
  }

  // MARK: Merging

  /// Conclusions with equal keys are one.
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

  private func key(_ place: PlaceID, _ fields: PrintedFields) -> MergeKey {
    let words = program.index.places[place.index]
    return MergeKey(
      guideline: words.guideline, rule: words.rule, kind: words.kind, subject: fields.subject ?? .text(""),
      fields: fields.others, undecided: fields.undecided,
      strength: program.sourceMap.places[place.index].strength,
      certainty: program.sourceMap.places[place.index].certainty)
  }

  /// Equal conclusions are one, with the best status and all reasons.
  ///
  /// What came from rows of a table is put in an order first that does not depend on where the rows stand.
  private mutating func merge(_ candidates: [Candidate]) -> (ReportedConclusion, NeedSet) {
    guard candidates.count > 1 else { return (reported(candidates[0]), candidates[0].needs) }
    var needs = NeedSet()
    for candidate in candidates { needs.formUnion(candidate.needs) }
    // The reasons take part in the order, whether they are shown or not.
    let keyed = candidates.map { candidate in
      let reported = reported(candidate, explains: wanted != .none)
      return (reported, Self.order(reported))
    }
    let sorted = keyed.sorted { $0.1.lexicographicallyPrecedes($1.1, by: byCodePoints) }
    var merged = sorted[0].0
    for (reported, _) in sorted.dropFirst() { Self.merge(reported, into: &merged) }
    if wanted != .all { merged.because = [] }
    merged.settledBy = merged.status == .certain ? [] : needs.names(in: program.index.askable)
    return (merged, needs)
  }

  private static func order(_ reported: ReportedConclusion) -> [String] {
    let sources = reported.sources.flatMap { [$0.guideline, $0.source] + $0.statements }
    return sources + [reported.gradedAs ?? ""] + reported.because.map(\.text)
  }

  private static func merge(_ reported: ReportedConclusion, into known: inout ReportedConclusion) {
    if reported.status < known.status {
      known.status = reported.status
      known.because = reported.because
      known.overriddenBy = reported.overriddenBy
    } else if reported.status == known.status {
      for reason in reported.because where !known.because.contains(reason) { known.because.append(reason) }
      for item in reported.overriddenBy where !known.overriddenBy.contains(item) { known.overriddenBy.append(item) }
    }
    for source in reported.sources where !known.sources.contains(source) { known.sources.append(source) }
  }
}
