/// A dense index into one of the library's tables; every table has an index type of its own.
package protocol DenseID: Hashable, Sendable, Comparable {
  var index: Int { get }
  init(_ index: Int)
}

extension DenseID {
  package static func < (left: Self, right: Self) -> Bool { left.index < right.index }
}

/// A closed list of terms.
package struct GroupID: DenseID {
  package let index: Int
  package init(_ index: Int) { self.index = index }

  /// The group of `yes` (term 0) and `no` (term 1), which every vocabulary has.
  package static let yesNo = GroupID(0)
}

/// A fact of the vocabulary.
package struct FactID: DenseID {
  package let index: Int
  package init(_ index: Int) { self.index = index }
}

/// A record of the vocabulary.
package struct RecordID: DenseID {
  package let index: Int
  package init(_ index: Int) { self.index = index }
}

/// A kind of conclusion.
package struct KindID: DenseID {
  package let index: Int
  package init(_ index: Int) { self.index = index }
}

/// A loaded document.
package struct DocumentID: DenseID {
  package let index: Int
  package init(_ index: Int) { self.index = index }
}

/// A definition of a loaded document.
package struct DefinitionID: DenseID {
  package let index: Int
  package init(_ index: Int) { self.index = index }
}

/// A knowledge table of a loaded document.
package struct TableID: DenseID {
  package let index: Int
  package init(_ index: Int) { self.index = index }
}

/// A written rule of a loaded document; each row of a grid is a rule of its own.
package struct RuleID: DenseID {
  package let index: Int
  package init(_ index: Int) { self.index = index }
}
