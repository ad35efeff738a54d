internal import ClinicalValues
internal import GuidelineSyntax
package import SourceText

/// Checks all content of a library: the vocabulary, and every document in each company in which it is ever in force.
///
/// A fault that several choices of editions share is reported once.
package func checkLibrary(_ syntax: LibrarySyntax, into diagnostics: inout Diagnostics) -> Vocabulary {
  checkHeaders(of: syntax, into: &diagnostics)
  let vocabulary = resolveVocabulary(syntax, into: &diagnostics)
  var found = Diagnostics()
  for selection in everySelection(of: syntax) {
    _ = resolve(selection, of: syntax, vocabulary: vocabulary, into: &found)
  }
  for document in syntax.documents {
    guard case .tests(let suite) = document.syntax.body else { continue }
    _ = resolveTests(
      suite, header: document.syntax.header, in: TestSurroundings(vocabulary: vocabulary, library: syntax), into: &found
    )
  }
  diagnostics.add(contentsOfDistinct: found)
  return vocabulary
}

/// Every distinct choice of documents: those in force on some day, and each remaining document pinned alone.
package func everySelection(of syntax: LibrarySyntax) -> [[Int]] {
  var scratch = Diagnostics()
  let facts = syntax.documentFacts(into: &scratch).filter(\.holdsRules)
  var selections: [[Int]] = []
  var covered: Set<Int> = []
  for day in breakpoints(of: facts) {
    let selected = select(.inForce(on: day), from: syntax, into: &scratch)
    guard !selected.isEmpty, !selections.contains(selected) else { continue }
    selections.append(selected)
    covered.formUnion(selected)
  }
  for document in facts where !covered.contains(document.index) {
    let pin = Pin(id: document.id, edition: document.version, span: document.span)
    let day = document.from ?? Day(number: 0)
    let selected = select(.pinned([pin], on: day), from: syntax, into: &scratch)
    guard !selected.isEmpty, !selections.contains(selected) else { continue }
    selections.append(selected)
    covered.formUnion(selected)
  }
  return selections
}

/// The days on which the choice of documents may change, and one before all of them.
private func breakpoints(of documents: [DocumentFacts]) -> [Day] {
  var days: Set<Int32> = [Day(number: -719_162).number]
  for document in documents {
    if let from = document.from { days.insert(from.number) }
    if let until = document.until { days.insert(until.number &+ 1) }
  }
  return days.sorted().map { Day(number: $0) }
}
