internal import GuidelineSyntax
internal import SourceText

// The order in which definitions are settled: a value comes after the values whose types it needs. Without it, a long
// chain of definitions would be settled as deep as it is long.

extension Resolver {
  /// Settles all definitions.
  mutating func resolveDefinitions() {
    for index in valuesInOrder() { resolveDefinition(index) }
    for index in drafts.indices { resolveDefinition(index) }
  }

  /// Definitions whose type only their value tells, each after those it reads.
  private mutating func valuesInOrder() -> [Int] {
    var order: [Int] = []
    var isDone = [Bool](repeating: false, count: drafts.count)
    var isOpen = isDone
    for root in drafts.indices where hasOpenType(root) && !isDone[root] {
      var way = [(index: root, needs: needs(of: root))]
      isOpen[root] = true
      while var top = way.popLast() {
        guard let next = top.needs.popLast() else {
          isDone[top.index] = true
          isOpen[top.index] = false
          order.append(top.index)
          continue
        }
        way.append(top)
        if isOpen[next] {
          reportCircle(way.map(\.index), backTo: next)
        } else if !isDone[next] {
          isOpen[next] = true
          way.append((next, needs(of: next)))
        }
      }
    }
    return order
  }

  private func hasOpenType(_ index: Int) -> Bool {
    guard drafts[index].fact == nil else { return false }
    switch drafts[index].syntax.form {
    case .value, .first: return true
    case .means, .agree, .lookUp, .broken: return false
    }
  }

  private func needs(of index: Int) -> [Int] {
    let own = drafts[index].syntax.names.compactMap { definitionNamed[$0] }
    return own.filter { hasOpenType($0) }.sorted(by: >)
  }

  private mutating func reportCircle(_ way: [Int], backTo start: Int) {
    guard !drafts[start].isBroken, let from = way.firstIndex(of: start) else { return }
    let circle = way[from...]
    let names = (circle + [start]).map { drafts[$0].name }
    let shown = names.count <= 8 ? names : names.prefix(4) + ["…"] + names.suffix(3)
    diagnostics.report(
      .definitionCycle, "`\(drafts[start].name)` depends on itself: \(shown.joined(separator: " → "))",
      at: drafts[start].syntax.name.span, help: "break the circle: a value cannot rest on itself")
    for index in circle { drafts[index].state = .broken }
  }
}
