internal import ClinicalValues
internal import GuidelineModel
internal import GuidelineSyntax
package import SourceText

/// A part of a document that is broken, or reads what is broken, and so was left out.
package struct LeftOutPart: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    case rule, row, definition, table, invariant, scope
  }

  package var kind: Kind
  /// As it is called in the language: `maintenance`, `grid#2`.
  package var name: String
  /// Index of its document in the syntax.
  package var document: Int
  package var span: Span
  /// The place of its name.
  package var nameSpan: Span
}

/// What the chosen documents hold and what was resolved of them does not.
func leftOutParts(_ selected: [Int], of syntax: LibrarySyntax, from library: Library) -> [LeftOutPart] {
  let kept = KeptPlaces(library)
  return selected.filter(syntax.documents.indices.contains).flatMap { index -> [LeftOutPart] in
    guard case .guideline(let body) = syntax.documents[index].syntax.body else { return [] }
    return body.parts(of: index).filter { !kept.contains($0) }
  }
}

/// The names of what was resolved, by place.
private struct KeptPlaces {
  private var places: Set<Span> = []
  private var scopesUnknown: Set<Span> = []

  init(_ library: Library) {
    places.formUnion(library.rules.map(\.nameSpan))
    places.formUnion(library.definitions.map(\.span))
    places.formUnion(library.tables.map(\.span))
    places.formUnion(library.invariants.map(\.span))
    for document in library.documents {
      if case .constant(.unknown)? = document.scope?.form { scopesUnknown.insert(document.span) }
    }
  }

  func contains(_ part: LeftOutPart) -> Bool {
    part.kind == .scope
      ? !scopesUnknown.contains { $0.file == part.span.file }
      : places.contains(part.nameSpan) || places.contains(part.span)
  }
}

extension GuidelineSyntax {
  fileprivate func parts(of document: Int) -> [LeftOutPart] {
    func part(_ kind: LeftOutPart.Kind, _ name: LocatedText, _ span: Span) -> LeftOutPart {
      LeftOutPart(kind: kind, name: name.value, document: document, span: span, nameSpan: name.span)
    }
    var found: [LeftOutPart] = []
    if let first = scope.first, let last = scope.last {
      found.append(part(.scope, LocatedText("scope", first.span), first.span.joined(with: last.span)))
    }
    found += definitions.map { part(.definition, $0.name, $0.span) }
    for table in tables {
      guard case .decision(let grid) = table.body else {
        found.append(part(.table, table.id, table.span))
        continue
      }
      for (index, row) in grid.rows.enumerated() {
        let name = "\(table.id.value)#\(row.id?.value ?? String(index + 1))"
        found.append(part(.row, LocatedText(name, row.id?.span ?? row.span), row.span))
      }
    }
    found += rules.map { part(.rule, $0.id, $0.span) }
    found += invariants.map { part(.invariant, $0.id, $0.span) }
    return found
  }
}
