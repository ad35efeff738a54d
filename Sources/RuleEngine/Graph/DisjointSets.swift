/// Numbers that belong together (Tarjan 1975); the lowest of a set stands for it.
package struct DisjointSets: Sendable {
  private var parents: [Int]

  /// The numbers below `count`, each by itself.
  package init(count: Int) { parents = Array(0..<count) }

  package mutating func find(_ number: Int) -> Int {
    var number = number
    while parents[number] != number {
      parents[number] = parents[parents[number]]
      number = parents[number]
    }
    return number
  }

  package mutating func join(_ one: Int, _ other: Int) {
    let (first, second) = (find(one), find(other))
    parents[max(first, second)] = min(first, second)
  }
}
