internal import ClinicalValues
internal import GuidelineSyntax
internal import SourceText

// Sets, series and rows of records: what is given of them is complete.

extension FactReader {
  // MARK: Sets

  mutating func set(_ data: DataSyntax, of id: FactID) -> GivenSet? {
    let fact = vocabulary[id]
    guard case .term(let group) = fact.type else { return nil }
    let asked = AskedValue(name: fact.name, type: fact.type, mayBeNone: false)
    switch data.form {
    case .broken: return nil
    case .mapping(let entries):
      return cause(entries, asked).map { GivenSet(content: .unknown(cause: $0), span: data.span) }
    case .scalar(let text, _):
      let help = text == "none" ? "write `[]` for: asked, none" : "write `[\(text)]`: a set that is given is complete"
      diagnostics.report(.shapeMismatch, "`\(fact.name)` is a set of terms", at: data.span, help: help)
      return nil
    case .list(let items):
      var members: [Int] = []
      for item in items {
        guard let member = member(item, group, asked) else { return nil }
        if !members.contains(member) { members.append(member) }
      }
      return GivenSet(content: .members(members), span: data.span)
    }
  }

  private mutating func member(_ data: DataSyntax, _ group: GroupID, _ asked: AskedValue) -> Int? {
    switch data.form {
    case .broken: return nil
    case .scalar(let text, let quoted):
      guard case .term(let index)? = term(LocatedText(text, data.span), quoted, group, asked) else { return nil }
      return index
    case .list, .mapping:
      diagnostics.report(
        .shapeMismatch, "a member of `\(asked.name)` is one term", at: data.span,
        help: "if the set is not known as a whole, give `{unknown: not_recorded}` for it")
      return nil
    }
  }

  /// The cause of `{unknown: …}`, where nothing else may stand.
  private mutating func cause(_ entries: [DataEntry], _ asked: AskedValue) -> String? {
    guard let parts = parts(entries, of: asked, allowed: ["unknown"]) else { return nil }
    guard let cause = parts["unknown"] else {
      reportNoValue(asked.name, entries.first?.key.span ?? .nowhere)
      return nil
    }
    return unknownCause(cause, of: asked.name)
  }

  // MARK: Series

  mutating func series(_ data: DataSyntax, of id: FactID) -> GivenSeries? {
    let fact = vocabulary[id]
    let asked = AskedValue(name: fact.name, type: fact.type, mayBeNone: false)
    switch data.form {
    case .broken: return nil
    case .mapping(let entries) where entries.contains(where: { $0.key.value == "unknown" }):
      return cause(entries, asked).map { GivenSeries(content: .unknown(cause: $0), span: data.span) }
    case .list(let items):
      let points = items.map { point($0, asked) }
      let known = points.compactMap { $0 }
      return known.count == points.count ? GivenSeries(content: .points(known), span: data.span) : nil
    case .mapping, .scalar:
      diagnostics.report(
        .shapeMismatch, "`\(fact.name)` has a value for each date: a list is needed", at: data.span,
        help: "write `[{value: \(vocabulary.example(of: fact.type)), on: 2026-06-01}]`")
      return nil
    }
  }

  private mutating func point(_ data: DataSyntax, _ asked: AskedValue) -> GivenPoint? {
    guard case .mapping(let entries) = data.form else {
      if case .broken = data.form { return nil }
      diagnostics.report(
        .missingField, "this value of `\(asked.name)` has no date", at: data.span,
        help: "write `{value: \(vocabulary.example(of: asked.type)), on: 2026-06-01}`")
      return nil
    }
    guard let parts = parts(entries, of: asked, allowed: ["value", "unit", "on"]) else { return nil }
    guard let written = parts["value"] else {
      reportNoValue(asked.name, data.span)
      return nil
    }
    let value = value(written, asked, unit: parts["unit"])
    let on = parts["on"].map { self.value($0, AskedValue(name: asked.name, type: .date, mayBeNone: true)) }
    guard let value else { return nil }
    switch on {
    case nil: return GivenPoint(value: value, on: .unknown(cause: "never_given"), span: data.span)
    case .some(nil): return nil
    case .some(let day?): return GivenPoint(value: value, on: day, span: data.span)
    }
  }

  // MARK: Rows

  mutating func rows(_ data: DataSyntax, of id: RecordID) -> GivenRows? {
    let record = vocabulary[id]
    switch data.form {
    case .broken: return nil
    case .mapping(let entries) where entries.contains(where: { $0.key.value == "unknown" }):
      let asked = AskedValue(name: record.name, type: .text, mayBeNone: false)
      return cause(entries, asked).map { GivenRows(content: .unknown(cause: $0), span: data.span) }
    case .list(let items):
      let rows = items.map { row($0, of: record) }
      let known = rows.compactMap { $0 }
      return known.count == rows.count ? GivenRows(content: .rows(known), span: data.span) : nil
    case .scalar, .mapping:
      diagnostics.report(
        .shapeMismatch, "`\(record.name)` is a list of rows", at: data.span,
        help: "write `[{\(record.fields.first?.name ?? "field"): …}]`, or `[]` if there are none")
      return nil
    }
  }

  private mutating func row(_ data: DataSyntax, of record: Record) -> GivenRow? {
    guard case .mapping(let entries) = data.form else {
      if case .broken = data.form { return nil }
      diagnostics.report(
        .shapeMismatch, "a row of `\(record.name)` names its fields", at: data.span,
        help: "write `{\(record.fields.first?.name ?? "field"): …}`")
      return nil
    }
    var fields: [Int: GivenValue] = [:]
    var isBroken = false
    for entry in entries {
      guard let index = record.fields.firstIndex(where: { $0.name == entry.key.value }) else {
        let names = record.fields.map(\.name)
        diagnostics.report(
          .unknownField, "`\(record.name)` has no field `\(entry.key.value)`", at: entry.key.span,
          help: didYouMean(entry.key.value, names) ?? "its fields are \(list(names))")
        isBroken = true
        continue
      }
      guard let value = field(entry.value, record.fields[index], of: record) else {
        isBroken = true
        continue
      }
      fields[index] = value
    }
    return isBroken ? nil : GivenRow(fields: fields, span: data.span)
  }

  private mutating func field(_ data: DataSyntax, _ field: Field, of record: Record) -> GivenValue? {
    let asked = AskedValue(name: "\(record.name).\(field.name)", type: field.type, mayBeNone: true)
    guard case .mapping(let entries) = data.form, entries.contains(where: { $0.key.value == "value" }) else {
      return value(data, asked)
    }
    guard let parts = parts(entries, of: asked, allowed: ["value", "unit"]), let written = parts["value"] else {
      return nil
    }
    return value(written, asked, unit: parts["unit"])
  }
}
