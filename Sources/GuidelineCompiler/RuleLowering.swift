import ClinicalValues
import GuidelineModel
import GuidelineSyntax
import RuleEngine

extension Lowering {
  // MARK: Unrolling

  /// As many nodes as all rules together may become.
  static let nodeLimit = 65_535
  /// As many combinations as are tried for one variable: most may be ruled out, but asking takes time too.
  private static let trialLimit = 1_000_000

  /// One node for each combination of table rows that the rule ranges over.
  ///
  /// A few tables that are combined freely would fill any memory; such a rule is noted and left out.
  mutating func announce(_ id: RuleID) {
    if library.rules[id.index].variables.isEmpty {
      guard pending.count < Self.nodeLimit else { return overgrown.append(id) }
      return announce(id, library.rules[id.index].family, [])
    }
    let rule = library.rules[id.index]
    var forms: [[VariableBinding]] = [[]]
    var next: UInt8 = 0
    for variable in rule.variables {
      guard case .table(let table) = variable.rows.collection else {
        for index in forms.indices { forms[index].append(.variable(next)) }
        next += 1
        continue
      }
      let (trials, overflows) = forms.count.multipliedReportingOverflow(by: library[table].rows.count)
      guard !overflows, trials <= Self.trialLimit else { return overgrown.append(id) }
      var longer: [[VariableBinding]] = []
      for form in forms {
        for row in library[table].rows.indices {
          let bindings = form + [.tableRow(table, row)]
          if mayHold(variable.rows.condition, bindings) { longer.append(bindings) }
        }
      }
      forms = longer
    }
    guard pending.count + forms.count <= Self.nodeLimit else { return overgrown.append(id) }
    for form in forms { announce(id, rule.family, form) }
  }

  private mutating func announce(_ id: RuleID, _ family: Int, _ bindings: [VariableBinding]) {
    let node = builder.rule(family: UInt32(truncatingIfNeeded: family))
    map.nodesOfRule[id.index].append(node)
    pending.append(PendingRule(id: id, node: node, bindings: bindings))
  }

  /// Leaves out rows that the table alone rules out; what else `where` says is asked with the facts.
  private mutating func mayHold(_ condition: Condition?, _ bindings: [VariableBinding]) -> Bool {
    guard let condition, !Self.readsConclusions(condition) else { return true }
    environment = Environment(bindings: bindings)
    let node: ConditionTrace = lower(condition)
    return builder.graph[node.node] != .constant(.no)
  }

  /// What rules conclude is not known by name before all rules are announced.
  private static func readsConclusions(_ condition: Condition) -> Bool {
    switch condition.form {
    case .applies, .concluded: true
    case .exists(let rows): readsConclusions(rows)
    case .group(_, let members): members.contains { readsConclusions($0) }
    case .not(let inner), .anyPoint(_, _, let inner): readsConclusions(inner)
    default: false
    }
  }

  private static func readsConclusions(_ rows: Rows) -> Bool {
    if case .kind = rows.collection { return true }
    return rows.condition.map { readsConclusions($0) } ?? false
  }

  // MARK: Rules

  mutating func lowerRules() {
    map.rules.reserveCapacity(pending.count)
    stated.reserveCapacity(pending.count)
    for item in pending { lower(item) }
  }

  private mutating func lower(_ item: PendingRule) {
    // A written rule is large: only what is asked for is taken from it.
    let index = item.id.index
    environment = Environment(bindings: item.bindings)
    var relations: [RelationID] = []
    var filters: [ConditionTrace] = []
    for (place, variable) in library.rules[index].variables.enumerated() {
      if case .variable = item.bindings[place] { relations.append(relation(variable.rows.collection)) }
      if let condition = variable.rows.condition { filters.append(lower(condition)) }
    }
    let when: ConditionTrace = lower(library.rules[index].when)
    let unless: ConditionTrace? = library.rules[index].unless.map { lower($0) }
    let conditions = filters.isEmpty ? conjuncts(of: when.node) : conjuncts(filters.map(\.node) + [when.node])
    let document = library.rules[index].document
    builder.define(
      item.node,
      RuleNode(
        family: UInt32(truncatingIfNeeded: library.rules[index].family), scope: scopes[document.index],
        relations: relations, conditions: conditions, unless: unless?.node))
    map.rules.append(
      RuleTrace(id: item.id, variables: item.bindings, when: when, filters: filters, unless: unless))
    lowerOverrides(library.rules[index].overrides, item.node)
    for place in library.rules[index].conclusions.indices {
      lower(library.rules[index].conclusions[place], place, of: document, item)
    }
  }

  /// The members of nested *all of*: each is asked as soon as its variables are bound.
  private func conjuncts(_ nodes: [ConditionID]) -> [ConditionID] {
    var flat: [ConditionID] = []
    for node in nodes {
      switch builder.graph[node] {
      case .constant(.yes): continue
      case .all(let list):
        for inner in builder.graph.conditionIDs(list) where !flat.contains(inner) { flat.append(inner) }
      default: if !flat.contains(node) { flat.append(node) }
      }
    }
    return flat
  }

  /// Of one condition: the builder has left out what is always true, and what stands there twice.
  private func conjuncts(of node: ConditionID) -> [ConditionID] {
    switch builder.graph[node] {
    case .constant(.yes): []
    case .all(let list): builder.graph.conditionIDs(list)
    default: [node]
    }
  }

  private mutating func lowerOverrides(_ overrides: [Override], _ node: RuleNodeID) {
    for (index, item) in overrides.enumerated() {
      switch item.target {
      case .rules(let targets):
        builder.override(node, rules: targets.flatMap { map.nodesOfRule[$0.index] }, patterns: [])
      case .conclusions(let patterns):
        var ids: [PatternID] = []
        for pattern in patterns { ids.append(lower(pattern)) }
        for id in ids { map.rules[node.index].overridePatterns[id, default: index] = index }
        builder.override(node, rules: [], patterns: ids)
      }
    }
  }

  // MARK: Conclusions

  private mutating func lower(_ conclusion: Conclusion, _ index: Int, of document: DocumentID, _ item: PendingRule) {
    switch conclusion.head {
    case .derive(let record): lowerDerivation(conclusion, record, item)
    case .kind(let kind):
      var fields: [PlaceNode.Field] = []
      fields.reserveCapacity(conclusion.fields.count)
      for index in conclusion.fields.indices {
        let value = lower(conclusion.fields[index].value)
        let column = conclusion.fields[index].field
        // An empty cell is no value: the field is left out, and without a subject there is nothing to conclude.
        if isNone(value) {
          if column == 0 { return }
          continue
        }
        fields.append(
          PlaceNode.Field(
            column: UInt16(truncatingIfNeeded: column), value: value, ifKnown: conclusion.fields[index].ifKnown))
      }
      let owner = owner(document)
      _ = builder.place(PlaceNode(rule: item.node, kind: UInt32(kind.index), fields: fields), owner: owner)
      stated.append(StatedConclusion(rule: item.node, conclusion: index))
    }
  }

  private mutating func lowerDerivation(_ conclusion: Conclusion, _ record: RecordID, _ item: PendingRule) {
    var columns = [ValueID?](repeating: nil, count: vocabulary[record].fields.count)
    for field in conclusion.fields where columns.indices.contains(field.field) {
      columns[field.field] = lower(field.value)
    }
    let relation = relation(.record(record))
    builder.derivation(DerivationNode(relation: relation, columns: columns), of: item.node)
  }
}

/// A rule node that is announced and waits to be filled in.
struct PendingRule {
  var id: RuleID
  var node: RuleNodeID
  var bindings: [VariableBinding]
}
