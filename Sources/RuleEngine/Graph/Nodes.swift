package import ClinicalValues

/// One question with a three-valued answer.
///
/// Equal questions are one node.
package enum ConditionNode: Hashable, Sendable {
  case constant(Truth)
  /// The least of its members.
  case all(Members)
  /// The greatest of its members.
  case any(Members)
  case not(ConditionID)
  case atLeast(UInt32, Members)
  /// The value is in a set of terms; for some terms that is open.
  case member(ValueID, MaskID)
  /// The first value is the second or belongs to its class.
  case related(ValueID, ValueID, ClassesID)
  case compare(ValueID, Comparator, ValueID)
  case settled(SettledTest, SettledSubject)
  /// Two-valued: true when the condition is true in the cautious reading.
  case certainly(ConditionID)
  /// Some element of the set is in the mask.
  case includes(SetSlotID, MaskID)
  /// Some element of the set is the value or belongs to its class.
  case includesValue(SetSlotID, ValueID, ClassesID)
  case exists(RowsID)
  case anyPoint(SeriesSlotID, WindowID?, ConditionID)
  /// Some instance of one of these rules is in effect.
  case applies(Members)
  case concluded(PatternID)
}

/// What is asked of the state of knowledge.
package enum SettledTest: Hashable, Sendable {
  case known
  case unknown
  case none
}

/// Of what it is asked.
package enum SettledSubject: Hashable, Sendable {
  case value(ValueID)
  case set(SetSlotID)
  case series(SeriesSlotID)
  case collection(CollectionSlotID)
}

/// One expression whose answer is an estimate.
///
/// Equal expressions are one node.
package enum ValueNode: Hashable, Sendable {
  case constant(EstimateID)
  case today
  /// The given value if it is known or none; else the definition, if there is one.
  case fact(ScalarSlotID, DefinitionNodeID?)
  case definition(DefinitionNodeID)
  case field(variable: UInt8, column: UInt16)
  case currentPoint
  case point(PointPick, SeriesSlotID, WindowID?)
  case dateOf(PointPick, SeriesSlotID, WindowID?)
  /// Latest minus earliest value of the window; relative: divided by the earliest.
  case change(relative: Bool, SeriesSlotID, WindowID)
  case aggregate(Aggregate, RowsID, column: UInt16)
  case countRows(RowsID)
  case countPoints(SeriesSlotID, WindowID?)
  case add(ValueID, ValueID)
  case subtract(ValueID, ValueID)
  case multiply(ValueID, ValueID)
  case divide(ValueID, ValueID)
  case least(Members)
  case greatest(Members)
  case round(ValueID, step: EstimateID)
  /// A text made of parts; which words stand between them only the caller knows.
  case text(template: UInt32, parts: Members)
  case translated(ValueID, TranslationID)
}

/// Which point of a series.
package enum PointPick: Hashable, Sendable {
  case latest
  case earliest
  case highest
  case lowest
}

/// How one value is made of a column of several rows.
package enum Aggregate: Hashable, Sendable {
  /// The value that all rows share.
  case only
  /// The same in a complete table: without a row it is unknown, not none.
  case lookUp
  case total
  case highest
  case lowest
}

/// The part of a series that is looked at.
package enum WindowNode: Hashable, Sendable {
  /// At most this many days (an exact number) before today.
  case within(EstimateID)
  case since(ValueID)
}

/// Rows of a relation that meet every condition; the row is bound to `variable` while they are asked.
package struct RowsNode: Hashable, Sendable {
  package var relation: RelationID
  package var variable: UInt8
  package var conditions: Members

  package init(relation: RelationID, variable: UInt8, conditions: Members) {
    self.relation = relation
    self.variable = variable
    self.conditions = conditions
  }
}

/// A pattern over conclusions and the places it may match.
package struct PatternNode: Hashable, Sendable {
  package struct FieldTest: Hashable, Sendable {
    package var column: UInt16
    /// Empty and `isOpen`: any value, if it is there.
    package var values: [ValueID]
    package var isOpen: Bool

    package init(column: UInt16, values: [ValueID], isOpen: Bool) {
      self.column = column
      self.values = values
      self.isOpen = isOpen
    }
  }

  /// The kind, as the relation that collects its conclusions is numbered by the builder.
  package var kind: UInt32
  package var tests: [FieldTest]

  package init(kind: UInt32, tests: [FieldTest]) {
    self.kind = kind
    self.tests = tests
  }
}

/// A named condition or value.
package struct DefinitionNode: Sendable {
  package enum Form: Sendable {
    /// Yes is term 0, no is term 1.
    case means(ConditionID)
    case value(ValueID)
    /// A nil guard is always true.
    case first([(condition: ConditionID?, value: ValueID)])
    case agree([ValueID])
  }

  package var form: Form
  /// What it may be when nothing is known.
  package var full: EstimateID

  package init(form: Form, full: EstimateID) {
    self.form = form
    self.full = full
  }
}

/// A rule, with its tables unrolled.
package struct RuleNode: Sendable {
  /// Rules of one family never override each other's conclusions.
  package var family: UInt32
  package var scope: ConditionID
  /// One relation per variable; variable i is bound to a row of relation i.
  package var relations: [RelationID]
  /// All of these, `where`s included.
  package var conditions: [ConditionID]
  /// Nil: never.
  package var unless: ConditionID?
  package var overriddenRules: [RuleNodeID] = []
  package var overriddenPatterns: [PatternID] = []
  package var places: [PlaceID] = []
  package var derivations: [DerivationNode] = []

  package init(
    family: UInt32, scope: ConditionID, relations: [RelationID], conditions: [ConditionID], unless: ConditionID?
  ) {
    self.family = family
    self.scope = scope
    self.relations = relations
    self.conditions = conditions
    self.unless = unless
  }
}

/// A row that a rule derives: an expression per column; nil: none.
package struct DerivationNode: Sendable {
  package var relation: RelationID
  package var columns: [ValueID?]

  package init(relation: RelationID, columns: [ValueID?]) {
    self.relation = relation
    self.columns = columns
  }
}

/// One conclusion of one rule.
package struct PlaceNode: Sendable {
  package struct Field: Sendable {
    package var column: UInt16
    package var value: ValueID
    /// Left out when it cannot be computed.
    package var ifKnown: Bool

    package init(column: UInt16, value: ValueID, ifKnown: Bool) {
      self.column = column
      self.value = value
      self.ifKnown = ifKnown
    }
  }

  package var rule: RuleNodeID
  package var kind: UInt32
  package var fields: [Field]

  package init(rule: RuleNodeID, kind: UInt32, fields: [Field]) {
    self.rule = rule
    self.kind = kind
    self.fields = fields
  }
}

/// Rows that variables range over.
package struct RelationNode: Sendable {
  package enum Origin: Sendable {
    /// Given with the patient; absent: one ghost row.
    case given(CollectionSlotID)
    /// Complete and known: `width` interned estimates a row.
    case knowledge([EstimateID])
    case derived
    /// The conclusions of a kind: its fields, then a text that says whose they are.
    case conclusions(kind: UInt32)
  }

  package var origin: Origin
  /// What each column may be when nothing is known.
  package var fulls: [EstimateID]

  package init(origin: Origin, fulls: [EstimateID]) {
    self.origin = origin
    self.fulls = fulls
  }

  package var width: Int { fulls.count }
}
