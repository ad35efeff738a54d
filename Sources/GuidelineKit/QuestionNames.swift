import GuidelineCompiler
import GuidelineModel
import RuleEngine

/// What it is called that is not known: the numbers of facts, records and their fields.
extension ReportBuilder {
  func ask(_ variable: UInt8, _ column: Int, _ questions: inout Questions) {
    let relation = session.boundRelation(variable)
    guard !session.isGhost(relation) else {
      questions.ask(program.index.askable.relations[relation.index])
      return
    }
    let fields = program.index.askable.fields[relation.index]
    if fields.indices.contains(column) { questions.ask(fields[column]) }
  }

  static func asked(_ slot: Int, _ facts: [FactID?], _ askable: Askable) -> Askable.AskedFact? {
    guard facts.indices.contains(slot), let fact = facts[slot] else { return nil }
    return askable.facts[fact.index]
  }

  func ask(setSlot slot: SetSlotID, _ questions: inout Questions) {
    guard let asked = Self.asked(slot.index, program.index.setFacts, program.index.askable) else { return }
    questions.ask(asked.number)
  }

  func ask(seriesSlot slot: SeriesSlotID, _ questions: inout Questions) {
    guard let asked = Self.asked(slot.index, program.index.seriesFacts, program.index.askable) else { return }
    questions.ask(asked.number)
  }

  func ask(collectionSlot slot: CollectionSlotID, _ questions: inout Questions) {
    let records = program.index.records
    guard records.indices.contains(slot.index), let record = records[slot.index] else { return }
    questions.ask(program.index.askable.records[record.index])
  }
}
