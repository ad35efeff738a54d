import ClinicalValues
import GuidelineCompiler
import RuleEngine

/// The numbers with which a program compares each of its inputs.
struct Cuts {
  var scalars: [ScalarSlotID: Set<Rational>] = [:]
  var columns: [Column: Set<Rational>] = [:]
  var pointValues: [SeriesSlotID: Set<Rational>] = [:]
  /// Day numbers on which an answer about the days of a series changes.
  var pointDays: [SeriesSlotID: Set<Rational>] = [:]
  /// Series of which more than the latest point is asked.
  var manyPoints: Set<SeriesSlotID> = []
  /// Values that are computed in a way that is not followed: of themselves.
  var computed: [ValueID: Set<Rational>] = [:]
  var definitions: [DefinitionNodeID: Set<Rational>] = [:]
  /// Terms that are told apart in a set: each mask is a question.
  var setMasks: [SetSlotID: Set<Mask>] = [:]
  /// Sets that are asked for values of other facts: every term counts.
  var openSets: Set<SetSlotID> = []
  /// Texts with which the value of a place is compared.
  var texts: [TextPlace: Set<TextID>] = [:]
  /// Places that are compared with other places: any text may matter to them.
  var openTexts: Set<TextPlace> = []
  var allTexts: Set<TextID> = []

  /// Where a text is recorded, or computed in a way that is not followed.
  enum TextPlace: Hashable {
    case scalar(ScalarSlotID)
    case column(Column)
    case series(SeriesSlotID)
    case computed(ValueID)
    case definition(DefinitionNodeID)
  }

  /// A text that stands for those which nobody mentions, beside the one behind the last text of the program.
  static let secondOtherText = TextID(index: .max)

  /// The texts between which questions about the place can tell a difference.
  func texts(of place: TextPlace, in program: Program) -> [TextID] {
    let other = TextID(index: UInt32(truncatingIfNeeded: program.sourceMap.texts.count))
    guard openTexts.contains(place) else { return [other] + (texts[place] ?? []).sorted { $0.index < $1.index } }
    return [other] + allTexts.sorted { $0.index < $1.index } + [Self.secondOtherText]
  }

  /// A column of the rows of a relation.
  struct Column: Hashable {
    var relation: RelationID
    var column: Int
  }
}

extension Cuts {
  /// Those of everything that the program asks.
  init(_ program: Program, today: Day) {
    var collector = CutCollector(graph: program.graph, today: today)
    self = collector.collect()
  }
}
