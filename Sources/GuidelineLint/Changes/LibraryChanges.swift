package import GuidelineSyntax
package import SourceText

/// How a library differs from an earlier version of it: in what is written, and for whom.
package struct LibraryChanges: Sendable {
  package var documents: [DocumentChange] = []
  /// What was asked of all patients, for each choice of guidelines.
  package var companies: [CompanyChanges] = []

  /// Whether everything that could be asked was answered.
  package var isDecided: Bool { companies.allSatisfy { $0.undecided.isEmpty && $0.problem == nil } }

  package var changedConclusions: [ConclusionChange] { companies.flatMap(\.conclusions) }

  /// Whether it is proved that the advice is the same for everybody, and as strong.
  package var isProvedTheSame: Bool {
    isDecided && changedConclusions.isEmpty && companies.allSatisfy(\.strengths.isEmpty)
  }
}

/// One document in both versions, or in one.
package struct DocumentChange: Sendable {
  package enum Presence: Hashable, Sendable {
    case added
    case removed
    case both
  }

  package var kind: DocumentKind
  package var id: String
  package var edition: String?
  package var presence: Presence
  package var versionBefore: String?
  package var versionAfter: String?
  package var parts: [PartChange] = []
  /// What its next version has to be at least; nil: it may stay.
  package var demanded: DemandedVersion?
  /// The place of its id, and of its version, in the later version.
  package var span: Span?
  package var versionSpan: Span?
  /// The folder of its file.
  package var folder: String = ""

  /// `sjogren-azathioprine@2026`.
  package var name: String { edition.map { "\(id)@\($0)" } ?? id }

  package var isSemantic: Bool { parts.contains { !$0.isEditorial } }
}

/// A part of a document that is not what it was.
package struct PartChange: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    case rule, row, table, definition, source, statement, scope, invariant, fact, terms, record, conclusion
    case head, section
  }

  package enum Change: Hashable, Sendable {
    case added
    case removed
    /// The same content under another name.
    case renamed(from: String)
    /// The keys that are not what they were; for a part that is no mapping, none.
    case changed(keys: [String])
  }

  package var kind: Kind
  package var name: String
  package var change: Change
  /// Only words that no answer depends on.
  package var isEditorial: Bool
  /// In the later version; nil: it is not there.
  package var span: Span?
}

/// For whom the advice of one choice of guidelines changes.
package struct CompanyChanges: Sendable {
  /// `in force`, `sjogren-azathioprine@2026 alone`.
  package var name: String
  package var conclusions: [ConclusionChange] = []
  package var strengths: [StrengthChange] = []
  /// Facts that are read now and were not before, and the other way round.
  package var newFacts: [String] = []
  package var formerFacts: [String] = []
  package var undecided: [UndecidedConclusion] = []
  /// What keeps some patients from being compared.
  package var limits: [String] = []
  /// How many conclusions there are, and how many of them had to be asked about.
  package var known = 0
  package var asked = 0
  /// Why nothing could be compared.
  package var problem: String?
}

/// A conclusion that stands for other patients than before.
package struct ConclusionChange: Sendable {
  package enum Change: String, Hashable, Sendable {
    /// Said of somebody of whom it was not said.
    case gained
    case lost
    /// Provisional before, certain now.
    case surer
    case lessSure = "less_sure"
    /// A field that is computed has another value.
    case value
  }

  package var change: Change
  /// `recommend azathioprine`, with the fields that are fixed.
  package var text: String
  /// The words of a patient's chart: `recommended: azathioprine (first-line maintenance)`.
  package var kind: String
  package var subject: String
  /// The rule that says it, by the document it stands in: now, or before when it is gone.
  package var guideline: String
  package var rule: String
  /// The document of the rule, with its edition.
  package var document: String
  /// The place of the rule in the later version; nil: it is not there.
  package var span: Span?
  /// Nothing like it was concluded before for anybody.
  package var isNewKind: Bool
  /// A minimal patient.
  package var patient: [String]
  package var before: [String]
  package var after: [String]
}

/// A rule whose strength or certainty is another.
package struct StrengthChange: Hashable, Sendable {
  package var guideline: String
  /// With its edition.
  package var document: String
  package var rule: String
  package var text: String
  package var before: String
  package var after: String
  package var span: Span
}

/// A conclusion of which it is not known whether it changed for anybody.
package struct UndecidedConclusion: Hashable, Sendable {
  package var text: String
  package var reason: String
  package var guideline: String
  /// With its edition.
  package var document: String
  package var rule: String
  package var span: Span?
}
