import GuidelineCompiler
import SourceText

/// What a condition is quoted as.
struct Quote {
  let text: String
  let path: String
  let line: Int
}

/// The quotations that reports of one choice of guidelines have needed so far: each piece of the source is read once.
struct KeptQuotes {
  private var quotes: [Span: Quote] = [:]

  mutating func quote(_ span: Span, from quotations: Quotations) -> Quote {
    if let known = quotes[span] { return known }
    let quote = Quote(text: quotations.text(span), path: quotations.path(span), line: quotations.line(span))
    quotes[span] = quote
    return quote
  }
}
