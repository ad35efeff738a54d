package import ClinicalValues
package import SourceText

/// Patients with what must and must not be concluded, resolved.
package struct TestSuite: Sendable {
  package var id: String
  package var cases: [TestCase]
  package var span: Span

  package init(id: String, cases: [TestCase], span: Span) {
    self.id = id
    self.cases = cases
    self.span = span
  }
}

/// One patient; what `from` takes over is filled in.
package struct TestCase: Sendable {
  package var name: String
  package var title: String?
  package var selection: Selection
  package var facts: PatientFacts
  package var expect: [TestPattern] = []
  package var never: [TestPattern] = []
  package var needs: [NeedExpectation] = []
  package var derives: [DerivedExpectation] = []
  package var conflicts: [ConflictExpectation] = []
  /// Ids of guidelines.
  package var outOfScope: [NamedPlace] = []
  package var span: Span

  package init(name: String, selection: Selection, facts: PatientFacts, span: Span) {
    self.name = name
    self.selection = selection
    self.facts = facts
    self.span = span
  }

  package var today: Day { selection.day }
}

/// A name with its place.
package struct NamedPlace: Hashable, Sendable {
  package var name: String
  package var span: Span

  package init(name: String, span: Span) {
    self.name = name
    self.span = span
  }
}

/// A pattern over the conclusions of a result: of a kind, its fields, and what every conclusion has.
///
/// A part that is nil is left open.
package struct TestPattern: Hashable, Sendable {
  /// Kind and fields; every value is a constant.
  package var pattern: Pattern
  /// certain, provisional, possible, overridden; nil: certain or provisional.
  package var status: [String]?
  package var strength: [String]?
  package var certainty: [String]?
  package var rule: [String]?
  package var guideline: [String]?
  package var span: Span

  package init(pattern: Pattern, span: Span) {
    self.pattern = pattern
    self.span = span
  }
}

/// What must be asked for.
package struct NeedExpectation: Hashable, Sendable {
  package enum Target: Hashable, Sendable {
    case fact(FactID)
    case record(RecordID)
    case field(RecordID, Int)
  }

  package var target: Target
  package var name: String
  package var span: Span

  package init(target: Target, name: String, span: Span) {
    self.target = target
    self.name = name
    self.span = span
  }
}

/// The value that a fact or definition must have.
package struct DerivedExpectation: Hashable, Sendable {
  package enum Target: Hashable, Sendable {
    case fact(FactID)
    /// By its name: its number depends on the documents that are loaded.
    case definition(String)
  }

  package var target: Target
  package var type: ValueType
  package var value: GivenValue
  package var name: String
  package var span: Span

  package init(target: Target, type: ValueType, value: GivenValue, name: String, span: Span) {
    self.target = target
    self.type = type
    self.value = value
    self.name = name
    self.span = span
  }
}

/// A conflict that must be reported.
package enum ConflictExpectation: Hashable, Sendable {
  /// In the data, between facts.
  case facts([FactID], Span)
  case conclusions(TestPattern, TestPattern, Span)
}
