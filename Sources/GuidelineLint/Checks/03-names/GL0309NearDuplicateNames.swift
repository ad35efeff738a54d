internal import GuidelineModel
internal import SourceText

extension Check {
  static let nearDuplicateNames = Check(
    DiagnosticCode("GL0309", "near-duplicate-names", .warning), .library,
    CheckPage(
      summary:
        "Two facts, or two terms of one list, have names that differ only in an abbreviation, a plural or a stroke.",
      why: "One rule reads the one, another rule the other, and the patient is asked for one of them.",
      example: """
        facts:
          pft.fev1_pct: {type: quantity, unit: "%", ask: FEV1 in percent of predicted}
          pft.fev1_percent: {type: quantity, unit: "%", ask: FEV1 in percent of predicted}
        """,
      mended: """
        facts:
          pft.fev1_percent: {type: quantity, unit: "%", ask: FEV1 in percent of predicted}
        """,
      notes: "Known abbreviations only, such as pct, pt, dx, hx, tx, wt, ht, bp, num and max.")
  ) { context, found in
    let vocabulary = context.vocabulary
    Self.report("facts", vocabulary.facts.map { ($0.name, $0.span) }, &found)
    Self.report("records", vocabulary.records.map { ($0.name, $0.span) }, &found)
    for group in vocabulary.groups where group.origins.isEmpty {
      Self.report("terms of `\(group.name)`", group.terms.map { ($0.name, $0.span) }, &found)
    }
  }

  private static func report(_ what: String, _ names: [(name: String, span: Span)], _ found: inout CheckFindings) {
    var first: [String: (name: String, span: Span)] = [:]
    for item in names.sorted(by: { $0.span < $1.span }) {
      let plain = plainName(item.name)
      guard let other = first[plain] else {
        first[plain] = item
        continue
      }
      guard other.name != item.name else { continue }
      found.report(
        "the \(what) `\(other.name)` and `\(item.name)` have nearly the same name", at: item.span,
        related: [RelatedPlace(other.span, "the other one")],
        help: ["keep one of them; if they are two things, give them names that tell the difference"])
    }
  }

  /// Without strokes and plurals, abbreviations written out.
  private static func plainName(_ name: String) -> String {
    name.split { $0 == "_" || $0 == "." }.map { part in
      let word = String(part)
      let single =
        word.count > 3 && word.hasSuffix("s") && !word.hasSuffix("ss") && !word.hasSuffix("is")
        ? String(word.dropLast()) : word
      return abbreviations[single] ?? single
    }.joined()
  }

  private static let abbreviations = [
    "pct": "percent", "perc": "percent", "pt": "patient", "dx": "diagnosis", "diag": "diagnosis", "hx": "history",
    "hist": "history", "tx": "treatment", "rx": "treatment", "wt": "weight", "ht": "height", "num": "number",
    "nr": "number", "max": "maximum", "min": "minimum", "med": "medication", "preg": "pregnancy", "tox": "toxicity",
  ]
}
