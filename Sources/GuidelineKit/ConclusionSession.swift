public import ClinicalValues
internal import GuidelineCompiler
internal import GuidelineModel
internal import RuleEngine

/// Conclusions and what they rest on, for one patient after the other, without a text.
///
/// Facts are checked and numbered once (`take`), and can then be asked as often as wanted (`conclude`). Reasons are put
/// into the memory of those of the patient before; only rules with rows or exceptions allocate. Each conclusion comes with its place, its status and the steps of its
/// reasons: where a condition is written, and its truth. Words are made on demand, and are those of a report.
///
/// ```swift
/// var session = ConclusionSession(guidelines)
/// let facts = try library.facts(path: "patient.json", bytes: bytes)
/// let taken = session.take(facts)
/// try session.conclude(taken)
/// for (index, conclusion) in session.conclusions.enumerated() where conclusion.status == .certain {
///   show(session.reported(index), session.reasons(of: index))
/// }
/// ```
///
/// Needs, conflicts, scopes and the day until which an answer holds are in reports only (`PatientSession`). A session
/// keeps every value that it has met: begin a new one after some thousand patients.
public struct ConclusionSession: ~Copyable, Sendable {
  private var builder: ReportBuilder
  private let mark = SessionMark()
  private var places: ContiguousArray<UInt32> = []

  /// What is concluded of the patient who was asked last, in the order of places.
  ///
  /// Each instance of a rule stands for itself: a report shows those that say the same in the same words as one. As in
  /// reports, what is only possible is left out while it is not known whether the guideline speaks for the patient.
  public private(set) var conclusions: ContiguousArray<DrawnConclusion> = []

  public init(_ guidelines: Guidelines) {
    builder = ReportBuilder(
      program: guidelines.program, quotations: guidelines.source.quotations, intake: IntakeReport(),
      session: Session(guidelines.program.graph, today: guidelines.today), reasons: .all)
  }

  /// Checks and numbers facts, as seen from the day of the guidelines.
  ///
  /// What cannot be used counts as unknown, as in reports. The conclusions of the patient before are gone.
  public mutating func take(_ facts: Facts) -> TakenFacts {
    forget()
    let intake = builder.program.takeIn(facts.given, into: &builder.session)
    return TakenFacts(mark: mark, interned: builder.session.internedFacts, intake: intake)
  }

  /// Draws all conclusions from facts, with the truth of everything that they rest on.
  ///
  /// - Throws: `ForeignFacts` if another session took them in: their numbers mean nothing here.
  public mutating func conclude(_ facts: TakenFacts) throws(ForeignFacts) {
    guard facts.mark === mark else { throw ForeignFacts() }
    forget()
    builder.intake = facts.intake
    builder.session.enter(facts.interned)
    builder.session.run()
    builder.session.listPlacesThatConclude(&places)
    places.sort()
    for index in places.indices { Self.draw(PlaceID(Int(places[index])), &builder, &conclusions) }
  }

  private mutating func forget() {
    conclusions.removeAll(keepingCapacity: true)
    builder.tree.removeAll()
  }

  private static func draw(
    _ place: PlaceID, _ builder: inout ReportBuilder, _ conclusions: inout ContiguousArray<DrawnConclusion>
  ) {
    if let (cautious, presuming) = builder.session.plainTruths(place) {
      guard let status = Status(cautious: cautious, presuming: presuming, isExcepted: false) else { return }
      return draw(place, [], status, &builder, &conclusions)
    }
    let cautious = builder.session.concluded(place, .cautious)
    let presuming = builder.session.concluded(place, .presuming)
    guard cautious != presuming else {
      for item in cautious {
        if let status = ReportBuilder.status(item, item) { draw(place, item.rows, status, &builder, &conclusions) }
      }
      return
    }
    for pair in ReportBuilder.pairs(cautious, presuming) {
      guard let status = ReportBuilder.status(pair.cautious, pair.presuming) else { continue }
      draw(place, builder.shown(pair, status)?.rows ?? [], status, &builder, &conclusions)
    }
  }

  private static func draw(
    _ place: PlaceID, _ rows: [Int], _ status: Status, _ builder: inout ReportBuilder,
    _ conclusions: inout ContiguousArray<DrawnConclusion>
  ) {
    if status == .possible, builder.isScopeUnknown(place) { return }
    let rule = builder.program.graph[place].rule
    if !rows.isEmpty { builder.session.bind(rows, of: rule) }
    let steps =
      builder.outlines.known(rule) ?? builder.outlines.outline(of: rule, builder.program, builder.quotations)
    let start = builder.tree.entries.count
    builder.tree.fill(steps, of: builder.outlines.steps, status.reading, &builder.session)
    conclusions.append(
      DrawnConclusion(placeID: place, status: status, rows: rows, firstEntry: start, outline: steps))
  }

  // MARK: Steps

  /// One step of the reasons of a conclusion; nil: there is no such step.
  ///
  /// `step`: below `stepCount` of the conclusion.
  public func step(_ step: Int, of conclusion: Int) -> ReasonStep? {
    guard conclusions.indices.contains(conclusion), (0..<conclusions[conclusion].stepCount).contains(step) else {
      return nil
    }
    let drawn = conclusions[conclusion]
    let entry = builder.tree.entries[drawn.firstEntry + step]
    let place = drawn.outline.lowerBound + step
    let own = builder.outlines.steps[place]
    let end = own.end - drawn.outline.lowerBound
    guard own.isLine else {
      return ReasonStep(content: .fact(name(of: own.kind)), isShown: entry.isShown, end: end)
    }
    let line = builder.outlines.lines[own.line]
    let content = ReasonStep.Content.line(
      text: line.text, truth: entry.truth, file: line.path, line: line.line, isException: own.isException)
    return ReasonStep(content: content, isShown: entry.isShown, end: end)
  }

  private func name(of kind: OutlineStep.Kind) -> String {
    let vocabulary = builder.program.library.vocabulary
    switch kind {
    case .scalar(let fact, _), .derivable(let fact, _, _), .set(let fact), .series(let fact):
      return vocabulary[fact].name
    case .collection(let record): return vocabulary[record].name
    case .rows(let rows):
      let relation = builder.program.graph[rows].relation
      if case .record(let record) = builder.program.sourceMap.relations[relation.index] {
        return vocabulary[record].name
      }
      return ""
    case .condition, .negation, .boundRow, .tableRow, .meaning, .value: return ""
    }
  }

  // MARK: Words

  /// The reasons of a conclusion, by its place among `conclusions`, as a report shows them; none: there is no such one.
  public mutating func reasons(of conclusion: Int) -> [Reason] {
    guard conclusions.indices.contains(conclusion) else { return [] }
    prepareWords()
    let drawn = conclusions[conclusion]
    return builder.reasons(drawn.outline, filledFrom: drawn.firstEntry)
  }

  /// A conclusion as a report shows it, without its reasons; nil: there is no such one.
  public mutating func reported(_ conclusion: Int) -> ReportedConclusion? {
    guard conclusions.indices.contains(conclusion) else { return nil }
    prepareWords()
    let drawn = conclusions[conclusion]
    for pair in builder.pairs(drawn.placeID) {
      guard let status = builder.status(pair, drawn.placeID), builder.shown(pair, status)?.rows == drawn.rows else {
        continue
      }
      let candidate = builder.candidate(drawn.placeID, pair, status)
      return builder.reported(candidate, explains: false)
    }
    return nil
  }

  /// Texts of the patient, and texts that were put together from values.
  private mutating func prepareWords() {
    builder.printer.texts = builder.intake.texts
    builder.printer.composites = builder.session.compositeTexts
  }
}

/// Facts that a session has checked and numbered.
public final class TakenFacts: Sendable {
  fileprivate let mark: SessionMark
  fileprivate let interned: InternedFacts
  fileprivate let intake: IntakeReport

  fileprivate init(mark: SessionMark, interned: InternedFacts, intake: IntakeReport) {
    self.mark = mark
    self.interned = interned
    self.intake = intake
  }
}

/// Tells sessions apart.
private final class SessionMark: Sendable {}

/// Facts were given to a session that did not take them in.
public struct ForeignFacts: Error, Hashable, Sendable {}

/// One conclusion of one patient, for one binding of the variables of its rule.
public struct DrawnConclusion: Sendable {
  let placeID: PlaceID
  public let status: Status
  let rows: [Int]
  /// Where its entries in the tree begin, and where its steps are.
  let firstEntry: Int
  let outline: Range<Int>

  /// The number of the conclusion as it is written: the same for every patient of the same guidelines.
  public var place: Int { placeID.index }

  /// How many steps its reasons have, shown or not.
  public var stepCount: Int { outline.count }
}

/// A step of the reasons of a conclusion: a line, or a fact that the line above it reads.
public struct ReasonStep: Hashable, Sendable {
  public enum Content: Hashable, Sendable {
    /// What is written, where it is written, and its answer; `isException`: it stands under `unless`.
    case line(text: String, truth: Truth, file: String, line: Int, isException: Bool)
    /// A fact or record by its name.
    case fact(String)
  }

  public let content: Content
  /// False: what it is derived from does not matter, for the fact itself is given.
  public let isShown: Bool
  /// The step behind the last one that is below it.
  public let end: Int
}
