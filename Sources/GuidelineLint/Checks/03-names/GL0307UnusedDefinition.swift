internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

extension Check {
  static let unusedDefinition = Check(
    DiagnosticCode("GL0307", "unused-definition", .warning), .library,
    CheckPage(
      summary: "A definition is read by no rule, scope, invariant or other definition.",
      why: """
        Somebody thought about it and believes that it counts. Perhaps the rule that was to read it spells the \
        condition out once more, and differently.
        """,
      example: """
        define:
          low_cells:
            means: latest lab.wbc < 2.0 10*9/L
        """,
      mended: """
        define:
          low_cells:
            means: latest lab.wbc < 2.0 10*9/L
        rules:
          stop:
            when: [low_cells]
            then: [{stop: azathioprine}]
            source: handbook#H1
        """,
      notes: """
        A definition that derives a fact of the vocabulary answers whoever asks for the fact, and is not judged. Nothing \
        is said while any part of the library is broken, because that part may be the one that reads it.
        """)
  ) { context, found in
    guard context.isWhole else { return }
    let readers = DefinitionNames(context)
    for (definition, document) in context.writtenDefinitions
    where context.vocabulary.factNamed[definition.name.value] == nil {
      guard !readers.isRead(definition) else { continue }
      found.report(
        "nothing reads the definition `\(definition.name.value)` of `\(document)`", at: definition.name.span,
        help: ["take it away, or read it in the rule that it was written for"])
    }
  }
}

extension LintContext {
  /// The definitions of all documents, with the name of their document.
  fileprivate var writtenDefinitions: [(DefinitionSyntax, String)] {
    syntax.documents.flatMap { document -> [(DefinitionSyntax, String)] in
      guard case .guideline(let body) = document.syntax.body else { return [] }
      return body.definitions.map { ($0, document.syntax.header.id.value) }
    }
  }
}

/// How many pieces of the library hold a name, whatever it means there.
private struct DefinitionNames {
  private var counts: [String: Int] = [:]

  init(_ context: LintContext) {
    for document in context.syntax.documents {
      guard case .guideline(let body) = document.syntax.body else { continue }
      for parts in Self.parts(of: body) {
        for name in parts.names { counts[name, default: 0] += 1 }
      }
    }
  }

  /// A definition that names itself does not read itself.
  func isRead(_ definition: DefinitionSyntax) -> Bool {
    let own = WrittenParts(definition).names.contains(definition.name.value) ? 1 : 0
    return (counts[definition.name.value] ?? 0) > own
  }

  private static func parts(of body: GuidelineSyntax) -> [WrittenParts] {
    var parts = body.rules.map { WrittenParts($0) } + body.definitions.map { WrittenParts($0) }
    var rest = WrittenParts()
    rest.add(body.scope)
    body.invariants.forEach { rest.add($0.never) }
    for table in body.tables {
      switch table.body {
      case .knowledge(let knowledge): rest.add(knowledge.conditions)
      case .decision(let grid): parts += grid.rows.map { WrittenParts($0, of: grid) }
      case .broken: break
      }
    }
    return parts + [rest]
  }
}
