package import ClinicalValues
internal import GuidelineSyntax
internal import SourceText

/// A choice of documents, and why it is one.
package struct CompanySelection: Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    /// In force together from this day on; nil: from the beginning.
    case inForce(from: Day?)
    /// A document asked for by name, with what it uses: `id@edition`.
    case pinned(String)
  }

  package var reason: Reason
  /// A day on which these documents speak.
  package var day: Day
  /// Indices of documents in the syntax, sorted by id.
  package var selected: [Int]

  /// All that is in force on a day.
  package var isTogether: Bool {
    if case .inForce = reason { true } else { false }
  }

  /// `in force from 2026-01-31`, or `sjogren-azathioprine@2026 alone`.
  package var name: String {
    switch reason {
    case .inForce(nil): "in force"
    case .inForce(let day?): "in force from \(day.iso)"
    case .pinned(let name): "\(name) alone"
    }
  }
}

/// Every distinct choice of documents: those in force on some day, and each remaining document pinned alone.
package func companySelections(of syntax: LibrarySyntax) -> [CompanySelection] {
  var scratch = Diagnostics()
  return companySelections(of: syntax, syntax.documentFacts(into: &scratch))
}

/// The same from what the heads of the documents say, read before.
func companySelections(of syntax: LibrarySyntax, _ documents: [DocumentFacts]) -> [CompanySelection] {
  let facts = documents.filter(\.holdsRules)
  var companies = Companies(syntax: syntax, documents: documents)
  for day in breakpoints(of: facts) {
    let from = day.number == firstDay.number ? nil : day
    companies.add(.inForce(on: day), because: .inForce(from: from))
  }
  for document in facts where !companies.covered.contains(document.index) { companies.add(alone: document) }
  return companies.found
}

/// Each active guideline by itself, with what it uses, as an embedder may load it; those among `others` are left out.
package func lonelySelections(
  of syntax: LibrarySyntax, besides others: [CompanySelection]
) -> [CompanySelection] {
  var scratch = Diagnostics()
  let facts = syntax.documentFacts(into: &scratch)
  var companies = Companies(syntax: syntax, documents: facts)
  companies.found = others
  for document in facts where document.kind == .guideline && document.status == .active {
    companies.add(alone: document)
  }
  return Array(companies.found.dropFirst(others.count))
}

/// Every distinct choice of documents, without its reason.
package func everySelection(of syntax: LibrarySyntax) -> [[Int]] { companySelections(of: syntax).map(\.selected) }

/// Every distinct choice that these names stand for on some day: what they use may have other editions then.
package func selections(pinned pins: [Pin], of syntax: LibrarySyntax) -> [[Int]] {
  var scratch = Diagnostics()
  let facts = syntax.documentFacts(into: &scratch)
  var found: [[Int]] = []
  for day in breakpoints(of: facts) {
    var faults = Diagnostics()
    let selected = select(.pinned(pins, on: day), from: facts, into: &faults)
    if !faults.hasErrors, !found.contains(selected) { found.append(selected) }
  }
  return found
}

/// Distinct choices, in the order of adding.
private struct Companies {
  let syntax: LibrarySyntax
  /// Read once: there are as many choices as days on which something begins or ends.
  let documents: [DocumentFacts]
  private let named: [String: [DocumentFacts]]
  var found: [CompanySelection] = []
  var covered: Set<Int> = []

  init(syntax: LibrarySyntax, documents: [DocumentFacts]) {
    self.syntax = syntax
    self.documents = documents
    named = Selector.named(documents)
  }

  mutating func add(_ selection: Selection, because reason: CompanySelection.Reason) {
    var selector = Selector(documents: documents, named: named, day: selection.day)
    let selected = selector.select(selection)
    guard !selected.isEmpty, !found.contains(where: { $0.selected == selected }) else { return }
    found.append(CompanySelection(reason: reason, day: selection.day, selected: selected))
    covered.formUnion(selected)
  }

  mutating func add(alone document: DocumentFacts) {
    let pin = Pin(id: document.id, edition: document.version, span: document.span)
    let name = "\(document.id)@\(document.edition ?? document.version)"
    add(.pinned([pin], on: document.from ?? Day(number: 0)), because: .pinned(name))
  }
}

/// Before all days that content speaks of.
private let firstDay = Day(number: -719_162)

/// The days on which the choice of documents may change, and one before all of them.
private func breakpoints(of documents: [DocumentFacts]) -> [Day] {
  var days: Set<Int32> = [firstDay.number]
  for document in documents {
    if let from = document.from { days.insert(from.number) }
    if let until = document.until { days.insert(until.number &+ 1) }
  }
  return days.sorted().map { Day(number: $0) }
}
