internal import ClinicalValues
internal import GuidelineModel
internal import SourceText

/// All that may turn out of a patient, as far as a library can tell it apart.
///
/// Terms and sets: every one. Numbers: those that the library or the patient mentions, one between each two of them, and
/// one beyond either end. Days: every one around those that are mentioned, one long before and one long after. A series
/// that is not given: every bag of at most two of six points. A collection that is not given: every bag of at most two
/// rows of its fields, of at most one where that would be too many; numbers and days of such rows are three each.
/// What the library derives is left to it: to give another value would be a change.
struct Completions {
  private let library: Library
  private let words: MentionedWords
  private let intake: Intake
  private let masses: [Rational]
  private(set) var facts: PatientFacts
  private(set) var holes: [Hole] = []

  /// Holes beyond `limit` completions are filled with one of their values, so that the rest can be enumerated.
  init(_ library: Library, _ words: MentionedWords, _ facts: PatientFacts, limit: Int, dice: Dice) {
    self.library = library
    self.words = words
    self.facts = facts
    intake = Intake(facts, library.vocabulary, today: Settings.today)
    masses = Self.segments(words.numbers)
    var dice = dice
    var all = scalars() + seriesAndSets() + records()
    while !all.isEmpty {
      let hole = all.remove(at: dice.roll(0...(all.count - 1)))
      if let count = (holes + [hole]).completions, count <= limit {
        holes.append(hole)
      } else {
        hole.fill(&self.facts, with: dice.pick(hole.fillings))
      }
    }
  }

  // MARK: Holes

  private func scalars() -> [Hole] {
    library.vocabulary.facts.enumerated().compactMap { index, fact in
      let id = FactID(index)
      guard fact.shape == .scalar, words.names(fact.name), intake.scalars[id] == nil, library.derivations[id] == nil
      else { return nil }
      let none: [GivenValue] = fact.type == .date ? [.none] : []
      return Hole(
        place: .scalar(id), fillings: (values(fact.type, fact.range) + none).map(Hole.Filling.value), span: fact.span)
    }
  }

  private func seriesAndSets() -> [Hole] {
    library.vocabulary.facts.enumerated().flatMap { index, fact -> [Hole] in
      let id = FactID(index)
      guard words.names(fact.name) else { return [] }
      switch fact.shape {
      case .scalar: return []
      case .set:
        guard intake.sets[id] == nil else { return [] }
        return [Hole(place: .set(id), fillings: subsets(fact.type).map(Hole.Filling.members), span: fact.span)]
      case .series:
        guard intake.series[id] != nil else { return [absent(id, fact)] }
        return points(id, fact)
      }
    }
  }

  private func absent(_ id: FactID, _ fact: Fact) -> Hole {
    let points = few(values(fact.type, fact.range), 2).flatMap { value in
      ["2025-06-03", "2025-06-08", "2025-06-10"].compactMap(Day.init(iso:)).map {
        GivenPoint(value: value, on: .day($0), span: fact.span)
      }
    }
    return Hole(
      place: .series(id), fillings: Self.bags(of: points, atMost: 2).map(Hole.Filling.points), span: fact.span)
  }

  private func points(_ id: FactID, _ fact: Fact) -> [Hole] {
    guard case .points(let points)? = facts.series[id]?.first?.content else { return [] }
    return points.enumerated().flatMap { index, point -> [Hole] in
      var holes: [Hole] = []
      if point.value.isUnknown || isOutside(point.value, fact) {
        let fillings = values(fact.type, fact.range).map(Hole.Filling.value)
        holes.append(Hole(place: .pointValue(id, index), fillings: fillings, span: fact.span))
      }
      if point.on.isUnknown {
        let days = (1...10).map { Hole.Filling.value(.day(Day(number: Settings.today.number - 10 + $0))) }
        holes.append(Hole(place: .pointDay(id, index), fillings: days, span: fact.span))
      }
      return holes
    }
  }

  private func records() -> [Hole] {
    library.vocabulary.records.enumerated().flatMap { index, record -> [Hole] in
      let id = RecordID(index)
      guard words.names(record.name), !library.derivedRecords.contains(id) else { return [] }
      guard intake.records[id] != nil, case .rows(let rows)? = facts.records[id]?.first?.content
      else { return [absent(id, record)] }
      return rows.indices.flatMap { row in
        record.fields.indices.compactMap { field -> Hole? in
          let declared = record.fields[field]
          guard words.names(declared.name), rows[row].fields[field]?.isUnknown ?? true else { return nil }
          let fillings = (values(declared.type, nil) + [.none]).map(Hole.Filling.value)
          return Hole(place: .field(id, row: row, field: field), fillings: fillings, span: record.span)
        }
      }
    }
  }

  private func absent(_ id: RecordID, _ record: Record) -> Hole {
    var rows = [GivenRow(fields: [:], span: record.span)]
    for (index, field) in record.fields.enumerated() {
      let isTerm = if case .term = field.type { true } else { false }
      let all = isTerm ? values(field.type, nil) : few(values(field.type, nil), 3)
      let choices = words.names(field.name) ? all + [.none] : [GivenValue.none]
      rows = rows.flatMap { row in
        choices.map { value in
          var row = row
          row.fields[index] = value
          return row
        }
      }
    }
    let bags = Self.bags(of: rows, atMost: rows.count <= 30 ? 2 : 1)
    return Hole(place: .rows(id), fillings: bags.map(Hole.Filling.rows), span: record.span)
  }

  // MARK: Values

  private func values(_ type: ValueType, _ range: ClosedRational?) -> [GivenValue] {
    switch type {
    case .term(let group): return library.vocabulary[group].terms.indices.map(GivenValue.term)
    case .date: return days().map(GivenValue.day)
    case .text: return ["ab", "cd", "ef"].map(GivenValue.text)
    case .number, .duration:
      let low = words.numbers.min() ?? 0
      let high = words.numbers.max() ?? 0
      return ((low - 1)...(high + 1)).map { .number(Rational($0)) }
    case .quantity(let unit):
      let numbers = unit.symbol == "%" ? Self.segments(words.shares) : masses
      return numbers.compactMap { unit.canonical($0) }.filter { number in
        guard let range else { return true }
        return !Exact.isLess(number, range.low) && !Exact.isLess(range.high, number)
      }.map(GivenValue.number)
    }
  }

  private func days() -> [Day] {
    let near = (-10...4).map { Settings.today.number + $0 }
    return ([Settings.today.number - 400] + near + [Settings.today.number + 400]).map { Day(number: $0) }
  }

  private func isOutside(_ value: GivenValue, _ fact: Fact) -> Bool {
    guard case .number(let number) = value, let range = fact.range else { return false }
    return Exact.isLess(number, range.low) || Exact.isLess(range.high, number)
  }

  private func subsets(_ type: ValueType) -> [[Int]] {
    guard case .term(let group) = type else { return [[]] }
    return library.vocabulary[group].terms.indices.reduce(into: [[]]) { sets, term in
      sets += sets.map { $0 + [term] }
    }
  }

  /// So many of them, spread evenly.
  private func few(_ values: [GivenValue], _ count: Int) -> [GivenValue] {
    guard values.count > count else { return values }
    return (0..<count).map { values[$0 * (values.count - 1) / max(1, count - 1)] }
  }

  /// The numbers, one between each two of them, one below and one above.
  private static func segments(_ numbers: Set<Int64>) -> [Rational] {
    let sorted = numbers.union([0]).sorted()
    var found = [Rational(sorted[0] - 1)]
    for (index, number) in sorted.enumerated() {
      if index > 0 { found += [Rational(numerator: sorted[index - 1] + number, denominator: 2)].compactMap { $0 } }
      found.append(Rational(number))
    }
    return found + [Rational(sorted[sorted.count - 1] + 1)]
  }

  private static func bags<Item>(of items: [Item], atMost count: Int) -> [[Item]] {
    var bags: [[Item]] = [[]] + items.map { [$0] }
    guard count > 1 else { return bags }
    for first in items.indices {
      for second in first..<items.count { bags.append([items[first], items[second]]) }
    }
    return bags
  }
}
