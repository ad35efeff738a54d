internal import ClinicalValues
internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

extension Check {
  static let numberNotInSource = Check(
    DiagnosticCode("GL0610", "number-not-in-source"), .library, isSafety: true,
    CheckPage(
      summary: "A limit, dose or period of a rule stands in no statement that it cites, and in no reason.",
      why: """
        A digit that was mistyped, or a limit of another edition, looks like any other. Whoever reads the rule believes \
        that the source gives it.
        """,
      example: """
        sources:
          handbook:
            title: A handbook
            statements: {H1: {says: Usual dose 1 to 2 mg/kg/d.}}
        rules:
          usual-dose:
            when: [azathioprine.considered]
            then:
              - {dose: azathioprine, low: 1 mg/kg/d * patient.weight, high: 3 mg/kg/d * patient.weight}
            source: handbook#H1
        """,
      mended: """
        sources:
          handbook:
            title: A handbook
            statements: {H1: {says: Usual dose 1 to 2 mg/kg/d.}}
        rules:
          usual-dose:
            when: [azathioprine.considered]
            then:
              - {dose: azathioprine, low: 1 mg/kg/d * patient.weight, high: 2 mg/kg/d * patient.weight}
            source: handbook#H1
        """,
      notes: """
        2.0 is 2; a number may be spelt out (a quarter, twelve weeks), and times may be told in other units (weekly, \
        first month, every 3 to 6 months). A number that `because` names is a choice that was explained. A number in a \
        definition may stand in what the definition cites or explains, or in what a rule that reads it cites. Zero, \
        a bare 1, ranks, scopes and invariants are not judged, nor is a rule without any source.
        """)
  ) { context, found in
    var judge = NumberJudge(context)
    judge.judge()
    for (span, finding) in judge.findings where !judge.supported.contains(span) {
      found.report(
        "`\(finding.number)` in \(finding.owner) stands in no statement that \(finding.citer)", at: span,
        related: finding.citation.map { [RelatedPlace($0, "what is cited")] } ?? [],
        help: [
          "correct the number, cite the statement that gives it, or say under `because` why this number was chosen"
        ])
    }
  }
}

/// Looks for the numbers of rules and definitions in what they rest on.
private struct NumberJudge {
  struct Finding {
    var number: String
    var owner: String
    var citer: String
    var citation: Span?
  }

  private let context: LintContext
  private let provenance: Provenance
  private(set) var findings: [Span: Finding] = [:]
  /// Numbers that were found, in this company or another.
  private(set) var supported: Set<Span> = []
  /// What rules rest on that cite their own document alone: the same in every company.
  private var judged: [Span: NumbersInText] = [:]

  init(_ context: LintContext) {
    self.context = context
    provenance = Provenance(context)
  }

  mutating func judge() {
    for company in context.companies {
      var readings = DefinitionReaders(company.library, provenance)
      for rule in company.library.rules { judge(rule, company.library, &readings) }
      if company.leftOut.isEmpty, !company.library.hasIncompleteSource { judgeDefinitions(company.library, readings) }
    }
  }

  // MARK: Rules

  private mutating func judge(_ rule: Rule, _ library: Library, _ readings: inout DefinitionReaders) {
    guard let parts = provenance.parts[rule.nameSpan] else { return }
    guard !library.lacksWords(ofWhatIsCitedBy: rule), !context.faults.hasErrors(within: rule.span) else {
      readings.leaveOut(parts, of: rule)
      return
    }
    if let texts = judged[rule.nameSpan] {
      readings.note(rule, parts, texts)
      return
    }
    let citations = rule.allCitations
    var texts = NumbersInText(provenance.texts(of: rule))
    citations.flatMap { library.statements($0, of: rule) }.forEach { $0.words.forEach { texts.add($0) } }
    guard !citations.isEmpty else { return }
    readings.note(rule, parts, texts)
    if citations.allSatisfy({ $0.document == rule.document }) { judged[rule.nameSpan] = texts }
    for number in parts.numbers {
      settle(
        number, texts,
        Finding(
          number: number.text, owner: "the rule `\(rule.name)`", citer: "it cites", citation: citations.first?.span))
    }
    for variable in rule.variables.indices { judgeCells(of: variable, rule, parts, library) }
  }

  /// The cells that a rule reads, each beside the statement of its own row.
  private mutating func judgeCells(of variable: Int, _ rule: Rule, _ parts: WrittenParts, _ library: Library) {
    guard case .table(let id) = rule.variables[variable].rows.collection,
      let rows = library.knowledgeRows(of: variable, in: rule), let table = provenance.tables[library[id].span]
    else { return }
    let name = rule.variables[variable].name
    let columns = library[id].columns.indices.filter { column in
      library[id].columns[column].type.isAmount && parts.names.contains("\(name).\(library[id].columns[column].name)")
    }
    guard !columns.isEmpty else { return }
    var common = NumbersInText(provenance.texts(of: rule) + [table.annotations.because?.value].compactMap { $0 })
    let citations = rule.allCitations
    citations.flatMap { library.namedStatements($0) }.forEach { $0.words.forEach { common.add($0) } }
    let cells = context.cells(of: table)
    for row in rows {
      guard let written = cells[row.span] else { continue }
      var texts = common
      citations.flatMap { library.statements($0, for: row, of: variable) }.forEach {
        $0.words.forEach { texts.add($0) }
      }
      for column in columns {
        guard let text = written[library[id].columns[column].name], let number = text.number else { continue }
        settle(
          number, texts,
          Finding(
            number: number.text, owner: "the table `\(library[id].name)`",
            citer: "the rule `\(rule.name)` cites for it",
            citation: citations.first?.span))
      }
    }
  }

  private mutating func settle(_ number: WrittenNumber, _ texts: NumbersInText, _ finding: Finding) {
    if number.isTrivial || texts.contains(number) {
      supported.insert(number.span)
    } else if findings[number.span] == nil {
      findings[number.span] = finding
    }
  }

  // MARK: Definitions

  /// Only where nothing is missing that may be the reader whose source gives the number.
  private mutating func judgeDefinitions(_ library: Library, _ readings: DefinitionReaders) {
    for definition in library.definitions {
      guard let parts = provenance.parts[definition.span], let readers = readings.readers(of: definition),
        !definition.citations.contains(where: { $0.document == nil }),
        !context.faults.hasErrors(within: definition.span)
      else { continue }
      let own = NumbersInText(library.texts(of: definition))
      for number in parts.numbers {
        let isFound = own.contains(number) || readers.contains { $0.contains(number) }
        let finding = Finding(
          number: number.text, owner: "the definition `\(definition.name)`",
          citer: definition.citations.isEmpty ? "a rule that reads it cites" : "it cites",
          citation: definition.citations.first?.span)
        if isFound || number.isTrivial {
          supported.insert(number.span)
        } else if findings[number.span] == nil {
          findings[number.span] = finding
        }
      }
    }
  }
}

extension ValueType {
  fileprivate var isAmount: Bool {
    switch self {
    case .quantity, .duration: true
    default: false
    }
  }
}
