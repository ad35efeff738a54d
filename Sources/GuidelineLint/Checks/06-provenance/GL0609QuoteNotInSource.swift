internal import GuidelineModel
internal import SourceText

extension Check {
  static let quoteNotInSource = Check(
    DiagnosticCode("GL0609", "quote-not-in-source", .warning), .library,
    CheckPage(
      summary: "A rule quotes words that do not stand in the quotations of the statements that it cites.",
      why: "The reader takes them for the words of the source. Perhaps they are those of an earlier edition.",
      example: """
        sources:
          handbook:
            title: A handbook
            statements: {H1: {says: not first, quote: "Azathioprine should not be used first."}}
        rules:
          no-azathioprine:
            when: [ild.rapidly_progressive]
            then: [{against: azathioprine}]
            quote: Azathioprine must not be used.
            source: handbook#H1
        """,
      mended: """
        sources:
          handbook:
            title: A handbook
            statements: {H1: {says: not first, quote: "Azathioprine should not be used first."}}
        rules:
          no-azathioprine:
            when: [ild.rapidly_progressive]
            then: [{against: azathioprine}]
            quote: Azathioprine should not be used first.
            source: handbook#H1
        """,
      notes: """
        Capitals, blanks and the forms of quotation marks and dashes do not count; `…` stands for words that are left \
        out. Nothing is said where no cited statement has a `quote`.
        """)
  ) { context, found in
    Provenance.eachRule(context) { rule, library in
      var quotes = rule.conclusions.compactMap { conclusion in
        conclusion.quote.map { ($0, conclusion.citations, conclusion.span) }
      }
      if quotes.isEmpty, let quote = rule.quote { quotes.append((quote, rule.citations, rule.nameSpan)) }
      var reported: Set<String> = []
      for (quote, citations, place) in quotes {
        let excerpts = citations.flatMap { library.statements($0, of: rule) }.filter { $0.quote != nil }
        guard let first = excerpts.first, !excerpts.contains(where: { quote.isPiece(of: $0.quote ?? "") }),
          reported.insert(quote).inserted
        else { continue }
        found.report(
          "the words that `\(rule.name)` quotes do not stand in what it cites", at: place,
          related: [RelatedPlace(first.span, "the words of the source")],
          help: ["quote the source as it is now, and read whether the rule still says the same"])
      }
    }
  }
}

extension String {
  /// Whether its pieces between `…` stand in a text, one behind the other.
  func isPiece(of text: String) -> Bool {
    var rest = text.plainWords[...]
    for piece in split(separator: "…").flatMap({ String($0).pieces }) where !piece.isEmpty {
      guard let start = rest.indices.first(where: { rest[$0...].starts(with: piece) }) else { return false }
      rest = rest[start...].dropFirst(piece.count)
    }
    return true
  }

  /// The pieces between `...`, as plain words.
  private var pieces: [[String]] {
    var pieces: [[String]] = [[]]
    for word in split(whereSeparator: \.isWhitespace) {
      if word == "..." || word == "[...]" {
        pieces.append([])
      } else {
        pieces[pieces.count - 1] += String(word).plainWords
      }
    }
    return pieces
  }

  /// Letters and digits, in lower case.
  private var plainWords: [String] {
    lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }
}
