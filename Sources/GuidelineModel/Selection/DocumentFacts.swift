package import ClinicalValues
package import GuidelineSyntax
package import SourceText

/// What selection needs to know of one document.
package struct DocumentFacts: Sendable {
  package enum Status: String, Sendable, CaseIterable {
    case draft, active, retired
  }

  /// Its place in `LibrarySyntax.documents`.
  package var index: Int
  package var id: String
  package var kind: DocumentKind
  package var version: String
  package var edition: String?
  package var status: Status
  package var from: Day?
  package var until: Day?
  /// Where `until` is written.
  package var untilSpan: Span?
  package var uses: [Pin]
  package var span: Span

  package init(index: Int, id: String, kind: DocumentKind, version: String, status: Status, span: Span) {
    self.index = index
    self.id = id
    self.kind = kind
    self.version = version
    self.status = status
    self.uses = []
    self.span = span
  }

  var holdsRules: Bool { kind == .guideline || kind == .definitions }

  func isInForce(on day: Day) -> Bool {
    if let from, from > day { return false }
    if let until, until < day { return false }
    return status == .active
  }

  /// It should have one, and that was reported: nobody knows which one it is.
  var lacksEdition: Bool { kind == .guideline && edition == nil }

  func answers(to pin: Pin) -> Bool {
    id == pin.id && (pin.edition == nil || pin.edition == version || pin.edition == edition)
  }
}

extension LibrarySyntax {
  /// The headers of all documents, with their dates read; dates that are none are reported.
  package func documentFacts(into diagnostics: inout Diagnostics) -> [DocumentFacts] {
    documents.indices.compactMap { index in
      if case .broken = documents[index].syntax.body { return nil }
      let header = documents[index].syntax.header
      _ = readPeriodDay(header.inForce?.reviewBy, into: &diagnostics)
      var facts = DocumentFacts(
        index: index, id: header.id.value, kind: header.kind, version: header.version?.value ?? "",
        status: status(header.status, into: &diagnostics), span: header.id.span)
      facts.edition = header.edition?.value
      facts.from = readPeriodDay(header.inForce?.from, into: &diagnostics)
      facts.until = readPeriodDay(header.inForce?.until, into: &diagnostics)
      facts.untilSpan = header.inForce?.until?.span
      facts.uses = header.uses.map { Pin($0.value, span: $0.span) }
      return facts
    }
  }

  private func status(_ text: LocatedText?, into diagnostics: inout Diagnostics) -> DocumentFacts.Status {
    guard let text else { return .active }
    guard let status = DocumentFacts.Status(rawValue: text.value) else {
      diagnostics.report(
        .unknownGrade, "`\(text.value)` is no status of a document", at: text.span,
        help: didYouMean(text.value, DocumentFacts.Status.allCases.map(\.rawValue)) ?? "write draft, active or retired")
      return .draft
    }
    return status
  }
}

/// Reads a date whose form was judged when the document was read: of one that is none enough was said.
func readPeriodDay(_ text: LocatedText?, into diagnostics: inout Diagnostics) -> Day? {
  guard let text else { return nil }
  if case .failure(.malformed) = Day.read(iso: text.value) { return nil }
  return readDay(text, into: &diagnostics)
}

/// Reads a date; nil when there is no such day, which has been reported.
func readDay(_ text: LocatedText, into diagnostics: inout Diagnostics) -> Day? {
  switch Day.read(iso: text.value) {
  case .success(let day): return day
  case .failure(let problem):
    diagnostics.report(
      .impossibleDate, "`\(text.value)` is no date: \(problem.message)", at: text.span,
      help: dateMeant(text.value, problem).map { "did you mean `\($0)`?" } ?? "write a date such as `2026-06-01`")
    return nil
  }
}

/// The date with month and day exchanged, or the last day of the month.
private func dateMeant(_ text: String, _ problem: DateProblem) -> String? {
  let parts = text.split(separator: "-").map(String.init)
  guard parts.count == 3 else { return nil }
  switch problem {
  case .noSuchMonth:
    let exchanged = "\(parts[0])-\(parts[2])-\(parts[1])"
    if case .success = Day.read(iso: exchanged) { return exchanged }
    return nil
  case .noSuchDay(_, _, let days): return "\(parts[0])-\(parts[1])-\(days)"
  case .malformed, .noSuchYear: return nil
  }
}
