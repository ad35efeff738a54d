internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

/// Leaves out the findings that are there only because something else is broken.
///
/// A name that a broken part declares is not unknown, and in a library of which a document or a whole file cannot be read
/// nobody knows which names are.
func withoutFollowUps(
  _ found: [Diagnostic], _ syntax: LibrarySyntax, _ vocabulary: Vocabulary, isIncomplete: Bool
) -> [Diagnostic] {
  let declared = brokenNames(syntax, vocabulary)
  let unreadable = isIncomplete || syntax.hasUnreadableDocument
  let usingUnknown = Set(found.compactMap { $0.code == ModelFault.unknownDocument.code ? $0.span?.file : nil })
  return found.filter { item in
    // What a document could not see without another that it names wrongly is said once, where it is named.
    if item.code == ModelFault.nameNotVisible.code, let file = item.span?.file, usingUnknown.contains(file) {
      return false
    }
    guard namesUnknown.contains(item.code.id), let span = item.span else { return true }
    if unreadable { return false }
    let name = syntax.files.text(span)
    return !declared.contains(name)
  }
}

/// The faults that say "there is no such name".
private let namesUnknown: Set<String> = Set(
  [
    ModelFault.unknownFact, .unknownTerm, .unknownField, .unknownCollection, .unknownGroup, .unknownKind,
    .unknownDocument, .unknownRule, .unknownCitation,
  ].map(\.code.id))

/// Faults that would be worded otherwise if documents were there that have nothing else to do with these.
let namesNotSeen = namesUnknown.union([ModelFault.nameNotVisible.code.id, ModelFault.unknownEdition.code.id])

/// Names that are declared somewhere, but so that nothing could be made of them.
private func brokenNames(_ syntax: LibrarySyntax, _ vocabulary: Vocabulary) -> Set<String> {
  var names: Set<String> = []
  for document in syntax.documents {
    guard case .vocabulary(let body) = document.syntax.body else { continue }
    names.formUnion(body.facts.map(\.name.value).filter { vocabulary.factNamed[$0] == nil })
    names.formUnion(body.records.map(\.name.value).filter { vocabulary.recordNamed[$0] == nil })
    names.formUnion(body.kinds.map(\.name.value).filter { vocabulary.kindNamed[$0] == nil })
  }
  return names
}

extension LibrarySyntax {
  fileprivate var hasUnreadableDocument: Bool {
    documents.contains { if case .broken = $0.syntax.body { true } else { false } }
  }
}
