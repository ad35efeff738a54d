public import ClinicalValues

/// Why a rule holds for a patient, or why not and what would make it hold.
public struct RuleExplanation: Hashable, Sendable {
  /// As it was asked for.
  public var name: String
  public var today: Day
  /// A form for each row of a table, and for each row of a record that the rule ranges over; the nearest come first.
  public var instances: [InstanceExplanation]
  /// How many more there are, further from holding than those that are listed.
  public var omitted: Int
}

/// A rule with its variables bound.
public struct InstanceExplanation: Hashable, Sendable {
  public var guideline: String
  /// `rule` or `table#row`.
  public var rule: String
  public var title: String?
  public var path: String
  public var line: Int
  /// Whether the patient is in the scope of the guideline.
  public var scope: Truth
  /// Whether the conditions hold, the scope among them.
  public var truth: Truth
  /// Whether an exception holds: `unless`, or a rule that overrides this one.
  public var excepted: Truth
  /// What is concluded, with what speaks against it.
  public var conclusions: [ReportedConclusion]
  /// Rules that override this one or what it concludes, or may.
  public var overriddenBy: [OverridingRule]
  /// The bound rows, and the conditions as they stand.
  public var because: [Reason]
  /// The innermost conditions that are not as they would have to be.
  public var obstacles: [FailedCondition]
  /// Facts that are not known and would have to be.
  public var unknown: [Need]
  /// The smallest changes that would make it hold, each tried out; nearest first.
  public var flips: [Flip]

  /// Whether something is concluded, certainly or provisionally, or the rule is in effect without concluding anything.
  public var holds: Bool {
    if conclusions.isEmpty { return truth == .yes && excepted != .yes }
    return conclusions.contains { $0.status <= .provisional }
  }
}

/// A rule that speaks against another one, and where it does.
public struct OverridingRule: Hashable, Sendable {
  public var guideline: String
  public var rule: String
  public var because: String?
  /// Unknown: it may override.
  public var isCertain: Bool
  public var path: String
  public var line: Int
}

/// A condition that stands in the way.
public struct FailedCondition: Hashable, Sendable {
  /// As it was written.
  public var text: String
  public var truth: Truth
  /// What it would have to be.
  public var wanted: Bool
  public var path: String
  public var line: Int
  public var facts: [FactReading]
  /// Of comparisons of known values.
  public var shortfall: Shortfall?
}

/// By how much a comparison fails.
public struct Shortfall: Hashable, Sendable, CustomStringConvertible {
  /// What is compared, as it was written.
  public var what: String
  public var value: FieldValue
  /// `<`, `<=`, `>`, `>=`.
  public var comparator: String
  public var limit: FieldValue
  /// Between value and limit, without a sign.
  public var difference: FieldValue

  /// `latest lab.wbc 2.3 10*9/L, limit 2 10*9/L`.
  public var description: String { "\(what) \(value), limit \(limit)" }
}

/// A change of facts after which a rule was seen to hold.
public struct Flip: Hashable, Sendable {
  public var changes: [FactChange]
  /// Of the conclusion after the change: certain or provisional.
  public var status: Status
}

/// One fact, before and after.
public struct FactChange: Hashable, Sendable {
  /// A fact, a record, or `record.field`.
  public var fact: String
  /// Of a field: what else is known of its row.
  public var row: String?
  public var from: String
  public var to: String
}
