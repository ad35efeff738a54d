package import ClinicalValues
package import GuidelineCompiler
package import GuidelineKit
package import GuidelineModel
package import LocatedYAML
package import SourceText

/// Everything that checks may look at.
package struct LintContext: Sendable {
  package let files: SourceFiles
  /// All documents as they were written; `syntax.trees` holds the YAML they were read from, in the same order.
  package let syntax: LibrarySyntax
  package let vocabulary: Vocabulary
  /// Every choice of documents in which content is ever in force, and every active guideline alone.
  package let companies: [Company]
  /// The test suites, by the index of their document in the syntax.
  package let suites: [Int: TestSuite]
  package let today: Day
  /// What the project says of its findings, and of the drugs of its library.
  package let configuration: Configuration
  /// For those who evaluate patients, and run test cases.
  package let library: GuidelineLibrary
  /// What the stages that read content found.
  package let faults: Faults
  /// Something that was named could not be read.
  package let isIncomplete: Bool
  /// How it differs from an earlier version; nil: it is not compared.
  package var changes: LibraryChanges?
  /// `CHANGELOG.md` of each folder that has one, by the folder.
  package var changelogs: [String: Changelog] = [:]

  /// Whether everything was read, and nothing left out anywhere: only then "nobody reads it" can be said.
  package var isWhole: Bool { !isIncomplete && !faults.hasErrors && companies.allSatisfy { $0.program != nil } }

  /// The companies in which content is in force, those of editions that are no longer or not yet so among them.
  package var companiesInForce: [Company] { companies.filter { !$0.isLonely } }

  /// Whether patients are thought through for a company: choices that ended before today are not, for nobody gets
  /// their advice; each of their guidelines is still looked at alone.
  package func isAnalysed(_ company: Company) -> Bool {
    guard company.program != nil else { return false }
    return !company.isTogether || company.day >= today || company.name == present?.name
  }

  /// The choice that is in force today.
  private var present: Company? { companies.last { $0.isTogether && $0.day <= today } }

  /// The statements of all sources, as `source#statement`.
  package var statements: Set<String> {
    Set(
      companies.flatMap(\.library.documents).flatMap(\.sources).flatMap { source in
        source.statements.map { "\(source.id)#\($0.id)" }
      })
  }

  /// The tree of a document, with its comments; nil for rows and for what could not be read.
  package func tree(of file: FileID) -> YAMLTree? { syntax.trees.first { $0.file == file } }
}

/// Documents that speak together.
package struct Company: Sendable {
  /// `in force from 2026-01-31`, or `sjogren-azathioprine@2026 alone`.
  package let name: String
  /// A day on which they speak.
  package let day: Day
  /// One guideline by itself, beside the companies in which it is in force.
  package let isLonely: Bool
  /// All that is in force on a day, not one document with what it uses.
  package let isTogether: Bool
  /// Indices of its documents in the syntax.
  package let selected: [Int]
  package let library: Library
  /// Nil: a circle, or too many rows; then nothing is analysed.
  package let program: Program?
  /// What its documents hold and the library does not, because it is broken.
  ///
  /// Nobody knows when these parts hold: whoever concludes something from what is missing (a gap, an unread fact) has
  /// to leave room for them.
  package let leftOut: [LeftOutPart]

  /// Nothing of its documents was left out.
  ///
  /// What is missing may speak against anything that the rest concludes: only of whole companies is anything said
  /// about all patients.
  package var isWhole: Bool { program != nil && leftOut.isEmpty && brokenScopes.isEmpty }

  /// Documents whose `scope` is broken: the library says of it that it is unknown.
  package var brokenScopes: Set<DocumentID> {
    Set(
      library.documents.indices.filter {
        if case .constant(.unknown)? = library.documents[$0].scope?.form { true } else { false }
      }.map { DocumentID($0) })
  }
}
