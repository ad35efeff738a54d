internal import ClinicalValues
internal import GuidelineModel
internal import RuleEngine

@testable internal import GuidelineCompiler
@testable internal import GuidelineKit

/// All that the engine holds of one patient, in both readings, so that two patients can be compared.
struct EnginePicture {
  struct Said {
    var fields: [Int: Guess]
    var stands: Truth
    var overridden: Truth
  }

  struct Reading {
    var definitions: [Guess] = []
    var scopes: [Truth] = []
    /// By rule node: whether some instance is in effect, and what speaks against each instance.
    var applies: [Truth] = []
    var excepted: [[Truth]] = []
    /// By place.
    var said: [[Said]] = []
    /// Rows that rules derive, by relation.
    var rows: [[(cells: [Guess], truth: Truth)]] = []
    var invariants: [Truth] = []
  }

  var cautious: Reading
  var presuming: Reading
  /// What is reported.
  var report: OracleResult

  init(_ program: Program, _ facts: PatientFacts, like guidelines: Guidelines) {
    var session = Session(program.graph, today: Settings.today)
    let intake = program.takeIn(facts, into: &session)
    session.run()
    let printer = ValuePrinter(program: program, texts: intake.texts, composites: session.compositeTexts)
    cautious = Reading(program, &session, .cautious, printer)
    presuming = Reading(program, &session, .presuming, printer)
    var builder = ReportBuilder(
      program: program, quotations: guidelines.source.quotations, intake: intake, session: session, reasons: .none)
    report = OracleResult(builder.build())
  }
}

extension EnginePicture.Reading {
  fileprivate init(
    _ program: Program, _ session: inout Session, _ reading: RuleEngine.Reading, _ printer: ValuePrinter
  ) {
    let graph = program.graph
    let map = program.sourceMap
    definitions = graph.definitions.indices.map {
      Guess(session.definition(DefinitionNodeID($0), reading), printer)
    }
    for scope in map.scopes { scopes.append(scope.map { session.truth($0.node, reading) } ?? .yes) }
    for index in graph.rules.indices {
      applies.append(session.applies(RuleNodeID(index), reading))
      excepted.append(session.currentInstances(RuleNodeID(index), reading).map(\.excepted))
    }
    for index in graph.places.indices {
      let place = graph.places[index]
      said.append(
        session.concluded(PlaceID(index), reading).map { item in
          var fields: [Int: Guess] = [:]
          for (field, value) in zip(place.fields, item.fields) {
            if let value { fields[Int(field.column)] = Guess(session.estimate(value), printer) }
          }
          return EnginePicture.Said(fields: fields, stands: item.stands, overridden: item.overridden)
        })
    }
    for index in graph.relations.indices {
      guard case .derived = graph.relations[index].origin else { continue }
      rows.append(
        session.rows(RelationID(index), reading).map { row in
          (row.cells.map { Guess($0, printer) }, row.truth)
        })
    }
    for invariant in map.invariants { invariants.append(session.truth(invariant.node, reading)) }
  }
}

extension Guess {
  /// What the engine holds possible, in the words of the oracle.
  fileprivate init(_ estimate: Estimate, _ printer: ValuePrinter) {
    let content: Content =
      switch estimate.values {
      case .nothing: .nothing
      case .terms(let terms): terms.isEmpty ? .nothing : .terms(Set(terms.indices))
      case .interval(let interval): .numbers(End(interval.low), End(interval.high))
      case .text(let id): .text(printer.text(id))
      case .anyText: .anyText
      }
    self.init(content, orNone: estimate.mayBeNone)
  }
}

extension End {
  fileprivate init(_ bound: Bound) {
    switch bound {
    case .negativeInfinity: self = .minus
    case .finite(let number): self = .at(number)
    case .positiveInfinity: self = .plus
    }
  }
}
