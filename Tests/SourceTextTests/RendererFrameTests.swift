import SourceText
import Testing

@Suite("What is written around an excerpt")
struct RendererFrameTests {
  private let fixture = Fixture(
    """
    rules:
      - id: aza
        when: {fact: fvc_pecent, lt: 70}
    """)

  @Test func `a finding shows its place, the line, carets with the label, and what to do`() {
    let span = fixture.span("fvc_pecent")
    let finding = Diagnostic(
      unknown, "no fact named `fvc_pecent` is declared", at: span, label: "did you mean `fvc_percent`?",
      notes: ["the rule `aza` is left out"], help: ["declare it"],
      fixes: [Fix(title: "rename", edits: [TextEdit(span: span, replacement: "fvc_percent")], safety: .edit)])
    #expect(
      fixture.render(finding) == """
        error GL0301 unknown-fact: no fact named `fvc_pecent` is declared
          --> rules.yaml:3:18
           |
         3 |     when: {fact: fvc_pecent, lt: 70}
           |                  ^^^^^^^^^^ did you mean `fvc_percent`?
           = note: the rule `aza` is left out
           = help: declare it
           = fix [edit]: rename
               3:18: replace `fvc_pecent` with `fvc_percent`

        """)
  }

  @Test func `findings are set apart by an empty line`() {
    let finding = Diagnostic(mismatch, "one", at: nil)
    #expect(
      fixture.render(finding, Diagnostic(hint, "two", at: nil, notes: ["why"])) == """
        warning GL0606 citation-year-mismatch: one

        info GL0900 long-title: two
           = note: why

        """)
    #expect(fixture.render() == "")
  }

  @Test func `the further lines of a remark stand below it`() {
    let finding = Diagnostic(unknown, "x", at: nil, notes: ["example patient:\nctd: sjogren\n  age: 70"])
    #expect(
      fixture.render(finding) == """
        error GL0301 unknown-fact: x
           = note: example patient:
               ctd: sjogren
                 age: 70

        """)
  }

  @Test func `a fix says what it inserts, removes or replaces, and where if that is another file`() {
    var fixture = fixture
    let other = fixture.files.add(path: "facts.yaml", bytes: Array("facts:\n  fvc: {}\n".utf8))
    let start = fixture.span("rules").start
    let edits = [
      TextEdit(span: fixture.place(start, start), replacement: "version: 1\n"),
      TextEdit(span: fixture.span(", lt: 70"), replacement: ""),
      TextEdit(span: fixture.span("fvc", in: other), replacement: "fvc_pecent"),
      TextEdit(span: fixture.span("id"), replacement: String(repeating: "n", count: 200)),
    ]
    let finding = Diagnostic(
      unknown, "x", at: start == 0 ? fixture.place(0, 5) : nil,
      fixes: [
        Fix(title: "mend", edits: edits, safety: .safe)
      ])
    let rows = fixture.render(finding).split(separator: "\n").suffix(5)
    #expect(
      rows.joined(separator: "\n") == """
           = fix [safe]: mend
               1:1: insert `version: 1␊`
               3:28: remove `, lt: 70`
               facts.yaml:2:3: replace `fvc` with `fvc_pecent`
               2:5: replace `id` with `\(String(repeating: "n", count: 80))...`
        """)
  }

  @Test func `the gutter is as wide as the largest line number`() {
    let fixture = Fixture(String(repeating: "a\n", count: 999) + "last")
    let finding = Diagnostic(
      unknown, "x", at: fixture.place(0, 1), related: [RelatedPlace(fixture.span("last"), "the end")], notes: ["n"])
    #expect(
      fixture.render(finding) == """
        error GL0301 unknown-fact: x
            --> rules.yaml:1:1
             |
           1 | a
             | ^
             :
        1000 | last
             | ---- the end
             = note: n

        """)
  }

  @Test func `the short style gives one line for each finding`() {
    let renderer = DiagnosticRenderer(style: .short, color: false)
    let findings = [
      Diagnostic(unknown, "first\nline", at: fixture.span("aza"), label: "label", notes: ["note"]),
      Diagnostic(mismatch, "no place", at: nil),
    ]
    #expect(
      renderer.render(findings, in: fixture.files) == """
        rules.yaml:2:9: error GL0301 unknown-fact: first␊line
        warning GL0606 citation-year-mismatch: no place

        """)
  }

  @Test func `colours frame the text and never change it`() {
    let finding = Diagnostic(
      mismatch, "m", at: fixture.span("aza"), label: "here", related: [RelatedPlace(fixture.span("id"), "there")],
      notes: ["n"])
    let colored = fixture.render(finding, color: true)
    #expect(
      colored == """
        \u{1B}[1;33mwarning GL0606 citation-year-mismatch\u{1B}[0m\u{1B}[1m: m\u{1B}[0m
        \u{1B}[1;34m  --> \u{1B}[0mrules.yaml:2:9
        \u{1B}[1;34m   |\u{1B}[0m
        \u{1B}[1;34m 2 |\u{1B}[0m   - id: aza
        \u{1B}[1;34m   |\u{1B}[0m         \u{1B}[1;33m^^^ here\u{1B}[0m
        \u{1B}[1;34m   |\u{1B}[0m     \u{1B}[1;34m-- there\u{1B}[0m
        \u{1B}[1;34m   =\u{1B}[0m \u{1B}[1mnote:\u{1B}[0m n

        """)
    let plain = ["0", "1", "1;33", "1;34"].reduce(colored) { text, code in
      text.split(separator: "\u{1B}[\(code)m", omittingEmptySubsequences: false).joined()
    }
    #expect(plain == fixture.render(finding))
  }

  @Test(arguments: [
    ([], "no findings"),
    ([Diagnostic(unknown, "x", at: nil)], "1 error"),
    (
      [
        Diagnostic(mismatch, "x", at: Span(file: FileID(0), start: 0, end: 1)),
        Diagnostic(unknown, "x", at: Span(file: FileID(1), start: 0, end: 1)),
        Diagnostic(unknown, "y", at: Span(file: FileID(1), start: 0, end: 1)),
      ], "2 errors, 1 warning in 2 files"
    ),
    (
      [hint, hint, mismatch, mismatch].map { Diagnostic($0, "x", at: Span(file: FileID(0), start: 0, end: 1)) },
      "2 warnings, 2 info in 1 file"
    ),
  ])
  func `the summary counts findings and files`(findings: [Diagnostic], expected: String) {
    #expect(DiagnosticRenderer(style: .full, color: false).summary(findings) == expected)
  }
}
