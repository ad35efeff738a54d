package import LocatedYAML
package import SourceText

/// Reads a document.
///
/// Reading never fails: what is wrong is reported, and a broken part stands in the tree where it stood.
package func readDocument(_ tree: YAMLTree, file: SourceFile, into diagnostics: inout Diagnostics) -> DocumentSyntax {
  var reader = Reader(file: file, diagnostics: diagnostics)
  let document = tree.root.map { reader.document(Node(tree: tree, id: $0)) } ?? brokenDocument(file.span)
  diagnostics = reader.diagnostics
  return document
}

/// What stands for a document that could not be read; the reason has been reported.
private func brokenDocument(_ span: Span) -> DocumentSyntax {
  DocumentSyntax(header: DocumentHeader(kind: .guideline, id: LocatedText("", span), span: span), body: .broken)
}

extension Reader {
  fileprivate mutating func document(_ root: Node) -> DocumentSyntax {
    guard let entries = entries(of: root, what: "a document"), let (kind, id) = kind(entries, root) else {
      return brokenDocument(root.span)
    }
    var keys = Keys(entries, at: place(kind), owner: Owner(stringLiteral: "this \(kind.noun)"), mark: id.span)
    for kind in DocumentKind.allCases { _ = keys.take(kind.rawValue) }
    var header = DocumentHeader(kind: kind, id: id, span: root.span)
    if kind != .tests { readHeader(&header, &keys) }
    let body = body(kind, &keys)
    // A document of two kinds has the keys of both: which of them are too many nobody can say.
    if entries.count(where: { DocumentKind(rawValue: $0.key.value) != nil }) == 1 { finish(keys) }
    return DocumentSyntax(header: header, body: body)
  }

  /// The one key that says the kind of the document, and its id.
  private mutating func kind(_ entries: [Entry], _ root: Node) -> (DocumentKind, LocatedText)? {
    let found = entries.filter { DocumentKind(rawValue: $0.key.value) != nil }
    guard let first = found.first, let kind = DocumentKind(rawValue: first.key.value) else {
      report(
        .documentKind, "this document does not say what it is",
        help: "begin with one of \(list(DocumentKind.allCases.map(\.rawValue))), followed by its id",
        at: entries.first?.key.span ?? headSpan(root.span))
      return nil
    }
    if found.count > 1 {
      report(
        .documentKind, "this document is both `\(first.key.value)` and `\(found[1].key.value)`",
        help: "make two files of it", at: found[1].key.span)
    }
    guard let id = text(first.value, what: "the id of the document") else { return nil }
    check(id, .kebab, what: "the id of a document")
    return (kind, id)
  }

  private func place(_ kind: DocumentKind) -> Place {
    switch kind {
    case .vocabulary: .vocabulary
    case .guideline: .guideline
    case .definitions: .definitions
    case .tests: .tests
    }
  }

  private mutating func body(_ kind: DocumentKind, _ keys: inout Keys) -> DocumentSyntax.Body {
    switch kind {
    case .vocabulary: .vocabulary(vocabulary(&keys))
    case .guideline: .guideline(guideline(&keys))
    case .definitions: .guideline(definitions(&keys))
    case .tests: .tests(tests(&keys))
    }
  }

  // MARK: Header

  private mutating func readHeader(_ header: inout DocumentHeader, _ keys: inout Keys) {
    header.version = version(require("version", of: &keys, help: "add a version such as `1.0.0`"))
    header.status = word(keys.take("status"), what: "status", of: ["draft", "active", "retired"])
    header.uses = texts(keys.take("uses"), what: "`uses`")
    for pin in header.uses { checkPin(pin) }
    if header.kind != .vocabulary { header.inForce = inForce(keys.take("in_force")) }
    guard header.kind == .guideline else {
      header.title = text(keys.take("title"), what: "`title`")
      return
    }
    header.title = text(require("title", of: &keys), what: "`title`")
    header.edition = text(
      require("edition", of: &keys, help: "name the edition of the source, as in `edition: \"2024\"`"),
      what: "`edition`")
    header.alsoCalled = texts(keys.take("also_called"), what: "`also_called`")
    header.comment = text(keys.take("comment"), what: "`comment`")
  }

  private mutating func version(_ node: Node?) -> LocatedText? {
    guard let version = text(node, what: "`version`") else { return nil }
    let parts = version.value.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count != 3 || !parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isDigit) }) {
      report(
        .versionForm, "`\(version.value)` is not a version", help: "versions have three numbers, as in `1.0.0`",
        at: version.span)
    }
    return version
  }

  private mutating func inForce(_ node: Node?) -> InForceSyntax? {
    guard let node, var keys = keys(of: node, at: .inForce, owner: "`in_force`") else { return nil }
    let from = date(require("from", of: &keys), what: "`from`")
    let until = date(keys.take("until"), what: "`until`")
    let reviewBy = date(keys.take("review_by"), what: "`review_by`")
    finish(keys)
    return InForceSyntax(from: from, until: until, reviewBy: reviewBy, span: node.span)
  }
}

extension DocumentKind {
  /// As the kind is called in a message.
  var noun: String {
    switch self {
    case .vocabulary: "vocabulary"
    case .guideline: "guideline"
    case .definitions: "document of definitions"
    case .tests: "test suite"
    }
  }
}
