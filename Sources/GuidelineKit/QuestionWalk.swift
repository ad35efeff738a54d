import GuidelineCompiler
import RuleEngine

/// The questions behind an instance of a rule: all its conclusions have them.
struct RuleQuestions {
  let rule: RuleNodeID
  let rows: [Int]
  let questions: Questions
}

/// Collects the questions behind what is unknown: `why(U)` of `semantics.md` §7, in the cautious reading.
struct Questions {
  private(set) var names: Set<String> = []
  private var definitions: Set<DefinitionNodeID> = []
  private var rules: Set<RuleNodeID> = []
  private var conclusions: Set<AskedConclusion> = []
  /// Definitions on the way to what is asked alone.
  private var path: Set<DefinitionNodeID> = []

  private struct AskedConclusion: Hashable {
    var place: PlaceID
    var rows: [Int]
  }

  /// Nothing was met yet.
  var isFresh: Bool {
    names.isEmpty && definitions.isEmpty && rules.isEmpty && conclusions.isEmpty && path.isEmpty
  }

  mutating func ask(_ name: String) { names.insert(name) }

  mutating func enter(_ id: DefinitionNodeID) -> Bool { definitions.insert(id).inserted }

  mutating func enter(_ id: RuleNodeID) -> Bool { rules.insert(id).inserted }

  mutating func enter(_ place: PlaceID, _ rows: [Int]) -> Bool {
    conclusions.insert(AskedConclusion(place: place, rows: rows)).inserted
  }

  func hasEntered(_ id: DefinitionNodeID) -> Bool { definitions.contains(id) }

  /// The same walk, to see what one part of it asks.
  var withoutNames: Questions {
    var copy = self
    copy.names = []
    return copy
  }

  /// A walk of its own for what stands behind one definition.
  func alone(on definition: DefinitionNodeID) -> Questions {
    var alone = Questions()
    alone.definitions = path
    alone.path = path.union([definition])
    return alone
  }

  mutating func adopt(_ part: Questions) {
    names.formUnion(part.names)
    definitions.formUnion(part.definitions)
    rules.formUnion(part.rules)
    conclusions.formUnion(part.conclusions)
  }
}
