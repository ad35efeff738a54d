import GuidelineCompiler
import RuleEngine

/// The questions behind an instance of a rule: all its conclusions have them.
struct RuleQuestions {
  let rule: RuleNodeID
  let rows: [Int]
  let questions: Questions
}

/// A conclusion of an instance.
struct AskedConclusion: Hashable {
  var place: PlaceID
  var rows: [Int]
}

/// The questions behind parts of a program that were walked to their end, while no answer changes: whoever rests on
/// them asks the same.
struct KeptQuestions {
  var definitions: [DefinitionNodeID: NeedSet] = [:]
  var rules: [RuleNodeID: NeedSet] = [:]
  var conclusions: [AskedConclusion: NeedSet] = [:]
  /// Conditions that read no row.
  var conditions: [ConditionID: NeedSet] = [:]
  /// What they ask of it where only questions about what is known are open.
  var settledConditions: [ConditionID: NeedSet] = [:]
}

/// Collects the questions behind what is unknown: `why(U)` of `semantics.md` §7, in the cautious reading.
struct Questions {
  private(set) var needs = NeedSet()
  private var definitions: Set<DefinitionNodeID> = []
  private var rules: Set<RuleNodeID> = []
  private var conclusions: Set<AskedConclusion> = []
  /// Definitions on the way to what is asked alone.
  private var path: Set<DefinitionNodeID> = []
  /// How often the walk met what it had met before and does not keep: it went on without its questions.
  private var gaps = 0

  /// Nothing was met yet.
  var isFresh: Bool {
    needs.isEmpty && definitions.isEmpty && rules.isEmpty && conclusions.isEmpty && path.isEmpty
  }

  mutating func ask(_ number: Int) { needs.insert(number) }

  mutating func ask(_ all: NeedSet) { needs.formUnion(all) }

  mutating func enter(_ id: DefinitionNodeID) -> Bool { note(definitions.insert(id).inserted) }

  mutating func enter(_ id: RuleNodeID) -> Bool { note(rules.insert(id).inserted) }

  mutating func enter(_ conclusion: AskedConclusion) -> Bool { note(conclusions.insert(conclusion).inserted) }

  mutating func hasEntered(_ id: DefinitionNodeID) -> Bool { !note(!definitions.contains(id)) }

  private mutating func note(_ isNew: Bool) -> Bool {
    if !isNew { gaps += 1 }
    return isNew
  }

  /// A walk of its own for what stands behind one definition.
  func alone(on definition: DefinitionNodeID) -> Questions {
    var alone = Questions()
    alone.definitions = path
    alone.path = path.union([definition])
    return alone
  }

  // MARK: Parts

  /// What was asked before a part of the walk.
  struct Outer {
    fileprivate let needs: NeedSet
    fileprivate let gaps: Int
  }

  /// From here on the walk collects what one part of it asks.
  mutating func beginPart() -> Outer {
    defer { needs = NeedSet() }
    return Outer(needs: needs, gaps: gaps)
  }

  /// Goes back to what was asked before and adds what the part asks; `isWhole`: nothing of the part was passed over.
  mutating func endPart(_ outer: Outer) -> (needs: NeedSet, isWhole: Bool) {
    let own = needs
    needs = outer.needs
    needs.formUnion(own)
    return (own, gaps == outer.gaps)
  }
}
