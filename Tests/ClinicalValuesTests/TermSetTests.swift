import ClinicalValues
import Testing

struct TermSetTests {
  @Test(arguments: [0, 1, 63, 64, 65, 128, 129, 300])
  func `all terms of a group are in its full set and no more`(count: Int) {
    let set = TermSet(allOf: count)
    #expect(Array(set.indices) == Array(0..<count))
    #expect(set.count == count)
    #expect(set == TermSet(0..<count))
    #expect(!set.contains(count) && !set.contains(-1))
    #expect(set.isEmpty == (count == 0))
    #expect(set.lowest == (count == 0 ? nil : 0))
    #expect(set.highest == (count == 0 ? nil : count - 1))
  }

  @Test func `only the set of one term is single`() {
    #expect(TermSet(70).single == 70)
    #expect(TermSet([3, 70]).single == nil)
    #expect(TermSet().single == nil)
  }

  @Test(arguments: seeds)
  func `it behaves as a set of numbers does`(seed: UInt64) {
    var random = RandomSource(seed: seed)
    for _ in 0..<500 {
      let limit = [8, 64, 200].randomElement(using: &random)!
      let first = Set(
        (0..<Int.random(in: 0...6, using: &random)).map { _ in Int.random(in: 0..<limit, using: &random) })
      let second = Set(
        (0..<Int.random(in: 0...6, using: &random)).map { _ in Int.random(in: 0..<limit, using: &random) })
      let (a, b) = (TermSet(first), TermSet(second))
      let note = Comment("seed \(seed): \(first), \(second)")
      #expect(Array(a.indices) == first.sorted(), note)
      #expect(a.union(b) == TermSet(first.union(second)), note)
      #expect(a.intersects(b) == !first.isDisjoint(with: second), note)
      #expect(a.isSubset(of: b) == first.isSubset(of: second), note)
      #expect((a == b) == (first == second), note)
      #expect(a.lowest == first.min() && a.highest == first.max(), note)
    }
  }
}
