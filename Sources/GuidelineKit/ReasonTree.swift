import ClinicalValues
import GuidelineModel
import RuleEngine

/// What outlines say of one patient: truths and numbers, without words.
///
/// It is filled again for the next patient, in the same memory.
struct ReasonTree: Sendable {
  struct Entry: Sendable {
    var truth = Truth.no
    /// False: the step is not shown for this patient.
    var isShown = true
    /// Of values and scalars: the number of the estimate; of a bound row: its number; of rows: where they stand in `rows`.
    var number: UInt32 = 0
    /// Of rows: how many there are; of a bound row: its relation.
    var count: UInt32 = 0
  }

  /// An entry for each step of each outline that was filled.
  private(set) var entries: ContiguousArray<Entry> = []
  private(set) var rows: ContiguousArray<UInt32> = []

  mutating func removeAll() {
    entries.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
  }

  /// Adds what these steps say under the present bindings.
  mutating func fill(
    _ range: Range<Int>, of steps: borrowing ContiguousArray<OutlineStep>, _ reading: Reading,
    _ session: inout Session
  ) {
    var place = range.lowerBound
    while place < range.upperBound {
      if let slot = steps[place].unlessGiven, session.isGivenKnown(slot) {
        for _ in place..<steps[place].end { entries.append(Entry(isShown: false)) }
        place = steps[place].end
      } else {
        fill(steps[place].kind, reading, &session)
        place += 1
      }
    }
  }

  @inline(__always)
  private mutating func fill(_ kind: OutlineStep.Kind, _ reading: Reading, _ session: inout Session) {
    var entry = Entry()
    switch kind {
    case .condition(let id), .negation(let id), .meaning(let id): entry.truth = session.truth(id, reading)
    case .boundRow(let variable):
      let relation = session.boundRelation(variable)
      entry.truth = session.isGhost(relation) ? .unknown : .yes
      entry.number = UInt32(truncatingIfNeeded: session.boundRow(variable))
      entry.count = relation.raw
    case .value(let id):
      let number = session.definitionNumber(DefinitionNodeID(id.index), reading)
      entry.truth = session.isUnknown(number) ? .unknown : .yes
      entry.number = number.raw
    case .scalar(_, let slot): if let slot { entry.number = session.givenNumber(slot).raw }
    case .derivable(_, let slot, let definition):
      let given = session.givenNumber(slot)
      entry.number = session.isUnknown(given) ? session.definitionNumber(definition, reading).raw : given.raw
    case .rows(let id):
      let start = rows.count
      session.appendRowsMatching(id, reading, to: &rows)
      entry.number = UInt32(truncatingIfNeeded: start)
      entry.count = UInt32(truncatingIfNeeded: rows.count - start)
    case .tableRow: entry.truth = .yes
    case .set, .series, .collection: break
    }
    entries.append(entry)
  }
}
