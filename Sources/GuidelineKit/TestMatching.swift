import ClinicalValues
import GuidelineModel

/// A pattern in the words of a report: what a conclusion must say to match it.
struct PatternWords {
  /// One field; nil values: any, but it must be there.
  struct FieldWords {
    var name: String
    var values: [FieldValue]?
  }

  var kind: String
  /// Nil: open.
  var subjects: [FieldValue]?
  var fields: [FieldWords] = []
  var statuses: [Status]
  /// Strength, certainty, rule, guideline: what is not named is free.
  var grades: [FieldWords] = []

  init(_ test: TestPattern, _ vocabulary: Vocabulary) {
    let kind = vocabulary[test.pattern.kind]
    self.kind = kind.name
    for field in test.pattern.fields where kind.fields.indices.contains(field.field) {
      let declared = kind.fields[field.field]
      let values = field.values.map { $0.compactMap { FieldValue($0, as: declared.type, vocabulary) } }
      if field.field == 0 {
        subjects = values
      } else {
        fields.append(FieldWords(name: declared.name, values: values))
      }
    }
    statuses = test.status.map { $0.compactMap(Status.init(rawValue:)) } ?? [.certain, .provisional]
    let words = [
      ("strength", test.strength), ("certainty", test.certainty), ("rule", test.rule), ("guideline", test.guideline),
    ]
    for (name, allowed) in words {
      if let allowed { grades.append(FieldWords(name: name, values: allowed.map { .text($0) })) }
    }
  }

  func matches(_ conclusion: ReportedConclusion) -> Bool {
    conclusion.kind == kind && isSubject(conclusion.subject) && statuses.contains(conclusion.status)
      && (fields + grades).allSatisfy { $0.admits(conclusion.value(of: $0.name)) }
  }

  func isSubject(_ subject: FieldValue) -> Bool { subjects?.contains { $0.isSame(as: subject) } ?? true }

  /// What a conclusion of the kind says otherwise, a phrase each.
  func differences(_ conclusion: ReportedConclusion) -> [String] {
    var found: [String] = []
    if !isSubject(conclusion.subject) { found.append("it is about \(conclusion.subject)") }
    for field in fields + grades {
      let value = conclusion.value(of: field.name)
      guard !field.admits(value) else { continue }
      if let value {
        found.append("its \(field.name) is \(value)\(field.expected)")
      } else if conclusion.undecidedFields.contains(field.name) {
        found.append("its \(field.name) cannot be computed yet")
      } else {
        found.append("it has no \(field.name)")
      }
    }
    if !statuses.contains(conclusion.status) { found.append("it is \(conclusion.status.rawValue)") }
    return found
  }
}

extension PatternWords.FieldWords {
  func admits(_ value: FieldValue?) -> Bool {
    guard let value else { return false }
    return values?.contains { $0.isSame(as: value) } ?? true
  }

  /// `, not 2`.
  fileprivate var expected: String {
    guard let values else { return "" }
    return ", not " + values.map(\.description).joined(separator: " or ")
  }
}

extension ReportedConclusion {
  /// A field, grade or origin by the name it has in a pattern.
  func value(of name: String) -> FieldValue? {
    switch name {
    case "subject": subject
    case "strength": strength.map { .text($0) }
    case "certainty": certainty.map { .text($0) }
    case "rule": .text(rule)
    case "guideline": .text(guideline)
    default: fields.first { $0.name == name }?.value
    }
  }

  /// In one line: `recommend azathioprine, line first_line_maintenance, rank 2`.
  var phrase: String {
    ([kind + " " + subject.description] + fields.map { "\($0.name) \($0.value)" }).joined(separator: ", ")
  }
}

extension FieldValue {
  /// A constant of a type; nil: it is none, or no constant.
  init?(_ value: Value, as type: ValueType, _ vocabulary: Vocabulary) {
    guard case .constant(let constant) = value.form else { return nil }
    switch constant {
    case .term(let index): self.init(.term(index), type, vocabulary)
    case .number(let number): self.init(.number(number), type, vocabulary)
    case .day(let day): self.init(.day(day), type, vocabulary)
    case .text(let text): self.init(.text(text), type, vocabulary)
    case .none: return nil
    }
  }

  /// A given value; nil: it is unknown or none.
  init?(_ value: GivenValue, _ type: ValueType, _ vocabulary: Vocabulary) {
    switch (value, type) {
    case (.term(let index), .term(let group)):
      let terms = vocabulary[group].terms
      guard terms.indices.contains(index) else { return nil }
      self = .term(terms[index].name, label: terms[index].label)
    case (.number(let number), .quantity(let unit)):
      guard let value = unit.value(ofCanonical: number) else { return nil }
      self = .quantity(value, unit: unit.symbol)
    case (.number(let number), .duration): self = .quantity(number, unit: "d")
    case (.number(let number), .date):
      guard let day = Day(number) else { return nil }
      self = .date(day)
    case (.number(let number), _): self = .number(number)
    case (.day(let day), _): self = .date(day)
    case (.text(let text), _): self = .text(text)
    default: return nil
    }
  }

  /// Names are equal exactly; labels say nothing.
  func isSame(as other: FieldValue) -> Bool {
    if case .term(let first, _) = self, case .term(let second, _) = other { return first == second }
    return self == other
  }
}
