internal import ClinicalValues
internal import GuidelineAnalysis
internal import GuidelineCompiler
internal import GuidelineModel
internal import GuidelineSyntax
internal import RuleEngine
internal import SourceText

extension Check {
  static let doseOutsideLabel = Check(
    DiagnosticCode("GL0907", "dose-outside-label"), isSafety: true,
    CheckPage(
      summary: "A rule states a dose above the highest one that the project's source gives for the drug.",
      why: "A slip of one digit is copied into every prescription that follows the advice.",
      example: """
        # file: .guideline-lint.yaml
        safety:
          azathioprine: {max-dose: 2.5 mg/kg/d}
        # file: rules.yaml
        rules:
          usual-dose:
            when: [ild.present]
            then: [{dose: azathioprine, low: 1 mg/kg/d * patient.weight, high: 20 mg/kg/d * patient.weight}]
        """,
      mended: """
        # file: .guideline-lint.yaml
        safety:
          azathioprine: {max-dose: 2.5 mg/kg/d}
        # file: rules.yaml
        rules:
          usual-dose:
            when: [ild.present]
            then: [{dose: azathioprine, low: 1 mg/kg/d * patient.weight, high: 2 mg/kg/d * patient.weight}]
        """,
      notes: """
        The highest dose stands under `safety` of the configuration, in any unit of the kind of the dose, or per unit of \
        one fact such as the weight. Judged are constants, constants times one fact, and the least and greatest of them. \
        A part of a dose that the patient takes or is to take is not above it and is not judged.
        """)
  ) { company, found in
    for agent in company.profiles.offered {
      for demand in company.demands(for: agent) {
        guard let highest = demand.highestDose else { continue }
        company.reportHigh(agent, highest.dose, highest.text.value, into: &found)
      }
    }
  }
}

extension CompanyAnalysis {
  fileprivate func reportHigh(_ agent: Agent, _ highest: Quantity, _ text: String, into found: inout CheckFindings) {
    guard let limit = highest.canonical() else { return }
    let name = profiles.agents.name(agent)
    for place in profiles.places([.dose], about: agent) {
      let kind = library.vocabulary[KindID(Int(graph[place].kind))]
      for field in graph[place].fields where kind.fields.indices.contains(Int(field.column)) {
        let declared = kind.fields[Int(field.column)]
        guard case .quantity(let unit) = declared.type,
          isAbove(field.value, limit, DoseForm(field: unit, limit: highest.unit))
        else { continue }
        found.report(
          "the dose of `\(name)` is above the highest that is stated for it, \(text)", at: writtenPlace(of: place),
          label: "`\(declared.name)` is above it",
          notes: ["the highest dose stands in the configuration, under `safety`"],
          help: ["correct the dose, or the highest dose of the configuration; or allow it with the reason"],
          subjects: [name])
      }
    }
  }

  /// Whether a value is surely above the limit.
  private func isAbove(_ value: ValueID, _ limit: Rational, _ form: DoseForm) -> Bool {
    switch graph[value] {
    case .least(let list):
      let members = graph.valueIDs(list)
      return !members.isEmpty && members.allSatisfy { isAbove($0, limit, form) }
    case .greatest(let list): return graph.valueIDs(list).contains { isAbove($0, limit, form) }
    case .round(let inner, _): return isAbove(inner, limit, form)
    default:
      guard let product = product(value) else { return false }
      switch product.facts.count {
      case 0: return form.field.dimension == form.limit.dimension && product.factor > limit
      case 1: return form.isPer(unit(of: product.facts[0])) && product.factor > limit
      default: return false
      }
    }
  }

  private struct Product {
    var factor: Rational
    var facts: [ScalarSlotID]
  }

  /// A constant times facts; nil: it is something else.
  private func product(_ value: ValueID) -> Product? {
    switch graph[value] {
    case .constant(let id):
      guard case .interval(let interval) = graph.estimates[id.index].values, let number = interval.single else {
        return nil
      }
      return Product(factor: number, facts: [])
    case .fact(let slot, nil): return Product(factor: .one, facts: [slot])
    case .multiply(let first, let second):
      guard let left = product(first), let right = product(second),
        let factor = left.factor.multiplied(by: right.factor)
      else { return nil }
      return Product(factor: factor, facts: left.facts + right.facts)
    default: return nil
    }
  }

  private func unit(of slot: ScalarSlotID) -> Unit? {
    guard let fact = program.sourceMap.scalarSlots.first(where: { $0.value == slot })?.key,
      case .quantity(let unit) = library.vocabulary[fact].type
    else { return nil }
    return unit
  }
}

/// The kind of a dose, and of the limit that it is held against.
private struct DoseForm {
  var field: Unit
  var limit: Unit

  /// Whether the limit is the dose for each unit of a fact.
  func isPer(_ fact: Unit?) -> Bool {
    guard let whole = fact.flatMap({ limit.multiplied(by: $0) }) else { return false }
    return whole.dimension == field.dimension
  }
}
