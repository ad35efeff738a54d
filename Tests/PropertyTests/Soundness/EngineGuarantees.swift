internal import ClinicalValues

/// What `semantics.md` §6 promises between what the engine says of a patient and what it says once more is learned.
struct EngineGuarantees {
  private(set) var violations: [String] = []
  /// How many conclusions that were provisional were looked for.
  private(set) var provisional = 0

  /// §6.1 and §6.3: the default reading decides alike whatever the cautious one decides.
  mutating func checkReadings(_ picture: EnginePicture) {
    let (first, second) = (picture.cautious, picture.presuming)
    compare("default reading", first, second)
  }

  /// §6.2 and §6.4: what is certain stays, what is impossible stays, estimates shrink.
  mutating func checkLearning(_ before: EnginePicture, _ after: EnginePicture) {
    compare("learning", before.cautious, after.cautious)
    checkReport(before.report, after.report)
  }

  /// §6.3: where all presumed exceptions are false, what was provisional is in the result.
  mutating func checkPresumptions(_ before: EnginePicture, _ completed: EnginePicture) {
    guard Self.presumptionsHold(before.presuming, completed.cautious) else { return }
    for (place, said) in before.presuming.said.enumerated() {
      for item in said where item.stands == .yes {
        let isCertain = before.cautious.said[place].contains { $0.stands == .yes && $0.fields == item.fields }
        if !isCertain { provisional += 1 }
        let stays = completed.cautious.said[place].contains { $0.stands == .yes && $0.fields == item.fields }
        if !stays { violations.append("provisional is lost: place \(place) \(item.fields)") }
      }
    }
  }

  // MARK: One reading and another

  private mutating func compare(_ what: String, _ first: EnginePicture.Reading, _ second: EnginePicture.Reading) {
    for (index, guess) in first.definitions.enumerated() where !guess.contains(second.definitions[index]) {
      violations.append("\(what): definition \(index) was \(guess) and is \(second.definitions[index])")
    }
    checkTruths("\(what): scope", first.scopes, second.scopes)
    checkTruths("\(what): rule", first.applies, second.applies)
    checkTruths("\(what): invariant", first.invariants, second.invariants)
    for (place, said) in first.said.enumerated() {
      let later = second.said[place]
      for item in said where item.stands == .yes {
        let stays = later.contains { $0.stands == .yes && $0.fields == item.fields }
        if !stays { violations.append("\(what): certain is lost: place \(place) \(item.fields)") }
      }
      let possible = said.filter { $0.stands != .no }
      for item in later where item.stands != .no {
        let was = possible.contains { Guarantees.covers($0.fields, item.fields) }
        if !was { violations.append("\(what): the impossible is possible: place \(place) \(item.fields)") }
      }
    }
    for (earlier, later) in zip(first.rows, second.rows) { checkRows(what, earlier, later) }
  }

  private mutating func checkTruths(_ what: String, _ first: [Truth], _ second: [Truth]) {
    for (index, truth) in first.enumerated() where truth != .unknown && truth != second[index] {
      violations.append("\(what) \(index) was \(truth) and is \(second[index])")
    }
  }

  private mutating func checkRows(
    _ what: String, _ earlier: [(cells: [Guess], truth: Truth)], _ later: [(cells: [Guess], truth: Truth)]
  ) {
    for row in earlier where row.truth == .yes && row.cells.allSatisfy({ !$0.isUnknown }) {
      if !later.contains(where: { $0.truth == .yes && $0.cells == row.cells }) {
        violations.append("\(what): a derived row is lost: \(row.cells)")
      }
    }
    for row in later where row.truth != .no {
      let was = earlier.contains { $0.truth != .no && zip($0.cells, row.cells).allSatisfy { $0.contains($1) } }
      if !was { violations.append("\(what): an impossible row is derived: \(row.cells)") }
    }
  }

  private static func presumptionsHold(_ before: EnginePicture.Reading, _ after: EnginePicture.Reading) -> Bool {
    func hold(_ earlier: [Truth], _ later: [Truth]) -> Bool {
      later.allSatisfy { $0 == .no } || !earlier.isEmpty && earlier.allSatisfy { $0 == .yes }
    }
    return zip(before.excepted, after.excepted).allSatisfy { hold($0, $1) }
      && zip(before.said, after.said).allSatisfy { hold($0.map(\.overridden), $1.map(\.overridden)) }
  }

  // MARK: Reports

  /// The same as far as a report shows it: of guidelines of unknown scope, possible conclusions are only counted.
  private mutating func checkReport(_ before: OracleResult, _ after: OracleResult) {
    let standing = Set(after.conclusions.filter { $0.status == .certain })
    for conclusion in before.conclusions where conclusion.status == .certain && !standing.contains(conclusion) {
      violations.append("report: certain is lost: \(conclusion)")
    }
    for conclusion in after.conclusions where conclusion.status != .overridden {
      if before.undecided[conclusion.guideline] ?? 0 > 0 { continue }
      let was = before.conclusions.contains { $0.status != .overridden && $0.mayBecome(conclusion) }
      if !was { violations.append("report: the impossible is possible: \(conclusion)") }
    }
    if !Set(before.outOfScope).isSubset(of: after.outOfScope) { violations.append("report: a scope has come back") }
    if !Set(after.undecided.keys).isSubset(of: before.undecided.keys) {
      violations.append("report: a scope is undecided again")
    }
  }
}

extension OracleConclusion {
  /// Whether learning what is undecided here can make this the other conclusion.
  fileprivate func mayBecome(_ other: OracleConclusion) -> Bool {
    kind == other.kind && guideline == other.guideline && rule == other.rule && strength == other.strength
      && certainty == other.certainty && fields.allSatisfy { other.fields[$0.key] == $0.value }
      && Set(other.fields.keys).union(other.undecided).isSubset(of: undecided.union(fields.keys))
  }
}
