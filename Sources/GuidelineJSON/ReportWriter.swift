internal import ClinicalValues
internal import GuidelineKit

/// Writes the bytes of `Report.json` without making the values in between: many patients have long reports.
///
/// Keys are written in the order of code points. What is rare goes the way of all values.
struct ReportWriter {
  private var writer: JSONWriter

  /// `bytes`: what stands before the report.
  init(after bytes: [UInt8] = []) { writer = JSONWriter(after: bytes) }

  var bytes: [UInt8] { writer.bytes }

  mutating func write(_ report: Report) {
    writer.raw(#"{"conclusions":"#)
    list(report.conclusions) { $0.write($1) }
    writer.raw(#","conflicts":"#)
    list(report.conflicts) { $0.writer.write($1.json(report.conclusions)) }
    writer.raw(#","due":"#)
    list(report.due.compactMap { $0.json(report.conclusions) }) { $0.writer.write($1) }
    writer.raw(#","guidelines":"#)
    list(report.guidelines) { $0.write($1) }
    writer.raw(#","needs":"#)
    list(report.needs) { $0.write($1) }
    writer.raw(#","out_of_scope":"#)
    list(report.outOfScope) { $0.write($1) }
    writer.raw(#","today":"#)
    writer.write(report.today.iso)
    writer.raw(#","undecided":"#)
    list(report.undecided) { $0.writer.write($1.json) }
    optional(#","valid_until":"#, report.validUntil?.iso)
    if !report.violations.isEmpty {
      writer.raw(#","violations":"#)
      list(report.violations) { $0.writer.write($1.json) }
    }
    writer.raw("}")
  }

  // MARK: Parts

  private mutating func list<Item>(_ items: [Item], _ write: (inout ReportWriter, Item) -> Void) {
    writer.raw("[")
    for index in items.indices {
      if index > 0 { writer.raw(",") }
      write(&self, items[index])
    }
    writer.raw("]")
  }

  private mutating func strings(_ texts: [String]) { list(texts) { $0.writer.write($1) } }

  /// `key`: with all that stands around it.
  private mutating func text(_ key: String, _ text: String) {
    writer.raw(key)
    writer.write(text)
  }

  private mutating func optional(_ key: String, _ text: String?) {
    if let text { self.text(key, text) }
  }

  private mutating func write(_ guideline: ReportedGuideline) {
    writer.raw("{")
    if let edition = guideline.edition {
      text(#""edition":"#, edition)
      writer.raw(",")
    }
    text(#""hash":"#, guideline.hash)
    text(#","id":"#, guideline.id)
    optional(#","review_by":"#, guideline.reviewBy?.iso)
    text(#","title":"#, guideline.title)
    text(#","version":"#, guideline.version)
    writer.raw("}")
  }

  private mutating func write(_ conclusion: ReportedConclusion) {
    writer.raw(#"{"because":"#)
    list(conclusion.because) { $0.write($1) }
    optional(#","certainty":"#, conclusion.certainty)
    writer.raw(#","fields":"#)
    write(conclusion.fields)
    optional(#","graded_as":"#, conclusion.gradedAs)
    text(#","guideline":"#, conclusion.guideline)
    text(#","kind":"#, conclusion.kind)
    if !conclusion.overriddenBy.isEmpty {
      writer.raw(#","overridden_by":"#)
      list(conclusion.overriddenBy) { $0.writer.write($1.json) }
    }
    text(#","rule":"#, conclusion.rule)
    if !conclusion.settledBy.isEmpty {
      writer.raw(#","settled_by":"#)
      strings(conclusion.settledBy)
    }
    writer.raw(#","sources":"#)
    list(conclusion.sources) { $0.write($1) }
    text(#","status":"#, conclusion.status.rawValue)
    optional(#","strength":"#, conclusion.strength)
    writer.raw(#","subject":"#)
    write(conclusion.subject)
    optional(#","title":"#, conclusion.title)
    if !conclusion.undecidedFields.isEmpty {
      writer.raw(#","undecided":"#)
      strings(conclusion.undecidedFields)
    }
    writer.raw("}")
  }

  private mutating func write(_ fields: [ReportedField]) {
    let isInOrder = zip(fields, fields.dropFirst()).allSatisfy { first, second in
      first.name.utf8.lexicographicallyPrecedes(second.name.utf8)
    }
    guard isInOrder else { return writer.write(fields.json) }
    writer.raw("{")
    for index in fields.indices {
      if index > 0 { writer.raw(",") }
      writer.write(fields[index].name)
      writer.raw(":")
      write(fields[index].value)
    }
    writer.raw("}")
  }

  private mutating func write(_ value: FieldValue) {
    switch value {
    case .term(let text, _), .text(let text): writer.write(text)
    case .quantity(let number, let unit):
      text(#"{"unit":"#, unit)
      writer.raw(#","value":"#)
      writer.raw(number.canonicalDecimal)
      writer.raw("}")
    case .number(let number): writer.raw(number.canonicalDecimal)
    case .date(let day): writer.write(day.iso)
    }
  }

  private mutating func write(_ source: ReportedSource) {
    text(#"{"guideline":"#, source.guideline)
    text(#","source":"#, source.source)
    writer.raw(#","statements":"#)
    strings(source.statements)
    optional(#","title":"#, source.title)
    writer.raw("}")
  }

  private mutating func write(_ reason: Reason) {
    writer.raw("{")
    if !reason.facts.isEmpty {
      writer.raw(#""facts":"#)
      list(reason.facts) { $0.write($1) }
      writer.raw(",")
    }
    text(#""file":"#, reason.file)
    writer.raw(#","line":"#)
    writer.raw("\(reason.line)")
    if !reason.parts.isEmpty {
      writer.raw(#","parts":"#)
      list(reason.parts) { $0.write($1) }
    }
    text(#","text":"#, reason.text)
    text(#","truth":"#, reason.truth.word)
    writer.raw("}")
  }

  private mutating func write(_ reading: FactReading) {
    text(#"{"fact":"#, reading.fact)
    text(#","value":"#, reading.value)
    writer.raw("}")
  }

  private mutating func write(_ need: Need) {
    writer.raw("{")
    if let ask = need.ask {
      text(#""ask":"#, ask)
      writer.raw(",")
    }
    writer.raw(#""count":"#)
    writer.raw("\(need.count)")
    text(#","fact":"#, need.fact)
    writer.raw("}")
  }

  private mutating func write(_ outside: OutOfScope) {
    writer.raw(#"{"because":"#)
    list(outside.because) { $0.write($1) }
    text(#","guideline":"#, outside.guideline)
    writer.raw("}")
  }
}
