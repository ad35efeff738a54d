internal import ClinicalValues
internal import GuidelineSyntax
internal import SourceText

/// Merges the vocabulary documents of a library into one vocabulary.
///
/// First all groups and terms, then the facts, records and kinds that use them, then what speaks of several of these.
struct VocabularyBuilder {
  var vocabulary = Vocabulary()
  var diagnostics: Diagnostics
  private var graph = UsesGraph()

  init(diagnostics: Diagnostics) { self.diagnostics = diagnostics }

  /// The documents come sorted by id, so that the result does not depend on the names of files.
  mutating func build(_ documents: [DocumentSyntax]) {
    for document in documents {
      graph.add(document.header.id.value, uses: document.header.uses.map { DocumentName($0.value).id })
    }
    addYesNo(documents.first?.header.span)
    for document in documents { each(document) { $0.addTerms($1, of: $2) } }
    for document in documents { each(document) { $0.addParents($1, of: $2) } }
    reportClassCycles()
    for document in documents { each(document) { $0.addFacts($1, of: $2) } }
    for document in documents { each(document) { $0.addRecords($1, of: $2) } }
    for document in documents { each(document) { $0.addKinds($1, of: $2) } }
    for document in documents { each(document) { $0.addConflicts($1, of: $2) } }
    reportNamesTwiceUsed()
  }

  private mutating func each(
    _ document: DocumentSyntax, _ add: (inout VocabularyBuilder, VocabularySyntax, Visibility) -> Void
  ) {
    guard case .vocabulary(let body) = document.body else { return }
    let uses = document.header.uses.map { DocumentName($0.value).id }
    add(&self, body, graph.visibility(of: document.header.id.value, naming: uses))
  }

  // MARK: Terms

  private mutating func addYesNo(_ span: Span?) {
    var group = TermGroup(name: "yes_no")
    for (index, name) in ["yes", "no"].enumerated() {
      group.terms.append(Term(name: name, label: name, parent: nil, codes: [], span: span ?? .nowhere))
      group.termNamed[name] = index
    }
    vocabulary.groups.append(group)
  }

  private mutating func addTerms(_ body: VocabularySyntax, of seen: Visibility) {
    for syntax in body.groups {
      let id = groupID(syntax.name.value)
      if !vocabulary.groups[id.index].documents.contains(seen.document) {
        vocabulary.groups[id.index].documents.append(seen.document)
      }
      vocabulary.groups[id.index].termNamed.reserveCapacity(
        vocabulary.groups[id.index].termNamed.count + syntax.terms.count)
      for term in syntax.terms { add(term, to: id, of: seen) }
    }
  }

  private mutating func groupID(_ name: String) -> GroupID {
    if let known = vocabulary.groupNamed[name] { return known }
    let id = GroupID(vocabulary.groups.count)
    vocabulary.groups.append(TermGroup(name: name))
    vocabulary.groupNamed[name] = id
    return id
  }

  private mutating func add(_ syntax: TermSyntax, to id: GroupID, of seen: Visibility) {
    let name = syntax.name.value
    let number = vocabulary.groups[id.index].terms.count
    if let earlier = vocabulary.groups[id.index].termNamed.updateValue(number, forKey: name) {
      vocabulary.groups[id.index].termNamed[name] = earlier
      let group = vocabulary[id]
      diagnostics.report(
        .duplicateId, "the term `\(name)` of `\(group.name)` is declared twice", at: syntax.name.span,
        help: "keep one of the two", also: [(group.terms[earlier].span, "declared here first")])
      return
    }
    var term = Term(
      name: name, label: syntax.label?.value ?? words(name), parent: nil, codes: syntax.codes,
      span: syntax.name.span)
    term.document = seen.document
    vocabulary.groups[id.index].terms.append(term)
  }

  private func words(_ name: String) -> String {
    let bytes = name.utf8
    guard bytes.contains(UInt8(ascii: "_")) else { return name }
    guard bytes.allSatisfy({ $0 < 0x80 }) else { return String(name.map { $0 == "_" ? " " : $0 }) }
    return String(decoding: bytes.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
  }

  private mutating func addParents(_ body: VocabularySyntax, of seen: Visibility) {
    for syntax in body.groups {
      guard let id = vocabulary.groupNamed[syntax.name.value] else { continue }
      for term in syntax.terms {
        guard let parent = term.parent, let child = vocabulary[id].termNamed[term.name.value] else { continue }
        guard let index = vocabulary[id].termNamed[parent.value] else {
          diagnostics.report(
            .unknownTerm,
            "`\(syntax.name.value)` has no term `\(parent.value)` that `\(term.name.value)` could belong to",
            at: parent.span, help: meantOrKnown(parent.value, vocabulary[id].terms.map(\.name), "its terms"))
          continue
        }
        let declared = vocabulary[id].terms[index].document
        if !seen.sees(declared) {
          diagnostics.report(
            .nameNotVisible, "the term `\(parent.value)` is declared in `\(declared)`, which is not used here",
            at: parent.span, help: seen.help(toSee: declared))
        }
        vocabulary.groups[id.index].terms[child].parent = index
      }
    }
  }

  private mutating func reportClassCycles() {
    for (index, group) in vocabulary.groups.enumerated() {
      for circle in circles(in: group) {
        guard let start = circle.min() else { continue }
        let way = circle.drop { $0 != start } + circle.prefix { $0 != start } + [start]
        diagnostics.report(
          .classCycle,
          "the classes of `\(group.name)` form a circle: \(way.map { group.terms[$0].name }.joined(separator: " → "))",
          at: group.terms[start].span, help: "take away the `is:` that points back")
        for member in circle { vocabulary.groups[index].terms[member].parent = nil }
      }
    }
  }

  /// Terms that are classes of themselves, each circle once.
  private func circles(in group: TermGroup) -> [[Int]] {
    var circles: [[Int]] = []
    // The walk on which a term was met first; 0: not yet.
    var met = [Int](repeating: 0, count: group.terms.count)
    for start in group.terms.indices where met[start] == 0 && group.terms[start].parent != nil {
      var way: [Int] = []
      var current: Int? = start
      while let term = current, met[term] == 0 {
        met[term] = start + 1
        way.append(term)
        current = group.terms[term].parent
      }
      if let term = current, met[term] == start + 1, let place = way.firstIndex(of: term) {
        circles.append(Array(way[place...]))
      }
    }
    return circles
  }

  // MARK: Facts and records

  private mutating func addFacts(_ body: VocabularySyntax, of seen: Visibility) {
    for syntax in body.facts {
      let name = syntax.name.value
      if let earlier = vocabulary.factNamed[name] {
        reportTwice("fact", name, syntax.name.span, vocabulary[earlier].span)
        continue
      }
      // A quantity without a unit has been reported by the reader already.
      guard !syntax.type.lacksUnit, let type = vocabulary.type(syntax.type, seen: seen, into: &diagnostics),
        var fact = fact(syntax, of: type, in: seen)
      else { continue }
      fact.ordered = syntax.ordered && isOrderable(fact, syntax)
      vocabulary.factNamed[name] = FactID(vocabulary.facts.count)
      var parts = name.split(separator: ".")
      while parts.popLast() != nil, !parts.isEmpty { vocabulary.factBeginnings.insert(parts.joined(separator: ".")) }
      vocabulary.facts.append(fact)
    }
  }

  private mutating func fact(_ syntax: FactSyntax, of type: ResolvedType, in seen: Visibility) -> Fact? {
    let name = syntax.name.value
    if type.shape == .set, type.type == .text {
      diagnostics.report(
        .typeMismatch, "`\(name)` cannot be a set of texts: that is for columns of tables only", at: syntax.type.span,
        help: "declare the names as a group under `terms` and write `set of <group>`")
      return nil
    }
    var fact = Fact(
      name: name, shape: type.shape, type: type.type, document: seen.document, span: syntax.name.span)
    fact.ask = syntax.ask?.value
    fact.codes = syntax.codes
    if let range = syntax.range { fact.range = declaredRange(range, of: name, type: type.type) }
    if let time = syntax.validFor { fact.validForDays = days(time, of: name) }
    return fact
  }

  private mutating func isOrderable(_ fact: Fact, _ syntax: FactSyntax) -> Bool {
    guard case .term(let id) = fact.type, id != .yesNo, fact.shape == .scalar else {
      diagnostics.report(
        .unorderedComparison,
        "`\(fact.name)` cannot be ordered: only one of a list of terms has the order of that list",
        at: syntax.name.span, help: "take away `ordered`")
      return false
    }
    let documents = vocabulary[id].origins.isEmpty ? vocabulary[id].documents : ["", ""]
    guard documents.count == 1 else {
      diagnostics.report(
        .unorderedComparison,
        "`\(fact.name)` cannot be ordered: the terms of `\(vocabulary[id].name)` come from several lists",
        at: syntax.name.span, help: "declare all terms of an ordered list in one document")
      return false
    }
    return true
  }

  private mutating func declaredRange(_ syntax: RangeSyntax, of name: String, type: ValueType) -> ClosedRational? {
    guard let unit = type.unit, let low = Rational(decimal: syntax.low.value),
      let high = Rational(decimal: syntax.high.value)
    else {
      diagnostics.report(
        .typeMismatch, "the range of `\(name)` must be two numbers of a quantity", at: syntax.low.span,
        help: "write it as `0 .. 100`, in the unit of the fact")
      return nil
    }
    guard low <= high else {
      diagnostics.report(
        .rangeReversed, "the range of `\(name)` runs from \(syntax.low.value) down to \(syntax.high.value)",
        at: syntax.low.span, help: "write the lower end first")
      return nil
    }
    guard let lowest = unit.canonical(low), let highest = unit.canonical(high) else {
      diagnostics.report(
        .numberTooLarge, "the range of `\(name)` has numbers too large to compute with exactly", at: syntax.low.span,
        help: "check the numbers; declare the fact in a unit in which they are shorter")
      return nil
    }
    return ClosedRational(low: lowest, high: highest)
  }

  private mutating func days(_ text: LocatedText, of name: String) -> Rational? {
    guard let quantity = try? Quantity.parse(text.value), quantity.unit.dimension == Unit.day.dimension,
      let days = quantity.canonical(), days >= .zero
    else {
      diagnostics.report(
        .unitMismatch, "`\(text.value)` is no span of time for which `\(name)` could be valid", at: text.span,
        help: "write it as `90 d`")
      return nil
    }
    return days
  }

  private mutating func addRecords(_ body: VocabularySyntax, of seen: Visibility) {
    for syntax in body.records {
      let name = syntax.name.value
      if let earlier = vocabulary.recordNamed[name] {
        reportTwice("record", name, syntax.name.span, vocabulary[earlier].span)
        continue
      }
      var record = Record(
        name: name, fields: fields(syntax.fields, of: name, seen), document: seen.document, span: syntax.name.span)
      record.ask = syntax.ask?.value
      record.codes = syntax.codes
      vocabulary.recordNamed[name] = RecordID(vocabulary.records.count)
      vocabulary.records.append(record)
    }
  }

  mutating func fields(_ syntax: [ColumnSyntax], of owner: String, _ seen: Visibility) -> [Field] {
    var fields: [Field] = []
    for column in syntax {
      guard let type = vocabulary.type(column.type, seen: seen, into: &diagnostics) else { continue }
      guard type.shape == .scalar else {
        diagnostics.report(
          .shapeMismatch, "the field `\(column.name.value)` of `\(owner)` must have one value, not several",
          at: column.type.span, help: "make it a record of its own, with a row for each value")
        continue
      }
      fields.append(Field(name: column.name.value, type: type.type, span: column.name.span))
    }
    return fields
  }

  mutating func reportTwice(_ what: String, _ name: String, _ span: Span, _ earlier: Span) {
    diagnostics.report(
      .duplicateId, "the \(what) `\(name)` is declared twice", at: span, help: "keep one of the two",
      also: [(earlier, "declared here first")])
  }
}

extension TypeSyntax {
  fileprivate var lacksUnit: Bool {
    switch form {
    case .quantity(nil): true
    case .series(let inner): inner.lacksUnit
    default: false
    }
  }
}
