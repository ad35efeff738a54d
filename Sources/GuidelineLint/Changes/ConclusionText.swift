internal import ClinicalValues
internal import GuidelineCompiler
internal import GuidelineModel
internal import RuleEngine

/// Conclusions of a program in the words of the language.
struct ConclusionText {
  let program: Program

  private var vocabulary: Vocabulary { program.library.vocabulary }

  /// What a conclusion says whoever the patient is: its kind and the fields that are constants.
  func key(_ id: PlaceID) -> ConclusionKey {
    let place = program.graph[id]
    let kind = vocabulary[program.sourceMap.places[id.index].kind]
    var fields: [ConclusionKey.Field] = []
    for field in place.fields where kind.fields.indices.contains(Int(field.column)) {
      let declared = kind.fields[Int(field.column)]
      var text: String?
      if case .constant(let constant) = program.graph[field.value] {
        text = self.text(program.graph.estimates[constant.index], declared.type)
      }
      fields.append(ConclusionKey.Field(name: declared.name, value: text))
    }
    return ConclusionKey(kind: kind.name, fields: fields)
  }

  /// The fields of a conclusion that are computed.
  func computedFields(_ id: PlaceID) -> [(name: String, value: ValueID)] {
    let kind = vocabulary[program.sourceMap.places[id.index].kind]
    return program.graph[id].fields.compactMap { field in
      if case .constant = program.graph[field.value] { return nil }
      guard kind.fields.indices.contains(Int(field.column)) else { return nil }
      return (kind.fields[Int(field.column)].name, field.value)
    }
  }

  func rule(_ id: PlaceID) -> Rule { program.library[program.sourceMap.places[id.index].rule] }

  func guideline(_ id: PlaceID) -> String { program.library[rule(id).document].id }

  /// With its edition: `cpic-thiopurines@2025`.
  func document(_ id: PlaceID) -> String {
    let document = program.library[rule(id).document]
    return document.edition.map { "\(document.id)@\($0)" } ?? document.id
  }

  // MARK: Of a patient

  /// What the engine says of a patient, among conclusions with this kind and subject: each with its status and rule.
  func outcome(_ facts: PatientFacts, about key: ConclusionKey, today: Day) -> [String] {
    var session = Session(program.graph, today: today)
    _ = program.takeIn(facts, into: &session)
    session.run()
    var lines: Set<String> = []
    for index in program.graph.places.indices {
      let place = PlaceID(index)
      let own = self.key(place)
      guard own.kind == key.kind, own.subject == key.subject else { continue }
      lines.formUnion(self.lines(place, session))
    }
    return lines.sorted()
  }

  private func lines(_ place: PlaceID, _ session: borrowing Session) -> [String] {
    let cautious = session.concluded(place, .cautious)
    let trace = program.sourceMap.places[place.index]
    let grade = [trace.strength, trace.certainty.map { "\($0) certainty" }].compactMap { $0 }
    return session.concluded(place, .presuming).compactMap { instance in
      guard instance.stands == .yes else { return nil }
      let isCertain = cautious.contains { $0.rows == instance.rows && $0.stands == .yes }
      let words = [isCertain ? "certain" : "provisional"] + grade
      return "\(text(place, instance, session)) (\(words.joined(separator: ", "))), by \(rule(place).name)"
    }
  }

  private func text(_ place: PlaceID, _ instance: ConcludedInstance, _ session: borrowing Session) -> String {
    let kind = vocabulary[program.sourceMap.places[place.index].kind]
    var fields: [ConclusionKey.Field] = []
    for (field, id) in zip(program.graph[place].fields, instance.fields) {
      guard let id, kind.fields.indices.contains(Int(field.column)) else { continue }
      let declared = kind.fields[Int(field.column)]
      fields.append(ConclusionKey.Field(name: declared.name, value: text(session.estimate(id), declared.type)))
    }
    return ConclusionKey(kind: kind.name, fields: fields).text
  }

  // MARK: Values

  private func text(_ estimate: Estimate, _ type: ValueType) -> String? {
    guard estimate.isKnown else { return estimate.isNone ? "none" : nil }
    switch (estimate.values, type) {
    case (.terms(let terms), .term(let group)):
      return terms.single.flatMap {
        vocabulary[group].terms.indices.contains($0) ? vocabulary[group].terms[$0].name : nil
      }
    case (.interval(let interval), _): return interval.single.map { number($0, type) }
    case (.text(let id), _):
      let texts = program.sourceMap.texts
      return texts.indices.contains(Int(id.index)) ? "\"\(texts[Int(id.index)])\"" : nil
    default: return nil
    }
  }

  private func number(_ number: Rational, _ type: ValueType) -> String {
    switch type {
    case .quantity(let unit):
      let value = (unit.value(ofCanonical: number) ?? number).canonicalDecimal
      return unit.symbol == "1" ? value : "\(value) \(unit.symbol)"
    case .duration: return "\(number.canonicalDecimal) d"
    case .date: return Day(number)?.iso ?? number.canonicalDecimal
    default: return number.canonicalDecimal
    }
  }
}

/// What a conclusion says whoever the patient is.
struct ConclusionKey: Hashable {
  struct Field: Hashable {
    var name: String
    /// Nil: it is computed.
    var value: String?
  }

  var kind: String
  var fields: [Field]

  var subject: String? { fields.first { $0.name == "subject" }?.value }

  /// `recommend azathioprine, line first_line`.
  var text: String {
    let others = fields.filter { $0.name != "subject" }.map { "\($0.name) \($0.value ?? "…")" }
    return (["\(kind) \(subject ?? "…")"] + others).joined(separator: ", ")
  }
}
