public import ClinicalValues
internal import RuleEngine

/// The answer for one patient: what follows, how surely, why, and what is missing.
///
/// The same library, facts and day give the same report, whatever the order of files, rules, keys and facts.
public struct Report: Hashable, Sendable {
  public var today: Day
  /// The guidelines that were asked, by id.
  public var guidelines: [ReportedGuideline] = []
  /// By kind, subject, fields, rule, status.
  public var conclusions: [ReportedConclusion] = []
  /// What to ask next: the facts that would settle most conclusions first.
  public var needs: [Need] = []
  public var conflicts: [ReportedConflict] = []
  /// What is due or overdue.
  public var due: [DueItem] = []
  /// The day on which the answer changes without new facts.
  public var validUntil: Day?
  public var outOfScope: [OutOfScope] = []
  /// Guidelines whose scope is not known.
  public var undecided: [UndecidedGuideline] = []
  /// Invariants of the guidelines that this patient violates.
  public var violations: [Violation] = []
  /// The values of facts that were derived and of definitions, by name.
  public var derived: [DerivedValue] = []

  public init(today: Day) { self.today = today }
}

/// A guideline that took part.
public struct ReportedGuideline: Hashable, Sendable {
  public var id: String
  public var title: String
  public var version: String
  public var edition: String?
  /// A fingerprint of the document and of the files beside it (FNV-1a, 64 bits, hexadecimal).
  public var hash: String
  /// The day by which it is to be reviewed.
  public var reviewBy: Day?
}

/// How surely a conclusion stands (`semantics.md` §4).
public enum Status: String, Hashable, Sendable, CaseIterable, Comparable {
  case certain
  /// Stands unless something unknown turns out to hold against it.
  case provisional
  /// May stand: something that it needs is not known.
  case possible
  /// Would stand, but a narrower rule speaks against it.
  case overridden

  public static func < (left: Status, right: Status) -> Bool { left.rank < right.rank }

  /// How far a conclusion stands in the two readings; `isExcepted`: its conditions hold where it does not stand.
  ///
  /// Nil: nothing is said.
  init?(cautious: Truth, presuming: Truth, isExcepted: Bool) {
    switch (cautious, presuming) {
    case (.yes, .yes): self = .certain
    case (_, .yes): self = .provisional
    case (.unknown, _), (.yes, _), (.no, .unknown): self = .possible
    case (.no, .no):
      guard isExcepted else { return nil }
      self = .overridden
    }
  }

  /// The reading in which the reasons of a conclusion are shown.
  var reading: Reading { self == .possible ? .cautious : .presuming }

  private var rank: Int {
    switch self {
    case .certain: 0
    case .provisional: 1
    case .possible: 2
    case .overridden: 3
    }
  }
}

/// One conclusion, with all rules of one guideline that say it in the same words.
public struct ReportedConclusion: Hashable, Sendable {
  public var kind: String
  public var subject: FieldValue
  /// By name; the subject is not among them.
  public var fields: [ReportedField]
  public var status: Status
  /// strong, conditional.
  public var strength: String?
  /// high, moderate, low, very_low.
  public var certainty: String?
  /// The word of another scheme.
  public var gradedAs: String?
  public var guideline: String
  public var rule: String
  /// The title of the rule.
  public var title: String?
  public var sources: [ReportedSource]
  public var because: [Reason]
  /// Fields that cannot be computed yet.
  public var undecidedFields: [String]
  /// Who speaks against it: rules that are in effect (overridden), or that may be (possible: presumably overridden).
  public var overriddenBy: [Overrider]
  /// What would settle it: facts by name.
  public var settledBy: [String]
}

/// A field of a conclusion and its value.
public struct ReportedField: Hashable, Sendable {
  public var name: String
  public var value: FieldValue

  public init(name: String, value: FieldValue) {
    self.name = name
    self.value = value
  }
}

/// A value in the form in which it is printed.
public enum FieldValue: Hashable, Sendable {
  /// A term by its name, with its label for people.
  case term(String, label: String)
  /// In the unit that the vocabulary declares; durations in `d`.
  case quantity(Rational, unit: String)
  case number(Rational)
  case date(Day)
  case text(String)
}

/// A rule that overrides.
public struct Overrider: Hashable, Sendable {
  public var guideline: String
  public var rule: String
  public var because: String?
  /// Unknown: it may override.
  public var isCertain: Bool
}

/// A source that a conclusion rests on.
public struct ReportedSource: Hashable, Sendable {
  /// The guideline whose file lists the source.
  public var guideline: String
  public var source: String
  public var title: String?
  public var statements: [String]
}

/// One condition, its answer, and what it rests on.
public struct Reason: Hashable, Sendable {
  /// As the author wrote it.
  public var text: String
  public var truth: Truth
  public var file: String
  public var line: Int
  /// The facts that were looked at, with what was found.
  public var facts: [FactReading]
  /// What it is made of: the members of a group, the definition behind a name, the rows behind `exists`.
  public var parts: [Reason]
}

/// A fact as it was found.
public struct FactReading: Hashable, Sendable {
  public var fact: String
  /// In words: `1.8 10*9/L`, `moderate or severe`, `unknown (never_given)`.
  public var value: String
}

/// A fact whose value would settle conclusions.
public struct Need: Hashable, Sendable {
  public var fact: String
  public var ask: String?
  /// The number of conclusions and scopes that it would settle or change.
  public var count: Int
}

/// A contradiction that a person must resolve.
public enum ReportedConflict: Hashable, Sendable {
  /// Conclusions that exclude each other; indices into `Report.conclusions`.
  case conclusions([Int], status: Status)
  /// Rows of one table of which only one should hold.
  case rows(guideline: String, table: String, rows: [String])
  /// Facts that contradict each other, or a value that cannot be used.
  case data(facts: [String], reason: String)
}

/// Something to be done on a day.
public struct DueItem: Hashable, Sendable {
  public var conclusion: Int
  public var on: Day
  /// The day has passed.
  public var isOverdue: Bool
}

/// A guideline that does not speak for this patient.
public struct OutOfScope: Hashable, Sendable {
  public var guideline: String
  /// The conditions that failed.
  public var because: [Reason]
}

/// A guideline of which it is not known whether it speaks for this patient.
public struct UndecidedGuideline: Hashable, Sendable {
  public var guideline: String
  /// The facts that decide.
  public var facts: [String]
  /// How many possible conclusions were left out.
  public var possible: Int
}

/// An invariant that does not hold.
public struct Violation: Hashable, Sendable {
  public var guideline: String
  public var invariant: String
  public var because: String?
}

/// A fact that was derived, or a definition, with what came out.
public struct DerivedValue: Hashable, Sendable {
  public var name: String
  /// Nil: unknown.
  public var value: FieldValue?
  /// Known not to exist.
  public var isNone: Bool
  public var text: String
}
