internal import ClinicalValues
internal import GuidelineSyntax
package import SourceText

/// A library whose content was checked: what was meant, in each company of documents in which it is ever in force.
package struct CheckedLibrary: Sendable {
  package var vocabulary: Vocabulary
  package var companies: [CheckedCompany]
  /// For whoever resolves further choices of its documents.
  package var tables: SettledTables
  /// The test suites, by their document's index in the syntax.
  package var suites: [Int: TestSuite]
}

/// Documents that speak together, and what they mean.
package struct CheckedCompany: Sendable {
  package var selection: CompanySelection
  package var library: Library
}

/// Checks all content of a library: the vocabulary, and every document in each company in which it is ever in force.
///
/// A fault that several choices of editions share is reported once.
package func checkCompanies(_ syntax: LibrarySyntax, into diagnostics: inout Diagnostics) -> CheckedLibrary {
  checkCompanies(syntax, on: InOrder(), into: &diagnostics)
}

/// The same work, divided among workers; the answer does not depend on how many there are.
package func checkCompanies(
  _ syntax: LibrarySyntax, on workers: some Workers, into diagnostics: inout Diagnostics
) -> CheckedLibrary {
  let documents = checkHeaders(of: syntax, into: &diagnostics)
  checkColumns(of: syntax, into: &diagnostics)
  let vocabulary = resolveVocabulary(syntax, into: &diagnostics)
  let selections = companySelections(of: syntax, documents)
  let tables = SettledTables(syntax, vocabulary: vocabulary, on: workers)
  let resolved = workers.map(selections.count) { index in
    var found = Diagnostics()
    let library = resolve(
      selections[index].selected, of: syntax, vocabulary: vocabulary, knowing: tables, on: workers, into: &found)
    return (CheckedCompany(selection: selections[index], library: library), found)
  }
  var found = Diagnostics()
  for (_, faults) in resolved { found.append(faults) }
  var suites: [Int: TestSuite] = [:]
  for (index, document) in syntax.documents.enumerated() {
    guard case .tests(let suite) = document.syntax.body else { continue }
    suites[index] = resolveTests(
      suite, header: document.syntax.header, in: TestSurroundings(vocabulary: vocabulary, library: syntax), into: &found
    )
  }
  diagnostics.add(contentsOfDistinct: found)
  return CheckedLibrary(vocabulary: vocabulary, companies: resolved.map(\.0), tables: tables, suites: suites)
}

/// Checks all content of a library, for those who need only its vocabulary afterwards.
package func checkLibrary(_ syntax: LibrarySyntax, into diagnostics: inout Diagnostics) -> Vocabulary {
  checkCompanies(syntax, into: &diagnostics).vocabulary
}
