internal import ClinicalValues
internal import Foundation
internal import RuleEngine
internal import Testing

@Suite struct ClosureTests {
  static let seed = ProcessInfo.processInfo.environment["GUIDELINE_SEED"].flatMap(UInt64.init) ?? 20_260_601

  @Test func `ten thousand links in chains of ten reach all that lies behind them`() throws {
    let closure = try Closure()
    var edges: [Edge] = []
    for chain in 0..<1000 {
      for step in 0..<10 { edges.append(Edge(chain * 100 + step, chain * 100 + step + 1)) }
    }
    let session = closure.session(edges)
    let pairs = closure.pairs(session, .yes)
    #expect(pairs.count == 55_000)
    #expect(pairs.contains(Edge(700, 710)))
    #expect(!pairs.contains(Edge(700, 711)))
  }

  @Test func `a circle of links reaches itself and the fixpoint ends`() throws {
    let closure = try Closure()
    let edges = (0..<50).map { Edge($0, ($0 + 1) % 50) }
    let session = closure.session(edges)
    #expect(closure.pairs(session, .yes).count == 2500)
  }

  @Test func `random links reach what a walk reaches`() throws {
    print("seed \(Self.seed)")
    var random = SplitMix64(seed: Self.seed)
    let closure = try Closure()
    for _ in 0..<40 {
      let nodes = Int.random(in: 2...9, using: &random)
      let edges = (0..<Int.random(in: 0...14, using: &random)).map { _ in
        Edge(Int.random(in: 0..<nodes, using: &random), Int.random(in: 0..<nodes, using: &random))
      }
      let session = closure.session(edges)
      #expect(closure.pairs(session, .yes) == walk(edges), "seed \(Self.seed), links \(edges)")
    }
  }

  @Test func `a link with an unknown end makes what lies behind it possible`() throws {
    let closure = try Closure()
    let session = closure.session([Edge(1, nil), Edge(5, 6)])
    #expect(closure.pairs(session, .yes) == [Edge(5, 6)])
    #expect(closure.pairs(session, .unknown) == [Edge(1, 6)])
  }

  @Test func `without a collection the only link is a ghost`() throws {
    let closure = try Closure()
    var session = Session(closure.graph, today: Day(number: 0))
    session.run()
    let rows = session.rows(closure.reach, .cautious)
    #expect(rows.count == 1)
    #expect(rows[0].truth == .unknown)
  }

  @Test func `a changed link gives the answer of a fresh run`() throws {
    print("seed \(Self.seed)")
    var random = SplitMix64(seed: Self.seed &+ 1)
    let closure = try Closure()
    var session = closure.session([])
    for _ in 0..<30 {
      let edges = (0..<Int.random(in: 0...10, using: &random)).map { _ in
        Edge(Int.random(in: 0..<6, using: &random), Int.random(in: 0..<6, using: &random))
      }
      session.assert(closure.links, closure.rows(edges))
      session.run()
      let fresh = closure.session(edges)
      #expect(closure.pairs(session, .yes) == closure.pairs(fresh, .yes), "seed \(Self.seed), links \(edges)")
    }
  }

  /// All pairs by walking from each node.
  private func walk(_ edges: [Edge]) -> Set<Edge> {
    var reached = Set(edges)
    var hasGrown = true
    while hasGrown {
      hasGrown = false
      for first in reached {
        for second in edges where first.to == second.from && reached.insert(Edge(first.from, second.to)).inserted {
          hasGrown = true
        }
      }
    }
    return reached
  }
}
