internal import GuidelineModel
internal import GuidelineSyntax
internal import LocatedYAML
internal import SourceText

/// The statements of one source of one document.
public struct SourceStatements: Hashable, Sendable {
  public var document: String
  public var version: String
  public var edition: String?
  /// Its id in the document.
  public var source: String
  public var title: String
  public var statements: [StatementState]
  public var path: String
  public var line: Int

  /// Whether every statement is cited, or left out with a reason.
  public var isComplete: Bool { !statements.contains { $0.state == .missing } }
}

/// One statement, and what became of it.
public struct StatementState: Hashable, Sendable {
  public enum State: Hashable, Sendable {
    /// By rules, rows and definitions, as `document/name`.
    case cited(by: [String])
    case notEncoded(reason: String)
    case missing
  }

  public var id: String
  public var says: String
  public var state: State
  public var path: String
  public var line: Int
}

extension GuidelineLibrary {
  /// Which statements of the sources are cited, left out with a reason, or missing; by document, version and source.
  public func statementCoverage() -> [SourceStatements] {
    citationCoverage(of: syntax, vocabulary: vocabulary).map { source in
      SourceStatements(
        document: source.document, version: source.version, edition: source.edition, source: source.source,
        title: source.title, statements: source.statements.map { state($0) }, path: files[source.span.file].path,
        line: files.position(source.span).line)
    }
  }

  private func state(_ found: StatementCoverage) -> StatementState {
    let state: StatementState.State =
      switch found.state {
      case .cited(let names): .cited(by: names)
      case .notEncoded(let reason): .notEncoded(reason: reason)
      case .missing: .missing
      }
    return StatementState(
      id: found.statement.id, says: found.statement.says, state: state, path: files[found.statement.span.file].path,
      line: files.position(found.statement.span).line)
  }

  /// A document in canonical form, comments kept; what is wrong with it is refused with its place.
  public static func canonicalText(path: String, bytes: [UInt8]) throws(InvalidContent) -> String {
    var files = SourceFiles()
    let id = files.add(path: path, bytes: bytes)
    var found = Diagnostics()
    let tree = readYAML(files[id], into: &found)
    _ = readDocument(tree, file: files[id], into: &found)
    guard !found.hasErrors else { throw InvalidContent(diagnostics: found.sorted(in: files), files: files) }
    return printDocument(tree, file: files[id])
  }
}
