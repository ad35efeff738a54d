internal import GuidelineSyntax
internal import SourceText

extension Check {
  static let citationYearMismatch = Check(
    DiagnosticCode("GL0606", "citation-year-mismatch", .warning), .syntax,
    CheckPage(
      summary: "The title of a source names another year than `published`, and `edition` does not explain it.",
      why: """
        A guideline of 2023 that was printed in 2024 is cited under both years: readers take them for two guidelines, \
        or an old edition for the new one.
        """,
      example: """
        sources:
          handbook:
            title: 2023 handbook of lungs
            published: 2024-07-08
            statements: {H1: {says: one thing}}
        """,
      mended: """
        sources:
          handbook:
            title: 2023 handbook of lungs
            edition: "2023"
            published: 2024-07-08
            statements: {H1: {says: one thing}}
        """,
      notes: "A title that names several years needs one that agrees.")
  ) { context, found in
    for source in context.writtenSources {
      guard let title = source.title, let published = source.published else { continue }
      let years = Self.years(in: title.value)
      guard let year = years.first, !years.contains(String(published.value.prefix(4))) else { continue }
      let edition = source.edition.map { Self.years(in: $0.value) } ?? []
      guard Set(edition).isDisjoint(with: years) else { continue }
      found.report(
        "the title of `\(source.id.value)` says \(year), but it was published on \(published.value)",
        at: published.span,
        related: [RelatedPlace(title.span, "the title")],
        help: ["if both are right, add `edition: \"\(year)\"`; otherwise correct one of them"])
    }
  }

  /// Four digits that stand alone and can be a year of our time.
  private static func years(in text: String) -> [String] {
    text.split { !$0.isASCII || !($0.isNumber || $0.isLetter) }.map(String.init)
      .filter { $0.count == 4 && ($0.hasPrefix("19") || $0.hasPrefix("20")) && $0.allSatisfy(\.isNumber) }
  }
}
