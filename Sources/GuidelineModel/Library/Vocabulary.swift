package import ClinicalValues
package import GuidelineSyntax
package import SourceText

/// All that can be said of a patient and concluded: the vocabularies of a library, merged and resolved.
///
/// The ids are the same for every choice of guidelines from one library, so facts are read once and serve all editions.
package struct Vocabulary: Sendable {
  /// Index 0 is `yes_no`.
  package var groups: [TermGroup] = []
  package var facts: [Fact] = []
  package var records: [Record] = []
  package var kinds: [ConclusionKind] = []
  package var conflicts: [ConflictRule] = []

  package var groupNamed: [String: GroupID] = [:]
  package var factNamed: [String: FactID] = [:]
  /// Beginnings of names of facts: `ild` of `ild.severity`.
  package var factBeginnings: Set<String> = []
  package var recordNamed: [String: RecordID] = [:]
  package var kindNamed: [String: KindID] = [:]

  package init() {}

  package subscript(id: GroupID) -> TermGroup { groups[id.index] }
  package subscript(id: FactID) -> Fact { facts[id.index] }
  package subscript(id: RecordID) -> Record { records[id.index] }
  package subscript(id: KindID) -> ConclusionKind { kinds[id.index] }
}

/// A closed list of terms with classes.
///
/// A group made for `one of agent or test` holds the terms of both; `origins` then says where each comes from.
package struct TermGroup: Sendable {
  package var name: String
  package var terms: [Term] = []
  package var termNamed: [String: Int] = [:]
  /// For a union of groups: the group and index of each term; empty for a declared group.
  package var origins: [TermOrigin] = []
  /// The vocabulary documents that add terms to it.
  package var documents: [String] = []

  package init(name: String) { self.name = name }

  /// The terms that are `term` or below it.
  package func members(of term: Int) -> TermSet {
    var set = TermSet()
    for index in terms.indices where isOrIsBelow(index, term) { set.insert(index) }
    return set
  }

  /// The classes that `term` belongs to, without itself: values too coarse to tell whether they are `term`.
  package func classes(of term: Int) -> TermSet {
    var set = TermSet()
    for index in terms.indices where index != term && isOrIsBelow(term, index) { set.insert(index) }
    return set
  }

  private func isOrIsBelow(_ term: Int, _ ancestor: Int) -> Bool {
    var current: Int? = term
    var steps = 0
    while let index = current, terms.indices.contains(index), steps <= terms.count {
      if index == ancestor { return true }
      current = terms[index].parent
      steps += 1
    }
    return false
  }
}

/// Where a term of a union comes from.
package struct TermOrigin: Hashable, Sendable {
  package var group: GroupID
  package var term: Int

  package init(group: GroupID, term: Int) {
    self.group = group
    self.term = term
  }
}

/// One name of a group.
package struct Term: Sendable {
  package var name: String
  /// The label, or the name with blanks for underscores.
  package var label: String
  /// The class it belongs to: an index into the same group.
  package var parent: Int?
  package var codes: [CodeSyntax]
  /// The id of the vocabulary document that declares it; empty for `yes` and `no`.
  package var document: String = ""
  package var span: Span

  package init(name: String, label: String, parent: Int?, codes: [CodeSyntax], span: Span) {
    self.name = name
    self.label = label
    self.parent = parent
    self.codes = codes
    self.span = span
  }
}

/// The type of a single value.
package enum ValueType: Hashable, Sendable {
  /// A term of a group; `yes_no` is a term of `GroupID.yesNo`.
  case term(GroupID)
  /// An exact number in the canonical unit of the dimension; the unit is the one to print.
  ///
  /// Behind a reference: every value carries its type along, and most are no quantities.
  indirect case quantity(Unit)
  /// A bare number: whole numbers, counts and quotients without a unit.
  case number
  /// A day.
  case date
  /// A span of time in days; it compares with quantities of time.
  case duration
  case text
}

/// Whether a patient has one value, a set, or dated values.
package enum FactShape: Hashable, Sendable {
  case scalar
  case set
  case series
}

/// A fact of the vocabulary.
package struct Fact: Sendable {
  package var name: String
  package var shape: FactShape
  /// Of the value, of an element of the set, of a point of the series.
  package var type: ValueType
  /// The order of the terms is an order of the values.
  package var ordered: Bool
  /// Both ends in the canonical unit of the type.
  package var range: ClosedRational?
  package var ask: String?
  package var codes: [CodeSyntax]
  /// Days after which a dated value is too old.
  package var validForDays: Rational?
  /// The id of the vocabulary document that declares it.
  package var document: String
  package var span: Span

  package init(name: String, shape: FactShape, type: ValueType, document: String, span: Span) {
    self.name = name
    self.shape = shape
    self.type = type
    self.ordered = false
    self.codes = []
    self.document = document
    self.span = span
  }
}

/// Two exact ends, both included.
package struct ClosedRational: Hashable, Sendable {
  package var low: Rational
  package var high: Rational

  package init(low: Rational, high: Rational) {
    self.low = low
    self.high = high
  }
}

/// Things a patient has several of, or rows that rules derive.
package struct Record: Sendable {
  package var name: String
  package var fields: [Field]
  package var ask: String?
  package var codes: [CodeSyntax]
  package var document: String
  package var span: Span

  package init(name: String, fields: [Field], document: String, span: Span) {
    self.name = name
    self.fields = fields
    self.codes = []
    self.document = document
    self.span = span
  }
}

/// A field of a record or of a conclusion, or a column of a table.
package struct Field: Sendable {
  package var name: String
  package var type: ValueType
  /// Only columns of knowledge tables: the cell holds a set (`2018 | 2024`).
  package var isSet: Bool
  package var span: Span

  package init(name: String, type: ValueType, isSet: Bool = false, span: Span) {
    self.name = name
    self.type = type
    self.isSet = isSet
    self.span = span
  }
}

/// A kind of conclusion.
///
/// Field 0 is the subject, then the declared fields in their order, then `guideline`.
package struct ConclusionKind: Sendable {
  package var name: String
  /// `fields[0]` is named `subject`; the last is named `guideline` (text) and can be read but not stated.
  package var fields: [Field]
  /// It inherits strength and certainty from its rule.
  package var isGraded: Bool
  package var document: String
  package var span: Span

  package init(name: String, fields: [Field], isGraded: Bool, document: String, span: Span) {
    self.name = name
    self.fields = fields
    self.isGraded = isGraded
    self.document = document
    self.span = span
  }
}

/// Never both, for one patient, with the same values of these fields.
package struct ConflictRule: Sendable {
  package var first: KindID
  package var second: KindID
  /// Field indices of the first and of the second kind, pairwise.
  package var same: [FieldPair]
  package var span: Span

  package init(first: KindID, second: KindID, same: [FieldPair], span: Span) {
    self.first = first
    self.second = second
    self.same = same
    self.span = span
  }
}

/// One field as it is numbered in two kinds.
package struct FieldPair: Hashable, Sendable {
  package var first: Int
  package var second: Int

  package init(first: Int, second: Int) {
    self.first = first
    self.second = second
  }
}
