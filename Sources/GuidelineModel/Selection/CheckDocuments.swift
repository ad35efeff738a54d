internal import ClinicalValues
internal import GuidelineSyntax
internal import SourceText

/// Faults of the headers of a library: editions that exclude each other, `uses` without a document or in a circle.
///
/// The answer is what the headers say.
func checkHeaders(of library: LibrarySyntax, into diagnostics: inout Diagnostics) -> [DocumentFacts] {
  let documents = library.documentFacts(into: &diagnostics)
  let known = documents.filter { $0.kind != .tests }
  let named = Dictionary(grouping: known, by: \.id)
  var unknown = UnknownDocuments()
  for document in documents {
    if let from = document.from, let until = document.until, until < from {
      diagnostics.report(
        .periodReversed, "`\(document.id)` would end on \(until.iso), before it begins on \(from.iso)",
        at: document.untilSpan ?? document.span, help: "put `from` before `until`")
    }
    if document.status == .draft, document.holdsRules { reportDraft(document, into: &diagnostics) }
    for pin in document.uses { check(pin, of: document, named, known, &unknown, into: &diagnostics) }
  }
  reportOverlaps(known, named, into: &diagnostics)
  reportCircles(known, into: &diagnostics)
  return documents
}

/// What to do about documents that are not there; a whole library may use the same one.
struct UnknownDocuments {
  private var helps: [String: String] = [:]

  mutating func help(_ name: String, _ make: @autoclosure () -> String) -> String {
    if let help = helps[name] { return help }
    let help = make()
    helps[name] = help
    return help
  }
}

private func reportDraft(_ document: DocumentFacts, into diagnostics: inout Diagnostics) {
  diagnostics.report(
    .draftLeftOut, "`\(document.id)` is a draft and speaks for no patient", at: document.span,
    help: "write `status: active` when it has been reviewed")
}

private func check(
  _ pin: Pin, of user: DocumentFacts, _ byName: [String: [DocumentFacts]], _ known: [DocumentFacts],
  _ unknown: inout UnknownDocuments, into diagnostics: inout Diagnostics
) {
  guard let named = byName[pin.id] else {
    diagnostics.report(
      .unknownDocument, "`\(user.id)` uses `\(pin.id)`, but the library has no such document", at: pin.span,
      help: unknown.help(
        pin.id, didYouMean(pin.id, known.map(\.id)) ?? "put it into the library, or take it away from `uses`"))
    return
  }
  guard !named.contains(where: { $0.answers(to: pin) || $0.lacksEdition }) else { return }
  diagnostics.report(
    .unknownEdition, "`\(pin.id)` has no edition or version `\(pin.edition ?? "")`", at: pin.span,
    help: "there is \(list(named.map { $0.edition ?? $0.version }))")
}

private func reportOverlaps(
  _ documents: [DocumentFacts], _ named: [String: [DocumentFacts]], into diagnostics: inout Diagnostics
) {
  var first: [String: DocumentFacts] = [:]
  for document in documents where document.status == .active {
    let key = document.id + "@" + (document.from?.iso ?? "")
    if let earlier = first[key] {
      let when = document.from.map { "from \($0.iso)" } ?? "always"
      diagnostics.report(
        .editionsOverlap, "two active documents are named `\(document.id)`, both in force \(when)", at: document.span,
        help: "let each begin on a day of its own (`in_force: {from: …}`), or write `status: retired` in one of them",
        also: [(earlier.span, "the other one")])
    } else {
      first[key] = document
    }
    if let other = named[document.id]?.first(where: { $0.kind != document.kind }),
      other.index < document.index
    {
      diagnostics.report(
        .duplicateId, "two documents of different kinds are named `\(document.id)`", at: document.span,
        help: "give one of them another name", also: [(other.span, "the other one")])
    }
  }
}

private func reportCircles(_ documents: [DocumentFacts], into diagnostics: inout Diagnostics) {
  var graph = UsesGraph()
  for document in documents { graph.add(document.id, uses: document.uses.map(\.id)) }
  var reported: Set<String> = []
  for document in documents.sorted(by: { $0.id < $1.id }) where !reported.contains(document.id) {
    guard let circle = graph.circle(through: document.id) else { continue }
    reported.formUnion(circle)
    diagnostics.report(
      .usesCycle, "documents use each other in a circle: \(circle.joined(separator: " → "))", at: document.span,
      help: "move what they share into a document of its own")
  }
}
