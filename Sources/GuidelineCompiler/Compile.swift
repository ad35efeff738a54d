import ClinicalValues
package import GuidelineModel
import RuleEngine
package import SourceText

extension Program {
  /// Compiles a library; circles that no order of evaluation can settle are reported, and then there is no program.
  package static func compile(
    _ library: Library, on workers: some Workers = InOrder(), into diagnostics: inout Diagnostics
  ) -> Program? {
    var lowering = Lowering(library)
    lowering.announce()
    guard lowering.overgrown.isEmpty else {
      for id in lowering.overgrown { reportOvergrown(library[id], into: &diagnostics) }
      return nil
    }
    lowering.lowerDefinitions()
    lowering.lowerScopes()
    lowering.lowerRules()
    lowering.lowerInvariants()
    let (open, nodes) = (lowering.builder.finished(), lowering.map)
    let (pending, stated) = (lowering.pending, lowering.stated)
    let (order, (questions, map, index)) = workers.both(
      { open.ordered() },
      {
        var map = nodes
        var tracer = PlaceTracer(library, pending)
        map.places = tracer.traces(stated)
        return (open.questions(), map, ProgramIndex(library, map, open.nodes))
      })
    do throws(GraphRefusal) {
      let ordered = try order.get()
      let (network, wakes) = workers.both({ ordered.network(questions) }, { ordered.wakes() })
      let graph = ordered.graph(questions, network, wakes)
      return Program(library: library, graph: graph, sourceMap: map, index: index)
    } catch {
      CycleReport(library: library, map: map).report(error, into: &diagnostics)
      return nil
    }
  }

  private static func reportOvergrown(_ rule: Rule, into diagnostics: inout Diagnostics) {
    diagnostics.report(
      CompilerCode.tooManyRows,
      "the tables of `\(rule.name)` hold too many combinations of rows to make a rule of each",
      at: rule.nameSpan,
      notes: ["all rules together may become \(Lowering.nodeLimit), one for each combination"],
      help: ["range over fewer tables at once, or choose their rows with `where`"])
  }
}

extension Lowering {
  /// Definitions, kinds and rule nodes refer to each other: all are named before any is filled in.
  fileprivate mutating func announce() {
    for _ in vocabulary.kinds { _ = builder.kind() }
    for definition in library.definitions {
      definitionNodes.append(builder.definition(full: full(definition.type)))
    }
    // A given value is compared with its derivation even where no rule reads the fact.
    for fact in library.derivations.keys.sorted() { _ = scalarSlot(fact) }
    map.nodesOfRule = Array(repeating: [], count: library.rules.count)
    for index in library.rules.indices { announce(RuleID(index)) }
  }

  fileprivate mutating func lowerDefinitions() {
    for (index, definition) in library.definitions.enumerated() {
      environment = Environment()
      var trace = DefinitionTrace(id: DefinitionID(index))
      let form: DefinitionNode.Form
      switch definition.form {
      case .means(let condition):
        let lowered: ConditionTrace = lower(condition)
        trace.conditions = [lowered]
        form = .means(lowered.node)
      case .value(let value):
        let node = lower(value)
        trace.values = [ValueTrace(node: node, value: value)]
        form = .value(node)
      case .first(let clauses): form = lower(clauses, &trace)
      case .agree(let facts): form = agree(facts, definition, &trace)
      case .lookUp(let rows, let field):
        let (id, children) = lower(rows)
        trace.conditions = children
        form = .value(builder.value(.aggregate(.lookUp, id, column: UInt16(truncatingIfNeeded: field))))
      }
      map.definitions.append(trace)
      builder.define(definitionNodes[index], form)
    }
  }

  private mutating func lower(_ clauses: [FirstClause], _ trace: inout DefinitionTrace) -> DefinitionNode.Form {
    var lowered: [(condition: ConditionID?, value: ValueID)] = []
    for clause in clauses {
      var node: ConditionID?
      if let condition = clause.condition {
        let guardTrace: ConditionTrace = lower(condition)
        trace.conditions.append(guardTrace)
        node = guardTrace.node
      }
      let value = lower(clause.value)
      trace.values.append(ValueTrace(node: value, value: clause.value))
      lowered.append((node, value))
    }
    return .first(lowered)
  }

  private mutating func agree(
    _ facts: [FactID], _ definition: Definition, _ trace: inout DefinitionTrace
  ) -> DefinitionNode.Form {
    var nodes: [ValueID] = []
    for fact in facts {
      let value = Value(.fact(fact), type: definition.type, definition.span)
      let node = lower(value)
      trace.values.append(ValueTrace(node: node, value: value))
      nodes.append(node)
    }
    return .agree(nodes)
  }

  fileprivate mutating func lowerScopes() {
    environment = Environment()
    for document in library.documents {
      let trace: ConditionTrace? = document.scope.map { lower($0) }
      map.scopes.append(trace)
      scopes.append(trace?.node ?? builder.constant(.yes))
    }
  }

  fileprivate mutating func lowerInvariants() {
    environment = Environment()
    for invariant in library.invariants { map.invariants.append(lower(invariant.never)) }
  }
}
