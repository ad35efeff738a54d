internal import GuidelineJSON
internal import GuidelineLint

extension LibraryChanges {
  /// The changes for other programs.
  var json: JSONValue {
    .object([
      "documents": .array(documents.filter { !$0.isUntouched }.map(\.json)),
      "companies": .array(companies.map(\.json)),
      "proved_the_same": .bool(isProvedTheSame),
      "decided": .bool(isDecided),
    ])
  }
}

extension DocumentChange {
  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = [
      "kind": .string(kindWord), "id": .string(id), "parts": .array(parts.map(\.json)),
      "presence": .string(presence == .added ? "added" : presence == .removed ? "removed" : "both"),
    ]
    members["edition"] = edition.map { .string($0) }
    members["version_before"] = versionBefore.map { .string($0) }
    members["version_after"] = versionAfter.map { .string($0) }
    if let demanded {
      members["demanded"] = .object([
        "step": .string(demanded.step.word), "version": .string(demanded.version), "met": .bool(demanded.isMet),
        "for_doubt": .bool(demanded.isForDoubt),
      ])
    }
    return .object(members)
  }
}

extension PartChange {
  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = [
      "kind": .string(kind.rawValue), "name": .string(name), "editorial": .bool(isEditorial),
    ]
    switch change {
    case .added: members["change"] = .string("added")
    case .removed: members["change"] = .string("removed")
    case .renamed(let old):
      members["change"] = .string("renamed")
      members["from"] = .string(old)
    case .changed(let keys):
      members["change"] = .string("changed")
      members["keys"] = .strings(keys)
    }
    return .object(members)
  }
}

extension CompanyChanges {
  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = [
      "name": .string(name), "conclusions": .array(conclusions.map(\.json)),
      "strengths": .array(strengths.map(\.json)), "new_facts": .strings(newFacts),
      "former_facts": .strings(formerFacts), "limits": .strings(limits), "known": .count(known),
      "asked": .count(asked),
      "undecided": .array(
        undecided.map { item in
          .object([
            "conclusion": .string(item.text), "reason": .string(item.reason), "guideline": .string(item.guideline),
            "rule": .string(item.rule), "document": .string(item.document),
          ])
        }),
    ]
    members["problem"] = problem.map { .string($0) }
    return .object(members)
  }
}

extension ConclusionChange {
  fileprivate var json: JSONValue {
    .object([
      "change": .string(change.rawValue), "conclusion": .string(text), "kind": .string(kind),
      "subject": .string(subject), "guideline": .string(guideline), "document": .string(document),
      "rule": .string(rule), "new": .bool(isNewKind),
      "patient": .strings(patient), "before": .strings(before), "after": .strings(after),
    ])
  }
}

extension StrengthChange {
  fileprivate var json: JSONValue {
    .object([
      "guideline": .string(guideline), "document": .string(document), "rule": .string(rule),
      "conclusion": .string(text),
      "before": .string(before), "after": .string(after),
    ])
  }
}
