internal import ClinicalValues
package import GuidelineSyntax
package import SourceText

/// Reads what is given of one patient: dotted or nested names with their values (`grammar.md` §9).
///
/// What is wrong is reported and left out; nothing is guessed.
package func readFacts(
  _ data: DataSyntax, vocabulary: Vocabulary, into diagnostics: inout Diagnostics
) -> PatientFacts {
  var reader = FactReader(vocabulary: vocabulary, diagnostics: diagnostics)
  reader.read(data, below: "")
  diagnostics = reader.diagnostics
  return reader.facts
}

/// Reads facts by their names and types.
struct FactReader {
  let vocabulary: Vocabulary
  var diagnostics: Diagnostics
  var facts = PatientFacts()
  /// Beginnings of names of facts: `ild` of `ild.severity`.
  private var beginnings: Set<String> { vocabulary.factBeginnings }

  /// The keys of a value that is given as a mapping.
  static let valueKeys: Set<String> = ["unknown", "value", "unit", "on"]

  init(vocabulary: Vocabulary, diagnostics: Diagnostics) {
    self.vocabulary = vocabulary
    self.diagnostics = diagnostics
  }

  mutating func read(_ data: DataSyntax, below prefix: String) {
    switch data.form {
    case .broken: return
    case .mapping(let entries):
      for entry in entries { read(entry, below: prefix) }
    case .scalar, .list:
      diagnostics.report(
        .shapeMismatch, "facts are given by their names", at: data.span, help: "write them as `patient.age: 55 a`")
    }
  }

  private mutating func read(_ entry: DataEntry, below prefix: String) {
    let name = prefix + entry.key.value
    if let fact = vocabulary.factNamed[name], !isNesting(entry.value, name) {
      read(entry.value, of: fact)
      return
    }
    if let record = vocabulary.recordNamed[name] {
      if let rows = rows(entry.value, of: record) { facts.records[record, default: []].append(rows) }
      return
    }
    if beginnings.contains(name) {
      read(entry.value, below: name + ".")
      return
    }
    let known = vocabulary.facts.map(\.name) + vocabulary.records.map(\.name)
    let isTerm = vocabulary.groups.contains { $0.termNamed[name] != nil }
    diagnostics.report(
      .unknownFact, "there is no fact or record named `\(name)`", at: entry.key.span,
      help: didYouMean(name, known)
        ?? (isTerm
          ? "`\(name)` is a term: it is the value of a fact, not its name" : "declare it under `facts` of a vocabulary")
    )
  }

  /// Whether a mapping below a fact that is also the beginning of others gives these others.
  private func isNesting(_ data: DataSyntax, _ name: String) -> Bool {
    guard beginnings.contains(name), case .mapping(let entries) = data.form else { return false }
    return !entries.allSatisfy { Self.valueKeys.contains($0.key.value) }
  }

  private mutating func read(_ data: DataSyntax, of id: FactID) {
    switch vocabulary[id].shape {
    case .scalar:
      if let scalar = scalar(data, of: id) { facts.scalars[id, default: []].append(scalar) }
    case .set:
      if let set = set(data, of: id) { facts.sets[id, default: []].append(set) }
    case .series:
      if let series = series(data, of: id) { facts.series[id, default: []].append(series) }
    }
  }

  // MARK: Scalars

  private mutating func scalar(_ data: DataSyntax, of id: FactID) -> GivenScalar? {
    let fact = vocabulary[id]
    let asked = AskedValue(name: fact.name, type: fact.type, mayBeNone: fact.type == .date)
    guard case .mapping(let entries) = data.form else {
      return value(data, asked).map { GivenScalar(value: $0, on: nil, span: data.span) }
    }
    guard let parts = parts(entries, of: asked, allowed: Self.valueKeys) else { return nil }
    if let cause = parts["unknown"] {
      return unknownCause(cause, of: fact.name).map {
        GivenScalar(value: .unknown(cause: $0), on: nil, span: data.span)
      }
    }
    guard let written = parts["value"] else {
      reportNoValue(fact.name, data.span)
      return nil
    }
    guard let value = value(written, asked, unit: parts["unit"]) else { return nil }
    var on: Day?
    if let day = parts["on"] {
      guard let read = self.day(day, of: fact.name) else { return nil }
      on = read
    }
    return GivenScalar(value: value, on: on, span: data.span)
  }

  mutating func reportNoValue(_ name: String, _ span: Span) {
    diagnostics.report(
      .missingField, "`\(name)` is given without a value", at: span,
      help: "write `{value: …, on: 2026-06-01}`, or `{unknown: not_tested}`")
  }

  /// The keys of a mapping; one that does not belong there is reported.
  mutating func parts(
    _ entries: [DataEntry], of asked: AskedValue, allowed: Set<String>
  ) -> [String: DataSyntax]? {
    var parts: [String: DataSyntax] = [:]
    var isBroken = false
    for entry in entries {
      guard allowed.contains(entry.key.value) else {
        let help = didYouMean(entry.key.value, allowed.sorted()) ?? "known here are \(list(allowed.sorted()))"
        diagnostics.report(
          .unknownField, "a value of `\(asked.name)` has no part `\(entry.key.value)`", at: entry.key.span, help: help)
        isBroken = true
        continue
      }
      parts[entry.key.value] = entry.value
    }
    if parts["unknown"] != nil, parts.count > 1 {
      diagnostics.report(
        .shapeMismatch, "`\(asked.name)` is given as unknown and with a value at once",
        at: entries.first?.key.span ?? .nowhere, help: "keep one of the two")
      isBroken = true
    }
    return isBroken ? nil : parts
  }

  /// The word after `unknown:`.
  mutating func unknownCause(_ data: DataSyntax, of name: String) -> String? {
    guard case .scalar(let word, _) = data.form, isWord(word) else {
      diagnostics.report(
        .typeMismatch, "the cause for which `\(name)` is unknown is one word", at: data.span,
        help: "write it as `{unknown: not_tested}`")
      return nil
    }
    return word
  }

  private func isWord(_ text: String) -> Bool {
    guard let first = text.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) else { return false }
    return text.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "_")
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
  }

  mutating func day(_ data: DataSyntax, of name: String) -> Day? {
    guard case .scalar(let text, _) = data.form else {
      diagnostics.report(
        .typeMismatch, "the date of `\(name)` is not a date", at: data.span, help: "write it as `2026-06-01`")
      return nil
    }
    return readDay(LocatedText(text, data.span), into: &diagnostics)
  }
}
