package import ClinicalValues
package import SourceText

/// A document that is asked for by name: `id@2018`, `id@1.0.0`, or plain `id`.
package struct Pin: Hashable, Sendable {
  package var id: String
  /// An edition or a version; nil: the one in force.
  package var edition: String?
  package var span: Span

  package init(id: String, edition: String?, span: Span) {
    self.id = id
    self.edition = edition
    self.span = span
  }

  /// Reads `id@edition`.
  package init(_ text: String, span: Span) {
    let name = DocumentName(text)
    self.init(id: name.id, edition: name.edition, span: span)
  }

  package var text: String { edition.map { "\(id)@\($0)" } ?? id }
}

/// Which guidelines of a library speak.
package enum Selection: Hashable, Sendable {
  /// Of each id the active document with the latest `in_force.from` that is not after the day, unless it has ended.
  case inForce(on: Day)
  /// Exactly these, and what they name under `uses`.
  case pinned([Pin], on: Day)

  package var day: Day {
    switch self {
    case .inForce(let day), .pinned(_, let day): day
    }
  }
}
