import SourceText
import Testing

@Suite("Findings in order")
struct DiagnosticsTests {
  @Test func `findings are sorted by path, place and id, those without a file first`() {
    var files = SourceFiles()
    let late = files.add(path: "b.yaml", bytes: Array("0123456789".utf8))
    let early = files.add(path: "a.yaml", bytes: Array("0123456789".utf8))
    let expected = [
      Diagnostic(unknown, "no file", at: nil),
      Diagnostic(unknown, "a", at: Span(file: early, start: 9, end: 10)),
      Diagnostic(mismatch, "b", at: Span(file: late, start: 1, end: 2)),
      Diagnostic(unknown, "longer", at: Span(file: late, start: 1, end: 3)),
      Diagnostic(mismatch, "by id", at: Span(file: late, start: 1, end: 3)),
      Diagnostic(mismatch, "by message", at: Span(file: late, start: 1, end: 3)),
      Diagnostic(hint, "after", at: Span(file: late, start: 2, end: 3)),
    ]
    for seed: UInt64 in 1...20 {
      var random = RandomSource(seed: seed)
      var diagnostics = Diagnostics()
      for item in expected.shuffled(using: &random) { diagnostics.report(item) }
      #expect(diagnostics.sorted(in: files) == expected, "seed \(seed)")
    }
  }

  @Test func `the same finding is given once`() {
    var first = Diagnostics()
    #expect(first.isEmpty && !first.hasErrors)
    first.report(mismatch, "x", at: nil)
    var second = first
    #expect(!first.hasErrors)
    second.report(unknown, "x", at: nil)
    second.append(first)
    #expect(second.items.count == 3 && second.hasErrors)
    #expect(second.sorted(in: SourceFiles()).map(\.code) == [unknown, mismatch])
  }

  @Test func `findings that differ only in their remarks keep the order of reporting`() {
    var diagnostics = Diagnostics()
    diagnostics.report(unknown, "x", at: nil, notes: ["second"])
    diagnostics.report(unknown, "x", at: nil, notes: ["first"])
    #expect(diagnostics.sorted(in: SourceFiles()).flatMap(\.notes) == ["second", "first"])
  }

  @Test func `errors weigh more than warnings, warnings more than information`() {
    #expect(Severity.allCases.sorted() == [.info, .warning, .error])
  }
}
