internal import ClinicalValues
internal import GuidelineCompiler
internal import GuidelineModel
internal import RuleEngine
internal import SourceText

extension Program {
  init(from reader: inout ProgramReader, vocabulary: Vocabulary) throws(Damage) {
    try reader.readLimits(Library.storedTables)
    var map = SourceMap()
    try map.readTexts(from: &reader)
    let parts = try GraphParts(from: &reader)
    try reader.readParts()
    let library = try Library(from: &reader, vocabulary: vocabulary)
    let traces = try SourceMap(from: &reader)
    let texts = (map.texts, map.textIDs)
    map = traces
    (map.texts, map.textIDs) = texts
    let check = ProgramCheck(library: library, map: map, parts: parts)
    if let fault = check.fault() { throw reader.damage(fault) }
    do throws(GraphFault) {
      self.init(library: library, graph: try RuleGraph(parts), sourceMap: map)
    } catch {
      throw reader.damage(error.what)
    }
  }

  func store(in writer: inout ProgramWriter) {
    library.storeCounts(in: &writer)
    writer.number(sourceMap.texts.count)
    writer.table(sourceMap.texts)
    GraphParts(graph).store(in: &writer)
    writer.withParts { writer in
      library.store(in: &writer)
      sourceMap.store(in: &writer)
    }
  }
}

/// Whether a library, its graph and what connects the two fit together.
private struct ProgramCheck {
  let library: Library
  let map: SourceMap
  let parts: GraphParts

  /// What does not fit; nil: everything does.
  func fault() -> String? {
    guard library.definitions.count == parts.definitions.count else { return "definitions and their nodes are uneven" }
    guard library.invariants.count == map.invariants.count else { return "invariants and their nodes are uneven" }
    guard parts.setSlotCount <= library.vocabulary.facts.count,
      parts.collectionSlotCount <= library.vocabulary.records.count
    else { return "more is asked of a patient than there are facts" }
    for index in map.rules.indices where !map.rules[index].overridePatterns.isEmpty {
      let count = library.rules[map.rules[index].id.index].overrides.count
      guard map.rules[index].overridePatterns.values.allSatisfy({ $0 < count }) else {
        return "a rule overrides without saying so"
      }
    }
    for shape in map.scalarSlots.keys where library.vocabulary[shape].shape != .scalar {
      return "a fact has another shape"
    }
    for shape in map.setSlots.keys where library.vocabulary[shape].shape != .set { return "a fact has another shape" }
    for shape in map.seriesSlots.keys where library.vocabulary[shape].shape != .series {
      return "a fact has another shape"
    }
    var walk = DefinitionWalk(library: library, map: map)
    return walk.hasCircle() ? "a definition rests on itself" : nil
  }
}

/// Follows definitions as explanations do: through the values that they were written with.
private struct DefinitionWalk {
  let library: Library
  let map: SourceMap
  private var isDone: [Bool]
  private var isOpen: [Bool]

  init(library: Library, map: SourceMap) {
    self.library = library
    self.map = map
    isDone = Array(repeating: false, count: map.definitions.count)
    isOpen = isDone
  }

  mutating func hasCircle() -> Bool {
    for index in map.definitions.indices where !enter(DefinitionID(index), depth: 0) { return true }
    return false
  }

  /// False: there is a circle, or a chain that is too long to be followed.
  private mutating func enter(_ id: DefinitionID, depth: Int) -> Bool {
    if isDone[id.index] { return true }
    guard !isOpen[id.index], depth < 500 else { return false }
    isOpen[id.index] = true
    var read: [DefinitionID] = []
    for condition in map.definitions[id.index].conditions { collect(condition, &read) }
    for value in map.definitions[id.index].values { collect(value.value, &read) }
    for inner in read.sorted() where !enter(inner, depth: depth + 1) { return false }
    isDone[id.index] = true
    return true
  }

  private func collect(_ trace: ConditionTrace, _ read: inout [DefinitionID]) {
    for value in trace.values { collect(value.value, &read) }
    for child in trace.children { collect(child, &read) }
  }

  private func collect(_ value: Value, _ read: inout [DefinitionID]) {
    switch value.form {
    case .fact(let fact): if let definition = library.derivations[fact] { Self.note(definition, in: &read) }
    case .definition(let definition): Self.note(definition, in: &read)
    case .arithmetic(_, let first, let second):
      collect(first, &read)
      collect(second, &read)
    case .extreme(_, let values): for inner in values { collect(inner, &read) }
    case .round(let inner, _), .translated(let inner, _): collect(inner, &read)
    default: break
    }
  }

  /// A definition reads few others.
  private static func note(_ definition: DefinitionID, in read: inout [DefinitionID]) {
    if !read.contains(definition) { read.append(definition) }
  }
}
