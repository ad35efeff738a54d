internal import ClinicalValues
internal import GuidelineModel

/// Checks what `semantics.md` §6 guarantees, between a run and the run after some facts were learned, with K frozen.
struct Guarantees {
  let before: OracleRuns
  let after: OracleRuns
  private(set) var violations: [String] = []

  init(before: OracleRuns, after: OracleRuns) {
    self.before = before
    self.after = after
    checkCertainStays()
    checkImpossibleStays()
    checkEstimatesShrink()
    checkProvisional()
  }

  /// What is certain stays certain with the same fields.
  private mutating func checkCertainStays() {
    for (node, conclusions) in before.cautious.conclusions {
      let later = after.cautious.conclusions[node] ?? []
      for conclusion in conclusions where conclusion.stands == .yes {
        let stays = later.contains { $0.stands == .yes && $0.key.fields == conclusion.key.fields }
        if !stays { violations.append("certain is lost: \(node) \(conclusion.key.fields)") }
      }
    }
  }

  /// What may be concluded afterwards could be before, and its fields were among those that were possible.
  private mutating func checkImpossibleStays() {
    for (node, conclusions) in after.cautious.conclusions {
      let earlier = (before.cautious.conclusions[node] ?? []).filter { $0.stands != .no }
      for conclusion in conclusions where conclusion.stands != .no {
        if !earlier.contains(where: { Guarantees.covers($0.key.fields, conclusion.key.fields) }) {
          violations.append("the impossible is possible: \(node) \(conclusion.key.fields)")
        }
      }
    }
  }

  private mutating func checkEstimatesShrink() {
    for (id, guess) in before.cautious.definitions {
      guard let later = after.cautious.definitions[id] else { continue }
      if !guess.contains(later) {
        violations.append("\(before.library[id].name) was \(guess) and is \(later)")
      }
    }
  }

  /// Where nothing is excepted but what was before, what was provisional stands.
  private mutating func checkProvisional() {
    guard presumptionsHold() else { return }
    for (node, conclusions) in before.presumed.conclusions {
      let later = after.cautious.conclusions[node] ?? []
      for conclusion in conclusions where conclusion.stands == .yes {
        let stays = later.contains { $0.stands == .yes && $0.key.fields == conclusion.key.fields }
        if !stays { violations.append("provisional is lost: \(node) \(conclusion.key.fields)") }
      }
    }
  }

  private func presumptionsHold() -> Bool {
    for rule in after.cautious.effectives.keys {
      let earlier = before.presumed.effectives(of: rule)
      for instance in after.cautious.effectives(of: rule) where instance.excepted != .no {
        if !earlier.contains(where: { $0.key == instance.key && $0.excepted == .yes }) { return false }
      }
    }
    for (node, conclusions) in after.cautious.conclusions {
      let earlier = before.presumed.conclusions[node] ?? []
      for conclusion in conclusions where conclusion.overridden != .no {
        let wasOverridden = earlier.contains { $0.key.fields == conclusion.key.fields && $0.overridden == .yes }
        if !wasOverridden { return false }
      }
    }
    return true
  }

  /// Each field of the later conclusion, or its absence, is among what was possible.
  static func covers(_ earlier: [Int: Guess], _ later: [Int: Guess]) -> Bool {
    Set(earlier.keys).union(later.keys).allSatisfy { field in
      (earlier[field] ?? .none).contains(later[field] ?? .none)
    }
  }
}

extension OracleRuns {
  /// The default reading decides alike whatever the cautious one decides.
  var refinementViolations: [String] {
    var found: [String] = []
    for (id, guess) in cautious.definitions {
      if let other = presumed.definitions[id], !guess.contains(other) {
        found.append("\(library[id].name) is \(guess) cautiously and \(other) by default")
      }
    }
    for (node, conclusions) in cautious.conclusions {
      let others = presumed.conclusions[node] ?? []
      for conclusion in conclusions where conclusion.stands == .yes {
        if !others.contains(where: { $0.stands == .yes && $0.key.fields == conclusion.key.fields }) {
          found.append("certain but not by default: \(node) \(conclusion.key.fields)")
        }
      }
      let possible = conclusions.filter { $0.stands != .no }
      for other in others where other.stands != .no {
        if !possible.contains(where: { Guarantees.covers($0.key.fields, other.key.fields) }) {
          found.append("impossible but not by default: \(node) \(other.key.fields)")
        }
      }
    }
    return found
  }
}
