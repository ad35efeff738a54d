import ClinicalValues
import GuidelineModel
import RuleEngine
import SourceText

/// A conclusion that became a place.
struct StatedConclusion: Sendable {
  var rule: RuleNodeID
  /// Which of the rule's conclusions.
  var conclusion: Int
}

/// Writes down what places say besides their fields: it needs no node, so that it can be done beside their ordering.
struct PlaceTracer: Sendable {
  private let library: Library
  private let pending: [PendingRule]
  /// What the variables of the rule that is being written down stand for.
  private var environment = Environment()
  private var recentCitations = RecentCitations()

  init(_ library: Library, _ pending: [PendingRule]) {
    self.library = library
    self.pending = pending
  }

  mutating func traces(_ stated: [StatedConclusion]) -> [PlaceTrace] { stated.compactMap { trace($0) } }

  private mutating func trace(_ stated: StatedConclusion) -> PlaceTrace? {
    let rule = pending[stated.rule.index].id
    let conclusion = library.rules[rule.index].conclusions[stated.conclusion]
    guard case .kind(let kind) = conclusion.head else { return nil }
    environment.bindings = pending[stated.rule.index].bindings
    return PlaceTrace(
      rule: rule, conclusion: stated.conclusion, kind: kind, strength: word(conclusion.strength),
      certainty: word(conclusion.certainty), gradedAs: gradedAs(conclusion.gradedAs),
      citations: resolved(conclusion.citations))
  }

  private func word(_ grade: Grade?) -> String? {
    switch grade {
    case nil: nil
    case .word(let word): word
    case .column(let variable, let field): cellText(variable, field)
    }
  }

  /// Nil: nothing is said, or every cell in it is empty.
  private func gradedAs(_ elements: [TemplateElement]) -> String? {
    guard !elements.isEmpty else { return nil }
    let text = elements.reduce(into: "") { text, element in
      switch element {
      case .words(let words): text += words
      case .value(let value):
        if case .field(let variable, let field) = value.form { text += cellText(variable, field) ?? "" }
      }
    }
    return text.isEmpty ? nil : text
  }

  private func cellText(_ variable: Int, _ field: Int) -> String? {
    guard case .one(let constant) = environment.cell(variable, field, in: library) else { return nil }
    switch constant {
    case .text(let text): return text
    case .term(let index):
      guard case .tableRow(let table, _) = environment.bindings[variable],
        case .term(let group) = library[table].columns[field].type
      else { return nil }
      return library.vocabulary[group].terms[index].name
    case .number(let number): return number.canonicalDecimal
    case .day(let day): return day.iso
    case .none: return nil
    }
  }

  private func resolve(_ citation: Citation) -> ResolvedCitation {
    ResolvedCitation(
      document: citation.documentName, source: citation.source,
      statements: citation.statements.compactMap { statement in
        switch statement {
        case .id(let id): id
        case .column(let variable, let field): cellText(variable, field)
        }
      })
  }

  /// Citations whose statements are not taken from a row are the same for all that inherit them.
  private mutating func resolved(_ citations: [Citation]) -> [ResolvedCitation] {
    guard let first = citations.first else { return [] }
    if let known = recentCitations.find(first.span) { return known }
    let resolved = citations.map { resolve($0) }
    if citations.allSatisfy({ !$0.readsRows }) { recentCitations.add(first.span, resolved) }
    return resolved
  }
}

/// What a few lists of citations became, by the place of the first of them; what is asked for often moves to the front.
///
/// Conclusions share those of their rule, and rules those of their document.
private struct RecentCitations {
  private var lists: [(place: Span, resolved: [ResolvedCitation])] = []

  private static let limit = 4

  mutating func find(_ place: Span) -> [ResolvedCitation]? {
    guard let found = lists.firstIndex(where: { $0.place == place }) else { return nil }
    if found > 0 { lists.swapAt(found, found - 1) }
    return lists[max(0, found - 1)].resolved
  }

  mutating func add(_ place: Span, _ resolved: [ResolvedCitation]) {
    if lists.count == Self.limit { lists.removeLast() }
    lists.append((place, resolved))
  }
}

extension Citation {
  fileprivate var readsRows: Bool {
    statements.contains { if case .column = $0 { true } else { false } }
  }
}
