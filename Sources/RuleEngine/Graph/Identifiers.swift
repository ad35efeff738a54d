/// A dense index into one of the tables of a rule graph; the tag keeps tables apart.
package struct ID<Tag>: Hashable, Sendable, Comparable {
  package let raw: UInt32

  package init(_ index: Int) { raw = UInt32(truncatingIfNeeded: index) }

  package var index: Int { Int(raw) }

  package static func < (left: Self, right: Self) -> Bool { left.raw < right.raw }
}

/// Names the tables that ids point into.
package enum Table {
  package enum Condition {}
  package enum Value {}
  package enum Estimate {}
  package enum Mask {}
  package enum Classes {}
  package enum Translation {}
  package enum Window {}
  package enum Rows {}
  package enum Pattern {}
  package enum Definition {}
  package enum Rule {}
  package enum Place {}
  package enum Relation {}
  package enum ScalarSlot {}
  package enum SetSlot {}
  package enum SeriesSlot {}
  package enum CollectionSlot {}
  package enum Component {}
}

package typealias ConditionID = ID<Table.Condition>
package typealias ValueID = ID<Table.Value>
/// An interned estimate: those of the program first, then those that a session meets.
package typealias EstimateID = ID<Table.Estimate>
package typealias MaskID = ID<Table.Mask>
package typealias ClassesID = ID<Table.Classes>
package typealias TranslationID = ID<Table.Translation>
package typealias WindowID = ID<Table.Window>
package typealias RowsID = ID<Table.Rows>
package typealias PatternID = ID<Table.Pattern>
package typealias DefinitionNodeID = ID<Table.Definition>
package typealias RuleNodeID = ID<Table.Rule>
/// One conclusion of one rule.
package typealias PlaceID = ID<Table.Place>
package typealias RelationID = ID<Table.Relation>
package typealias ScalarSlotID = ID<Table.ScalarSlot>
package typealias SetSlotID = ID<Table.SetSlot>
package typealias SeriesSlotID = ID<Table.SeriesSlot>
package typealias CollectionSlotID = ID<Table.CollectionSlot>
package typealias ComponentID = ID<Table.Component>

/// A run of ids in `RuleGraph.members`.
package struct Members: Hashable, Sendable {
  package let start: UInt32
  package let count: UInt32

  package static let none = Members(start: 0, count: 0)

  package init(start: UInt32, count: UInt32) {
    self.start = start
    self.count = count
  }

  package var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
}
