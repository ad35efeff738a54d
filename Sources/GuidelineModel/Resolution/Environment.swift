internal import GuidelineSyntax
internal import SourceText

/// A row that stands while a condition is read.
struct Variable {
  /// Nil for the row of `exists`, `count (…)` and their kin: its fields are named bare.
  var name: String?
  var collection: Collection
  var fields: [Field]
}

/// What names may mean at one place of a document.
struct Environment {
  var document: DocumentID
  /// The variable at place `i` has the number `i`.
  var variables: [Variable] = []
  /// The row whose fields are named bare, innermost last.
  var rows: [Int] = []
  /// Behind the `where` of `for_each`: only the row itself is seen.
  var seesOnlyOwnRow = false

  init(document: DocumentID) { self.document = document }

  /// The same place with one more row around it.
  func inside(_ variable: Variable) -> Environment {
    var inner = self
    inner.rows.append(variables.count)
    inner.variables.append(variable)
    return inner
  }
}

/// What a name was found to be.
enum Meaning {
  case field(variable: Int, field: Int, Field)
  case fact(FactID)
  case definition(DefinitionID)
  case record(RecordID)
  case kind(KindID)
  case table(TableID)
  /// A field of a variable that has no such field; reported.
  case broken
  case nothing
}
