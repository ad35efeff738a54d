internal import GuidelineSyntax

/// Words that the reports of changes share.
extension DocumentChange {
  /// Nothing about it is different.
  package var isUntouched: Bool { presence == .both && parts.isEmpty && versionBefore == versionAfter }

  /// `guideline`, `vocabulary`.
  package var kindWord: String { kind.rawValue }

  /// `sjogren-azathioprine@2026: 1.0.0 → 2.0.0`.
  var heading: String {
    switch presence {
    case .added: return "\(name) is new (\(versionAfter ?? "no version"))"
    case .removed: return "\(name) is gone (was \(versionBefore ?? "no version"))"
    case .both:
      let versions = (versionBefore ?? "no version", versionAfter ?? "no version")
      return versions.0 == versions.1 ? "\(name) (\(versions.0))" : "\(name): \(versions.0) → \(versions.1)"
    }
  }

  /// What its version has to be.
  var demand: String? {
    guard let demanded, let now = versionAfter, let why = reasonOfDemand else { return nil }
    let asked = "\(demanded.step.word) version, \(demanded.version) or higher (\(why))"
    return demanded.isMet ? "\(asked): \(now) is that" : "\(asked): \(now) is too low"
  }

  /// Why its version has to rise.
  var reasonOfDemand: String? {
    guard let demanded else { return nil }
    switch (demanded.step, demanded.isForDoubt) {
    case (_, true): return "it is not decided whether some patient's advice changes"
    case (.major, _): return "some patient's advice changes"
    case (.minor, _): return "something is said that was said of nobody before"
    case (.patch, _): return "proved: nobody's advice changes"
    }
  }
}

extension PartChange {
  var words: String {
    let what = "\(kind.words) `\(name)`"
    let editorial = isEditorial ? " (words only)" : ""
    switch change {
    case .added: return "\(what) added\(editorial)"
    case .removed: return "\(what) removed\(editorial)"
    case .renamed(let old): return "\(what) renamed, it was `\(old)`"
    case .changed(let keys):
      return keys.isEmpty
        ? "\(what) changed\(editorial)" : "\(what) changed: \(keys.joined(separator: ", "))\(editorial)"
    }
  }
}

extension PartChange.Kind {
  var words: String {
    switch self {
    case .head: "key"
    case .conclusion: "kind of conclusion"
    default: rawValue
    }
  }
}

extension ConclusionChange {
  /// What happens to it, for the patients concerned.
  var words: String {
    switch change {
    case .gained: isNewKind ? "is new: nobody had it before" : "stands now for patients for whom it did not"
    case .lost: "no longer stands for some patients"
    case .surer: "is certain now for patients for whom it was provisional"
    case .lessSure: "is only provisional now for patients for whom it was certain"
    case .value: "has another value for some patients"
    }
  }
}

extension CompanyChanges {
  /// What was proved of everything else.
  var proof: String {
    if let problem { return "Not compared: \(problem)." }
    let unaffected = known - asked
    let others: String
    switch (conclusions.isEmpty, strengths.isEmpty) {
    case (true, true): others = "no conclusion changes for anybody"
    case (true, false): others = "every conclusion stands for the same patients"
    case (false, _): others = "every other conclusion stands for the same patients"
    }
    guard undecided.isEmpty else {
      return "Not decided for \(undecided.count) of \(known) conclusions; of the others it is proved that \(others)."
    }
    return "Proved: \(others) (\(known) conclusions, \(unaffected) of them rest on nothing that changed)."
  }
}
