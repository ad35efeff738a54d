import ClinicalValues
import GuidelineCompiler
import GuidelineModel
import RuleEngine

/// Turns what the engine found into values that people and machines read.
struct ValuePrinter {
  let program: Program
  /// The patient's own texts.
  var texts: [String]
  /// Composite texts of the session.
  var composites: CompositeTexts

  /// The value of an estimate; nil: it is not known, or none.
  func value(_ estimate: Estimate, _ type: ValueType) -> FieldValue? {
    guard estimate.isKnown else { return nil }
    switch (estimate.values, type) {
    case (.terms(let terms), .term(let group)): return terms.single.flatMap { term($0, group) }
    case (.interval(let interval), _): return interval.single.flatMap { number($0, type) }
    case (.text(let id), _): return .text(text(id))
    default: return nil
    }
  }

  private func term(_ index: Int, _ group: GroupID) -> FieldValue? {
    guard program.library.vocabulary.groups[group.index].terms.indices.contains(index) else { return nil }
    let term = program.library.vocabulary.groups[group.index].terms[index]
    return .term(term.name, label: term.label)
  }

  private func number(_ number: Rational, _ type: ValueType) -> FieldValue? {
    switch type {
    case .quantity(let unit):
      guard let value = unit.value(ofCanonical: number) else { return nil }
      return .quantity(value, unit: unit.symbol)
    case .duration: return .quantity(number, unit: "d")
    case .date: return Day(number).map { .date($0) }
    default: return .number(number)
    }
  }

  func text(_ id: TextID) -> String {
    if let content = composites.content(id) { return text(content) }
    let index = Int(id.index)
    let count = program.sourceMap.texts.count
    if index < count { return program.sourceMap.texts[index] }
    return texts.indices.contains(index - count) ? texts[index - count] : ""
  }

  private func text(_ content: CompositeTexts.Content) -> String {
    let templates = program.sourceMap.templates
    guard templates.indices.contains(Int(content.template)) else { return "" }
    var parts = content.parts[...]
    var result = ""
    for piece in templates[Int(content.template)] {
      switch piece {
      case .words(let words): result += words
      case .value(let type): result += parts.popFirst().flatMap { value($0, type) }.map(\.label) ?? ""
      }
    }
    return result
  }

  /// What is known of an estimate, in words.
  func describe(_ estimate: Estimate, _ type: ValueType) -> String {
    if estimate.isNone { return "none" }
    if let value = value(estimate, type) { return value.description }
    let words: String
    switch (estimate.values, type) {
    case (.terms(let terms), .term(let group))
    where terms.count < program.library.vocabulary.groups[group.index].terms.count:
      words = terms.indices.compactMap { term($0, group)?.description }.joined(separator: " or ")
    case (.interval(let interval), _): words = describe(interval, type)
    default: return "unknown"
    }
    return estimate.mayBeNone ? words + " or none" : words
  }

  private func describe(_ interval: Interval, _ type: ValueType) -> String {
    let low = interval.low.number.flatMap { number($0, type) }
    let high = interval.high.number.flatMap { number($0, type) }
    return switch (low, high) {
    case (nil, nil): "unknown"
    case (let low?, nil): "at least \(low)"
    case (nil, let high?): "at most \(high)"
    case (let low?, let high?): "between \(low) and \(high)"
    }
  }
}

extension FieldValue: CustomStringConvertible {
  /// As it is written in guidelines and facts.
  public var description: String {
    switch self {
    case .term(let name, _): name
    case .quantity(let value, let unit): unit == "1" ? value.canonicalDecimal : "\(value.canonicalDecimal) \(unit)"
    case .number(let value): value.canonicalDecimal
    case .date(let day): day.iso
    case .text(let text): text
    }
  }

  /// For people: terms by their label.
  public var label: String {
    if case .term(_, let label) = self { return label }
    return description
  }

  /// The canonical order: by kind of value, strings by code points, numbers by value.
  static func precedes(_ left: FieldValue?, _ right: FieldValue?) -> Bool? {
    switch (left, right) {
    case (nil, nil): nil
    case (nil, _): true
    case (_, nil): false
    case (.term(let first, _)?, .term(let second, _)?): first == second ? nil : byCodePoints(first, second)
    case (.quantity(let first, let unit)?, .quantity(let second, let other)?):
      first == second ? (unit == other ? nil : byCodePoints(unit, other)) : first < second
    case (.number(let first)?, .number(let second)?): first == second ? nil : first < second
    case (.date(let first)?, .date(let second)?): first == second ? nil : first < second
    case (let first?, let second?):
      first.description == second.description ? nil : byCodePoints(first.description, second.description)
    }
  }
}

/// The order of code points, which for UTF-8 is the order of bytes.
func byCodePoints(_ left: String, _ right: String) -> Bool {
  left.utf8.lexicographicallyPrecedes(right.utf8)
}
