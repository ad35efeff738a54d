internal import ClinicalValues
internal import GuidelineSyntax
internal import SourceText

// Rows of collections, and single values made of them.

extension Resolver {
  /// `<collection> where …`; the row gets the next free number.
  mutating func rows(_ syntax: RowsSyntax, named variable: String? = nil, in place: Environment) -> Rows? {
    guard let found = collection(syntax.collection, in: place) else { return nil }
    let number = place.variables.count
    var inner = place.inside(Variable(name: variable, collection: found.collection, fields: found.fields))
    if variable != nil {
      // `where` of `for_each` speaks of its own row alone.
      inner.rows = [number]
      inner.seesOnlyOwnRow = true
    }
    guard !syntax.conditions.isEmpty else {
      return Rows(collection: found.collection, variable: number, condition: nil, span: syntax.span)
    }
    guard let condition = conditions(syntax.conditions, in: inner) else { return nil }
    return Rows(collection: found.collection, variable: number, condition: condition, span: syntax.span)
  }

  mutating func collection(
    _ name: LocatedText, in place: Environment
  ) -> (collection: Collection, fields: [Field])? {
    // Collections have names of their own; the fields of a row around them do not hide them.
    var outside = place
    outside.rows = []
    switch meaning(of: name, in: outside) {
    case .broken: return nil
    case .record(let id): return (.record(id), vocabulary[id].fields)
    case .table(let id): return (.table(id), tables[id.index].columns)
    case .kind(let id): return (.kind(id), vocabulary[id].fields)
    case .fact(let id) where vocabulary[id].shape == .series:
      diagnostics.report(
        .shapeMismatch, "`\(name.value)` is a series, not a collection of rows", at: name.span,
        help: "write `any \(name.value) > …` or `count (\(name.value)) >= 1`")
      return nil
    case .field, .fact, .definition, .nothing:
      reportUnknownCollection(name, in: place)
      return nil
    }
  }

  private mutating func reportUnknownCollection(_ name: LocatedText, in place: Environment) {
    let seen = visibility[place.document.index]
    let own = tables.filter { seen.sees(documentIDs[$0.document.index]) }.map(\.name)
    let known = vocabulary.records.map(\.name) + vocabulary.kinds.map(\.name) + own
    if bodies[place.document.index].tables.contains(where: { $0.id.value == name.value }) {
      diagnostics.report(
        .unknownCollection, "`\(name.value)` is a grid of rules: it has no rows to look at", at: name.span,
        help: "give the table `columns:` instead of `in:`")
      return
    }
    diagnostics.report(
      .unknownCollection, "there is no record, table or kind of conclusion named `\(name.value)`", at: name.span,
      help: meantOrKnown(name.value, known, "they"))
  }

  // MARK: One value of many rows

  mutating func fieldOf(
    _ aggregate: RowsAggregate, _ syntax: RowsSyntax, _ field: LocatedText, in place: Environment
  ) -> Value? {
    guard let rows = rows(syntax, in: place) else { return nil }
    let fields = self.fields(of: rows.collection)
    guard let index = fields.firstIndex(where: { $0.name == field.value }) else {
      diagnostics.report(
        .unknownField, "`\(syntax.collection.value)` has no field `\(field.value)`", at: field.span,
        help: meantOrKnown(field.value, fields.map(\.name), "its fields"))
      return nil
    }
    guard fits(aggregate, fields[index], field) else { return nil }
    return Value(.aggregate(aggregate, rows, field: index), type: fields[index].type, syntax.span)
  }

  private mutating func fits(_ aggregate: RowsAggregate, _ field: Field, _ name: LocatedText) -> Bool {
    let fits: Bool
    switch aggregate {
    case .only: fits = true
    case .total, .highest, .lowest: fits = field.type.unit != nil
    case .earliest, .latest: fits = field.type == .date
    }
    guard fits, !field.isSet else {
      diagnostics.report(
        .typeMismatch,
        "`\(aggregate.rawValue)` cannot be taken of `\(name.value)`, which is "
          + (field.isSet ? "a set" : vocabulary.words(for: field.type)), at: name.span,
        help: field.type == .date
          ? "write `earliest` or `latest`" : "name a field that holds quantities, or say `only (…)`")
      return false
    }
    return true
  }

  func fields(of collection: Collection) -> [Field] {
    switch collection {
    case .record(let id): vocabulary[id].fields
    case .table(let id): tables[id.index].columns
    case .kind(let id): vocabulary[id].fields
    }
  }

  /// `count (…)` of the points of a series, or of rows: the name says which.
  mutating func count(_ syntax: CountSyntax, in place: Environment) -> Value? {
    let name = syntax.name
    if let fact = vocabulary.factNamed[name.value], vocabulary[fact].shape == .series {
      guard let series = series(name, in: place), let read = window(syntax.window, in: place) else { return nil }
      guard let condition = syntax.conditions.first else {
        return Value(.countPoints(series, read.window), type: .number, syntax.span)
      }
      diagnostics.report(
        .shapeMismatch, "the values of `\(name.value)` have no fields that `where` could test", at: condition.span,
        help: "take `where` away; a window is written `within 30 d`")
      return nil
    }
    if syntax.window != nil {
      diagnostics.report(
        .shapeMismatch, "only a series has a window, but `\(name.value)` is none", at: name.span,
        help: "test a date of the rows behind `where`")
      return nil
    }
    let rows = RowsSyntax(collection: name, conditions: syntax.conditions, span: syntax.span)
    return self.rows(rows, in: place).map { Value(.countRows($0), type: .number, syntax.span) }
  }
}

/// `count (…)` as it was written.
struct CountSyntax {
  var name: LocatedText
  var window: WindowSyntax?
  var conditions: [ConditionSyntax]
  var span: Span
}
