internal import ClinicalValues
internal import GuidelineSyntax
package import SourceText

/// Chooses the documents that speak, sorted by id.
///
/// The result holds indices of `library.documents`: guidelines and shared definitions. Vocabularies always count.
package func select(
  _ selection: Selection, from library: LibrarySyntax, into diagnostics: inout Diagnostics
) -> [Int] {
  select(selection, from: library.documentFacts(into: &diagnostics), into: &diagnostics)
}

/// The same from what the heads of the documents say, read before.
package func select(
  _ selection: Selection, from documents: [DocumentFacts], into diagnostics: inout Diagnostics
) -> [Int] {
  var selector = Selector(documents: documents, day: selection.day, diagnostics: diagnostics)
  defer { diagnostics = selector.diagnostics }
  return selector.select(selection)
}

/// Works out one selection.
struct Selector {
  let day: Day
  let documents: [DocumentFacts]
  var diagnostics: Diagnostics
  /// All but tests, by id.
  private let named: [String: [DocumentFacts]]
  /// The document chosen for each id, and the place that asked for it by edition.
  private var chosen: [String: DocumentFacts] = [:]
  private var chosenAt: [String: Span] = [:]
  private var askedFor: [String: Pin] = [:]
  private var unknown = UnknownDocuments()

  init(documents: [DocumentFacts], day: Day, diagnostics: Diagnostics) {
    self.day = day
    self.documents = documents
    self.diagnostics = diagnostics
    named = Self.named(documents)
  }

  static func named(_ documents: [DocumentFacts]) -> [String: [DocumentFacts]] {
    Dictionary(grouping: documents.filter { $0.kind != .tests }, by: \.id)
  }

  /// Of documents whose headers were read already, for one of many selections.
  init(documents: [DocumentFacts], named: [String: [DocumentFacts]], day: Day) {
    self.day = day
    self.documents = documents
    self.named = named
    diagnostics = Diagnostics()
  }

  mutating func select(_ selection: Selection) -> [Int] {
    var open: [DocumentFacts] = []
    switch selection {
    case .inForce:
      open = inForce()
      for document in open { choose(document, at: document.span) }
    case .pinned(let pins, _):
      for pin in pins {
        guard let document = find(pin, askedBy: nil) else { continue }
        open.append(document)
        choose(document, at: pin.span)
      }
    }
    // A used document is looked for after all that were asked for, so that their editions hold.
    var place = 0
    while place < open.count {
      for pin in open[place].uses {
        guard let used = use(pin, of: open[place]) else { continue }
        open.append(used)
      }
      place += 1
    }
    let kept = chosen.values.filter(\.holdsRules).sorted { $0.id < $1.id }
    return kept.map(\.index)
  }

  private mutating func choose(_ document: DocumentFacts, at place: Span) {
    guard let other = chosen[document.id], other.index != document.index else {
      chosen[document.id] = document
      chosenAt[document.id] = place
      return
    }
    diagnostics.report(
      .conflictingPins, "two editions of `\(document.id)` are asked for at once", at: place,
      help: "ask for one of them", also: [(chosenAt[document.id] ?? other.span, "the other edition")])
  }

  /// A document named under `uses`, if it was not chosen already.
  private mutating func use(_ pin: Pin, of user: DocumentFacts) -> DocumentFacts? {
    if let present = chosen[pin.id] {
      guard !present.answers(to: pin) else {
        if pin.edition != nil { askedFor[pin.id] = askedFor[pin.id] ?? pin }
        return nil
      }
      return replace(present, for: pin, of: user)
    }
    guard let found = find(pin, askedBy: user) else { return nil }
    if pin.edition != nil { askedFor[pin.id] = pin }
    chosen[pin.id] = found
    return found
  }

  /// An edition that is named under `uses` goes before the one in force, but two of them cannot be had.
  private mutating func replace(_ present: DocumentFacts, for pin: Pin, of user: DocumentFacts) -> DocumentFacts? {
    guard let found = find(pin, askedBy: user) else { return nil }
    if let earlier = askedFor[pin.id] {
      diagnostics.report(
        .conflictingPins, "`\(user.id)` uses `\(pin.text)`, but `\(earlier.text)` is used as well", at: pin.span,
        help: "let both use the same edition", also: [(earlier.span, "the other edition is asked for here")])
      return nil
    }
    askedFor[pin.id] = pin
    chosen[pin.id] = found
    return found
  }

  // MARK: Finding

  private func inForce() -> [DocumentFacts] {
    let candidates = documents.filter { $0.holdsRules && $0.isInForce(on: day) }
    let byId = Dictionary(grouping: candidates, by: \.id)
    return byId.keys.sorted().compactMap { id in latest(byId[id] ?? []) }
  }

  /// The one whose time began last; of two that began together the higher version, so that the choice is one.
  private func latest(_ candidates: [DocumentFacts]) -> DocumentFacts? {
    candidates.max { first, second in
      let begins = (first.from?.number ?? .min, second.from?.number ?? .min)
      return begins.0 != begins.1 ? begins.0 < begins.1 : first.version < second.version
    }
  }

  private mutating func find(_ pin: Pin, askedBy user: DocumentFacts?) -> DocumentFacts? {
    guard let named = named[pin.id] else {
      reportUnknown(pin, askedBy: user)
      return nil
    }
    let fitting = named.filter { $0.answers(to: pin) }
    guard !fitting.isEmpty else {
      guard !named.contains(where: \.lacksEdition) else { return nil }
      let known = named.map { $0.edition ?? $0.version }
      diagnostics.report(
        .unknownEdition, "`\(pin.id)` has no edition or version `\(pin.edition ?? "")`", at: pin.span,
        help: "there is \(list(known))")
      return nil
    }
    // An edition may be asked for by name when it is no longer, or not yet, in force.
    let inForce = fitting.filter { $0.isInForce(on: day) }
    if let found = latest(inForce) { return found }
    if pin.edition != nil || fitting.allSatisfy({ $0.kind == .vocabulary }) {
      return latest(fitting.filter { $0.status == .active }) ?? latest(fitting)
    }
    if fitting.count == 1, user == nil { return fitting.first }
    diagnostics.report(
      .notInForce, "no edition of `\(pin.id)` is in force on \(day.iso)", at: pin.span,
      help: "name the edition: \(list(fitting.map { "`\(pin.id)@\($0.edition ?? $0.version)`" }))")
    return nil
  }

  private mutating func reportUnknown(_ pin: Pin, askedBy user: DocumentFacts?) {
    let help = unknown.help(
      pin.id, meantOrKnown(pin.id, documents.filter { $0.kind != .tests }.map(\.id), "the documents"))
    let message =
      user.map { "`\($0.id)` uses `\(pin.id)`, but the library has no such document" }
      ?? "the library has no guideline `\(pin.id)`"
    diagnostics.report(.unknownDocument, message, at: pin.span, help: help)
  }
}

/// Names in a sentence: "a, b and c".
func list(_ words: [String]) -> String {
  guard words.count > 1, let last = words.last else { return words.first ?? "" }
  return words.dropLast().joined(separator: ", ") + " and " + last
}
