internal import ClinicalValues
internal import GuidelineSyntax
package import SourceText

/// Merges the active vocabulary documents of a library.
///
/// The result is the same for every choice of guidelines.
package func resolveVocabulary(_ syntax: LibrarySyntax, into diagnostics: inout Diagnostics) -> Vocabulary {
  var scratch = Diagnostics()
  let facts = syntax.documentFacts(into: &scratch)
  var chosen: [String: DocumentFacts] = [:]
  for document in facts where document.kind == .vocabulary && document.status == .active {
    // A second one of the same name is reported with the headers; the later version holds.
    if let other = chosen[document.id], other.version >= document.version { continue }
    chosen[document.id] = document
  }
  let documents = chosen.values.sorted { $0.id < $1.id }.map { syntax.documents[$0.index].syntax }
  var builder = VocabularyBuilder(diagnostics: diagnostics)
  builder.build(documents)
  diagnostics = builder.diagnostics
  return builder.vocabulary
}
