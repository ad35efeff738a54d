internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

extension Check {
  static let doiFormat = Check(
    DiagnosticCode("GL0605", "doi-format"), .syntax, isFixable: true,
    CheckPage(
      summary: "The DOI or the PubMed number of a source does not have the form of one.",
      why: "The source cannot be looked up with it.",
      example: """
        sources:
          handbook:
            title: A handbook
            doi: "https://doi.org/10.1002/acr.25348"
            statements: {H1: {says: one thing}}
        """,
      mended: """
        sources:
          handbook:
            title: A handbook
            doi: "10.1002/acr.25348"
            statements: {H1: {says: one thing}}
        """,
      notes: """
        A DOI begins with `10.`, four to nine digits and a stroke, and stands without `https://doi.org/` or `doi:`. A \
        PubMed number has up to eight digits. Whether the number belongs to this source is not looked up.
        """)
  ) { context, found in
    for source in context.writtenSources {
      if let doi = source.doi, !Identifier.isDOI(doi.value) {
        report(doi, "a DOI", Identifier.doi(in: doi.value), &found)
      }
      if let pmid = source.pmid, !Identifier.isPubMedNumber(pmid.value) {
        report(pmid, "a PubMed number", Identifier.pubMedNumber(in: pmid.value), &found)
      }
    }
  }

  private static func report(_ text: LocatedText, _ what: String, _ meant: String?, _ found: inout CheckFindings) {
    let fix = meant.map {
      Fix(title: "write `\($0)`", edits: [TextEdit(span: text.span, replacement: "\"\($0)\"")], safety: .safe)
    }
    let form = what == "a DOI" ? "a DOI has the form `10.1002/acr.25348`" : "a PubMed number has up to eight digits"
    found.report(
      "`\(text.value)` is not \(what)", at: text.span, help: [meant.map { "write `\($0)`" } ?? form],
      fixes: fix.map { [$0] } ?? [])
  }
}

extension LintContext {
  /// The sources of all documents, as they were written.
  var writtenSources: [SourceSyntax] {
    syntax.documents.flatMap { document -> [SourceSyntax] in
      guard case .guideline(let body) = document.syntax.body else { return [] }
      return body.sources
    }
  }
}

/// Numbers under which publications are found.
private enum Identifier {
  static func isDOI(_ text: String) -> Bool {
    guard text.hasPrefix("10."), let slash = text.firstIndex(of: "/") else { return false }
    let registrant = text[text.index(text.startIndex, offsetBy: 3)..<slash]
    let suffix = text[text.index(after: slash)...]
    let digits = registrant.prefix { $0.isASCII && $0.isNumber }
    return (4...9).contains(digits.count) && registrant.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
      && !suffix.isEmpty && !suffix.contains(where: \.isWhitespace) && !".,;".contains(suffix.last ?? ".")
  }

  /// What is left without an address or a blank around it, if that is a DOI.
  static func doi(in text: String) -> String? {
    guard let start = text.range(of: "10.") else { return nil }
    let meant = text[start].trimmingEnd
    return isDOI(meant) ? meant : nil
  }

  static func isPubMedNumber(_ text: String) -> Bool {
    (1...8).contains(text.count) && text.allSatisfy { $0.isASCII && $0.isNumber } && text.first != "0"
  }

  static func pubMedNumber(in text: String) -> String? {
    let digits = text.filter { $0.isASCII && $0.isNumber }
    let rest = text.filter { $0.isLetter }.lowercased()
    return isPubMedNumber(digits) && (rest == "pmid" || rest.isEmpty) ? digits : nil
  }
}

extension String {
  /// From the first occurrence of a piece on.
  fileprivate func range(of piece: String) -> PartialRangeFrom<String.Index>? {
    indices.first { self[$0...].hasPrefix(piece) }.map { $0... }
  }
}

extension Substring {
  fileprivate var trimmingEnd: String {
    var rest = self
    while let last = rest.last, last.isWhitespace || ".,;".contains(last) { rest = rest.dropLast() }
    return String(rest)
  }
}
