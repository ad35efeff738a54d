internal import ClinicalValues
internal import SourceText
internal import Testing

@testable internal import GuidelineKit

@Suite struct ListingTests {
  @Test func `statements are cited, left out with a reason, or missing`() throws {
    let sources = Ward.library().statementCoverage()
    #expect(sources.map(\.source) == ["book"])
    #expect(
      sources.first?.statements.map(\.state) == [
        .cited(by: ["counts/give"]), .notEncoded(reason: "background"), .missing,
      ])
    #expect(sources.first?.isComplete == false)
  }

  @Test func `a fact is listed with its type, its unit and who reads it`() throws {
    let facts = Ward.library().factListing()
    let count = try #require(facts.first { $0.name == "wbc" })
    #expect(count.type == "series of quantity")
    #expect(count.unit == "10*9/L")
    #expect(count.range?.high.canonicalDecimal == "1000")
    #expect(count.readBy == ["counts/low_count"])
    #expect(count.codes == [ListedCode(system: "loinc", code: "6690-2")])
    let medication = try #require(facts.first { $0.name == "medication" })
    #expect(medication.fields.map(\.name) == ["drug", "status", "start"])
    #expect(medication.readBy == ["counts/count-after-start"])
    #expect(facts.first { $0.name == "settled" }?.derivedBy == ["counts/settled"])
    #expect(facts.map(\.name) == facts.map(\.name).sorted())
  }

  @Test func `the graph of a rule holds what it rests on and what it does`() throws {
    let graph = try Ward.guidelines().ruleGraph(rule: "stop-for-low-count")
    #expect(
      graph.nodes.map(\.id) == [
        "conclusion:against azathioprine", "definition:counts/low_count", "fact:diagnosis", "fact:wbc",
        "rule:counts/give", "rule:counts/stop-for-low-count", "scope:counts",
      ])
    #expect(graph.edges.map(\.kind) == [.reads, .reads, .reads, .concludes, .overrides, .limits, .limits])
  }

  @Test func `the whole graph has every rule once`() throws {
    let graph = try Ward.guidelines().ruleGraph()
    #expect(graph.nodes.count { $0.kind == .rule } == 6)
    #expect(Set(graph.nodes.map(\.id)).count == graph.nodes.count)
    let ids = Set(graph.nodes.map(\.id))
    #expect(graph.edges.allSatisfy { ids.contains($0.from) && ids.contains($0.to) })
  }

  @Test func `names are quoted for Graphviz and for Mermaid`() {
    let node = GuidelineGraph.Node(id: "rule:a\"b", kind: .rule, label: "a\"b", document: nil, path: nil, line: nil)
    let graph = GuidelineGraph(nodes: [node], edges: [])
    #expect(graph.dot.contains(#""rule:a\"b" [label="a\"b", shape=box];"#))
    #expect(graph.mermaid.contains("n0[\"a#quot;b\"]"))
  }

  @Test func `canonical text is stable and keeps comments`() throws {
    let text = "# Counts\nvocabulary:   ward\nversion: 1.0.0\n"
    let once = try GuidelineLibrary.canonicalText(path: "a.yaml", bytes: Array(text.utf8))
    let twice = try GuidelineLibrary.canonicalText(path: "a.yaml", bytes: Array(once.utf8))
    #expect(once == "# Counts\nvocabulary: ward\nversion: 1.0.0\n")
    #expect(once == twice)
  }

  @Test func `a broken document is refused with its place`() {
    #expect(throws: InvalidContent.self) {
      try GuidelineLibrary.canonicalText(path: "a.yaml", bytes: Array("vocabulary: [".utf8))
    }
  }

  @Test func `the graph shows what limits a rule, and what excepts it`() throws {
    let guideline = Ward.guideline.replacing(
      "when: level >= medium", with: "when: level >= medium\n    unless: bleeding")
    let guidelines = try Ward.library(guideline: guideline).guidelines(inForceOn: Ward.today)
    let graph = try guidelines.ruleGraph(rule: "give")
    func has(_ from: String, _ to: String, _ kind: GuidelineGraph.Edge.Kind) -> Bool {
      graph.edges.contains(GuidelineGraph.Edge(from: from, to: to, kind: kind))
    }
    #expect(has("scope:counts", "rule:counts/give", .limits))
    #expect(has("fact:diagnosis", "scope:counts", .reads))
    #expect(has("fact:bleeding", "rule:counts/give", .excepts))
    #expect(!has("fact:bleeding", "rule:counts/give", .reads))
    #expect(has("fact:level", "rule:counts/give", .reads))
    #expect(graph.mermaid.contains("-- unless -->"))
    #expect(graph.dot.contains("label=\"scope\""))
  }
}
