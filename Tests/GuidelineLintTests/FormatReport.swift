internal import FindingFormats
internal import SourceText

@testable internal import GuidelineLint

/// A made-up report in which everything occurs that a format has to cope with.
enum FormatReport {
  /// Non-ASCII signs, one of them of two UTF-16 units, stand before the places; the path must be encoded in a URI.
  static let first = "guidelines/Sjögren ILD.yaml"
  static let firstText = """
    id: sjogren-ild
    title: "Lunge 🫁 – ILD" # für Ärzte
    rules:
      - id: aza-maintenance
        when: [patient.has(ild)]
        then: [recommend azathioprine]
      - id: aza-not-in-rp-ild
        when: ["🫁 – é", patient.has(rp_ild)]
        then: [advise against azathioprine]

    """
  /// With a byte order mark and lines that end with CRLF.
  static let second = "./guidelines/labs.yaml"
  static let secondText =
    "\u{FEFF}id: labs\r\nfacts: # µmol/l\r\n  é: {unit: mg/kg, fact: kreatinin}\r\nnote: old\r\n\r\n\r\n"
  /// That cannot be parsed.
  static let broken = "guidelines/broken.yaml"
  static let brokenText = "rules:\n  - when: [a\n  then: <b> & \"c\"\n"

  static let unknownFact = DiagnosticCode("GL0301", "unknown-fact", .error)
  static let contradiction = DiagnosticCode("GL0801", "contradiction", .error)
  static let citationYear = DiagnosticCode("GL0606", "citation-year-mismatch", .warning)
  static let noMonitoring = DiagnosticCode("GL0902", "agent-without-monitoring", .error)
  static let layout = DiagnosticCode("GL1203", "blank-lines", .info)
  static let syntax = DiagnosticCode("GL0101", "yaml-syntax", .error)
  /// Found without a page.
  static let unpaged = DiagnosticCode("GL0399", "unpaged-check", .warning)

  static let options = FormatOptionsForTests.options

  static var whole: LintReport {
    var files = SourceFiles()
    let ids = (
      files.add(path: first, bytes: Array(firstText.utf8)), files.add(path: second, bytes: Array(secondText.utf8)),
      files.add(path: broken, bytes: Array(brokenText.utf8))
    )
    let places = Places(files: files)
    var report = LintReport(
      files: files,
      findings: [
        findNoMonitoring(), findSyntax(ids.2, places), findContradiction(ids.0, ids.1, places),
        findYear(ids.0, places), findBlankLines(ids.1, places), findUnknownFact(ids.1, places),
        findUnpaged(ids.1, places),
      ])
    report.unreadable = [UnreadableFile(path: "guidelines/lost & found.yaml", reason: "permission denied")]
    report.remarks = ["Analysed 2 of 3 rules.", "Not decided: 1 pair (`dose` is computed from two facts)."]
    return report
  }

  /// Nothing read, nothing found.
  static var empty: LintReport { LintReport(files: SourceFiles(), findings: []) }

  /// A report with many findings of one severity in one file, the last of which guards patients.
  static func many(_ count: Int) -> LintReport {
    var files = SourceFiles()
    let id = files.add(path: "a.yaml", bytes: Array(String(repeating: "x: y\n", count: count).utf8))
    let findings = (0..<count).map { index in
      let span = Span(file: id, start: UInt32(index * 5), end: UInt32(index * 5 + 1))
      let code = index == count - 1 ? noMonitoring : unknownFact
      return Finding(
        diagnostic: Diagnostic(code, "finding \(index + 1)", at: span), fingerprint: "f\(index)", state: .open)
    }
    return LintReport(files: files, findings: findings)
  }
}

// MARK: - The findings

extension FormatReport {
  private static func findNoMonitoring() -> Finding {
    Finding(
      diagnostic: Diagnostic(
        noMonitoring, "`azathioprine` can be recommended, but nothing says what to watch", at: nil,
        notes: ["`sjogren-ild` recommends it"], help: ["add `monitoring:` to the profile of `azathioprine`"]),
      fingerprint: "11aa", state: .open)
  }

  private static func findSyntax(_ id: FileID, _ places: Places) -> Finding {
    Finding(
      diagnostic: Diagnostic(
        syntax, "the list `[a\u{1B}[31m` is 100% open: <b> & \"c\", 'd' ]]> | `x` *y* [z](w) ::error::",
        at: places.from("[a", toEndOf: id), label: "it begins here", help: ["write `]` behind `a`"]),
      fingerprint: "22bb", state: .open)
  }

  private static func findContradiction(_ id: FileID, _ other: FileID, _ places: Places) -> Finding {
    Finding(
      diagnostic: Diagnostic(
        contradiction, "some patients get azathioprine both recommended and advised against",
        at: places.of("recommend azathioprine", in: id), label: "recommended here",
        related: [
          RelatedPlace(places.of("patient.has(rp_ild)", in: id), "nothing excludes `rp_ild` [strictly]"),
          RelatedPlace(places.of("kreatinin", in: other), "the fact that decides"),
        ],
        notes: ["both rules are in force from 2026-01-31"],
        help: ["add `overrides: [aza-maintenance]` to `aza-not-in-rp-ild`", "or narrow `when`"],
        fixes: [
          Fix(
            title: "add `overrides`",
            edits: [
              TextEdit(span: places.after("id: aza-not-in-rp-ild", in: id), replacement: "\n    overrides: [\"ä\"]"),
              TextEdit(span: places.of("kreatinin", in: other), replacement: "creatinine"),
            ], safety: .edit)
        ],
        example: ExamplePatient(
          facts: ["ild:", "  severity: moderate # `µ` | 🫁", "rp_ild: true"],
          outcome: ["`azathioprine` is recommended", "`azathioprine` is advised against"],
          test: "tests:\n  - name: both\n")),
      fingerprint: "33cc", state: .open)
  }

  private static func findYear(_ id: FileID, _ places: Places) -> Finding {
    Finding(
      diagnostic: Diagnostic(
        citationYear, "the title says 2023, but `published` says 2024", at: places.of("ILD\"", in: id),
        help: ["write the year of the edition"]),
      fingerprint: "44dd", state: .suppressed(reason: "named 2023, published in July 2024 (JS) <x> & \"y\""))
  }

  private static func findBlankLines(_ other: FileID, _ places: Places) -> Finding {
    let end = places.files[other].span.end
    return Finding(
      diagnostic: Diagnostic(
        layout, "three blank lines stand where one is enough", at: Span(file: other, start: end - 2, end: end),
        fixes: [
          Fix(
            title: "remove a line",
            edits: [TextEdit(span: Span(file: other, start: end - 2, end: end), replacement: "")], safety: .safe),
          Fix(
            title: "remove the byte order mark",
            edits: [TextEdit(span: Span(file: other, start: 0, end: 3), replacement: "")], safety: .safe),
        ]),
      fingerprint: "55ee", state: .open)
  }

  private static func findUnknownFact(_ id: FileID, _ places: Places) -> Finding {
    Finding(
      diagnostic: Diagnostic(
        unknownFact, "no fact is named `kreatinin`", at: places.of("kreatinin", in: id),
        help: ["did you mean `creatinine`?"],
        fixes: [
          Fix(
            title: "write `creatinine`",
            edits: [TextEdit(span: places.of("kreatinin", in: id), replacement: "creatinine")], safety: .edit)
        ]),
      fingerprint: "66ff", state: .open)
  }

  private static func findUnpaged(_ id: FileID, _ places: Places) -> Finding {
    Finding(
      diagnostic: Diagnostic(unpaged, "this note is old", at: places.of("old", in: id)), fingerprint: "7700",
      state: .inBaseline)
  }
}

/// Places by the words that stand there.
private struct Places {
  let files: SourceFiles

  func of(_ words: String, in file: FileID) -> Span {
    let bytes = files[file].bytes
    let sought = Array(words.utf8)
    let start = bytes.indices.first { bytes[$0...].starts(with: sought) } ?? 0
    return Span(file: file, start: UInt32(start), end: UInt32(start + sought.count))
  }

  func after(_ words: String, in file: FileID) -> Span {
    let end = of(words, in: file).end
    return Span(file: file, start: end, end: end)
  }

  func from(_ words: String, toEndOf file: FileID) -> Span {
    Span(file: file, start: of(words, in: file).start, end: files[file].span.end)
  }
}
