import GuidelineCompiler
import GuidelineModel
import RuleEngine

extension ReportBuilder {
  /// Candidates that are one conclusion, in the order in which they were found.
  struct Group {
    var members: [Int]
    /// The best of its members.
    var status: Status
  }

  /// Candidates in the order of a report: by kind, subject, the other fields by name, rule, status.
  static func groups(of candidates: [Candidate], _ program: Program) -> [Group] {
    let order = CandidateOrder(candidates, program)
    var groups: [Group] = []
    var run: [Group] = []
    for index in order.sorted() {
      if let first = run.first?.members.first, order.precedes(first, index) {
        groups += order.sorted(run)
        run = []
      }
      if let position = run.firstIndex(where: { order.areOne($0.members[0], index) }) {
        run[position].members.append(index)
        run[position].status = min(run[position].status, candidates[index].status)
      } else {
        run.append(Group(members: [index], status: candidates[index].status))
      }
    }
    return groups + order.sorted(run)
  }
}

/// The canonical order of conclusions.
///
/// Few comparisons have to look at texts: most are decided by numbers that are made once.
private struct CandidateOrder {
  let candidates: [ReportBuilder.Candidate]
  let program: Program
  private let heads: [Head]

  private struct Head {
    var kind: Int
    var beginning: UInt64
    var index: Int
  }

  init(_ candidates: [ReportBuilder.Candidate], _ program: Program) {
    self.candidates = candidates
    self.program = program
    heads = candidates.indices.map { index in
      Head(
        kind: program.index.places[candidates[index].place.index].kindRank,
        beginning: Self.beginning(candidates[index].fields.subject), index: index)
    }
  }

  /// The first bytes of a subject that is ordered as a text.
  private static func beginning(_ subject: FieldValue?) -> UInt64 {
    let text: String
    switch subject {
    case .term(let name, _): text = name
    case .text(let words): text = words
    default: return 0
    }
    var bytes: UInt64 = 0
    var count: UInt64 = 0
    for byte in text.utf8.prefix(8) {
      bytes = bytes << 8 | UInt64(byte)
      count += 1
    }
    return count == 0 ? 0 : bytes << (8 * (8 - count))
  }

  /// What stands in equal places of the order stays as it was found.
  func sorted() -> [Int] {
    heads.sorted { left, right in
      order(left, right) ?? (left.index < right.index)
    }.map(\.index)
  }

  func precedes(_ left: Int, _ right: Int) -> Bool { order(heads[left], heads[right]) ?? false }

  /// By kind, subject, fields, rule; nil: all of these are equal.
  private func order(_ left: Head, _ right: Head) -> Bool? {
    if left.kind != right.kind { return left.kind < right.kind }
    if left.beginning != right.beginning { return left.beginning < right.beginning }
    if let order = FieldValue.precedes(subject(left.index), subject(right.index)) { return order }
    if let order = Self.precedes(candidates[left.index].fields.others, candidates[right.index].fields.others) {
      return order
    }
    let (first, second) = (program.index.places[place(left.index)].rule, program.index.places[place(right.index)].rule)
    return first == second ? nil : byCodePoints(first, second)
  }

  private func subject(_ index: Int) -> FieldValue { candidates[index].fields.subject ?? .text("") }

  private func place(_ index: Int) -> Int { candidates[index].place.index }

  /// Whether two candidates of equal order say the same with the same grade.
  func areOne(_ left: Int, _ right: Int) -> Bool {
    let (one, other) = (candidates[left].fields, candidates[right].fields)
    return rest(left) == rest(right) && subject(left) == subject(right) && one.others == other.others
      && program.index.places[place(left)].kind == program.index.places[place(right)].kind
  }

  /// By status, guideline and grade.
  func sorted(_ run: [ReportBuilder.Group]) -> [ReportBuilder.Group] {
    guard run.count > 1 else { return run }
    return run.sorted { left, right in
      if left.status != right.status { return left.status < right.status }
      return rest(left.members[0]).precedes(rest(right.members[0]))
    }
  }

  private struct Rest: Equatable {
    var guideline: String
    var strength: String?
    var certainty: String?
    var undecided: [String]

    func precedes(_ other: Rest) -> Bool {
      Self.order(guideline, other.guideline) ?? Self.order(strength ?? "", other.strength ?? "")
        ?? Self.order(certainty ?? "", other.certainty ?? "")
        ?? undecided.lexicographicallyPrecedes(other.undecided, by: byCodePoints)
    }

    /// Nil: the texts are the same.
    private static func order(_ left: String, _ right: String) -> Bool? {
      left.utf8.elementsEqual(right.utf8) ? nil : byCodePoints(left, right)
    }
  }

  private func rest(_ index: Int) -> Rest {
    let place = candidates[index].place
    return Rest(
      guideline: program.index.places[place.index].guideline,
      strength: program.sourceMap.places[place.index].strength,
      certainty: program.sourceMap.places[place.index].certainty, undecided: candidates[index].fields.undecided)
  }

  /// The first field by name that differs decides; both lists stand in the order of names.
  private static func precedes(_ left: [ReportedField], _ right: [ReportedField]) -> Bool? {
    var (first, second) = (0, 0)
    while first < left.count || second < right.count {
      var one = first < left.count ? left[first] : nil
      var other = second < right.count ? right[second] : nil
      if isLater(one, than: other) { one = nil } else if isLater(other, than: one) { other = nil }
      if let order = FieldValue.precedes(one?.value, other?.value) { return order }
      if one != nil { first += 1 }
      if other != nil { second += 1 }
    }
    return nil
  }

  /// By name; nothing is later than all.
  private static func isLater(_ field: ReportedField?, than other: ReportedField?) -> Bool {
    guard let other else { return false }
    return field.map { byCodePoints(other.name, $0.name) } ?? true
  }
}
