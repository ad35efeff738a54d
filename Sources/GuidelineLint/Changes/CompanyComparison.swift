internal import ClinicalValues
internal import GuidelineAnalysis
internal import GuidelineCompiler
internal import GuidelineModel
internal import RuleEngine
internal import SourceText

/// Asks of two versions of a choice of guidelines for whom their conclusions differ.
struct CompanyComparison {
  private let before: ConclusionText
  private let after: ConclusionText
  private let today: Day
  private var comparison: VersionComparison
  private var changes: CompanyChanges
  /// Rules of the later version by their name, and those of the earlier one.
  private let rulesAfter: [String: Rule]
  private let rulesBefore: Set<String>

  init(_ name: String, before: Program, after: Program, today: Day) {
    self.before = ConclusionText(program: before)
    self.after = ConclusionText(program: after)
    self.today = today
    comparison = VersionComparison(before: before, after: after, today: today)
    changes = CompanyChanges(name: name)
    rulesAfter = Self.rules(after.library)
    rulesBefore = Set(Self.rules(before.library).keys)
  }

  private static func rules(_ library: Library) -> [String: Rule] {
    Dictionary(library.rules.map { ("\(library[$0.document].id)/\($0.name)", $0) }) { first, _ in first }
  }

  consuming func changesFound() -> CompanyChanges {
    var copy = self
    copy.compare()
    return copy.changes
  }

  private mutating func compare() {
    let places = (group(before), group(after))
    let keys = Set(places.0.keys).union(places.1.keys).sorted { $0.text < $1.text }
    changes.known = keys.count
    comparison.settleDefinitions()
    let pairs = keys.compactMap { key in
      changed(Pair(key: key, before: places.0[key] ?? [], after: places.1[key] ?? []))
    }
    changes.asked = pairs.count
    ask(pairs.flatMap(items))
    for pair in pairs { compareValues(pair) }
    changes.conclusions.sort {
      [$0.text, $0.rule, $0.change.rawValue].lexicographicallyPrecedes([$1.text, $1.rule, $1.change.rawValue])
    }
    changes.strengths = strengths()
    compareFacts()
    changes.limits = changes.asked > 0 ? comparison.limits : []
  }

  private func group(_ text: ConclusionText) -> [ConclusionKey: [PlaceID]] {
    var found: [ConclusionKey: [PlaceID]] = [:]
    for index in text.program.graph.places.indices {
      found[text.key(PlaceID(index)), default: []].append(PlaceID(index))
    }
    return found
  }

  /// A conclusion with the places where the two versions make it.
  private struct Pair {
    var key: ConclusionKey
    var before: [PlaceID]
    var after: [PlaceID]
    /// Those that mean something else than all places of the other version.
    var changedBefore: [PlaceID] = []
    var changedAfter: [PlaceID] = []
  }

  // MARK: One conclusion

  /// Nil: in both versions it rests on the same.
  private mutating func changed(_ given: Pair) -> Pair? {
    var pair = given
    var meanings: (before: [PlaceID: Int], after: [PlaceID: Int]) = ([:], [:])
    for place in pair.before { meanings.before[place] = comparison.meaning(place, .before) }
    for place in pair.after { meanings.after[place] = comparison.meaning(place, .after) }
    let (old, new) = (Set(meanings.before.values), Set(meanings.after.values))
    guard old != new else { return nil }
    pair.changedBefore = pair.before.filter { meanings.before[$0].map { !new.contains($0) } ?? true }
    pair.changedAfter = pair.after.filter { meanings.after[$0].map { !old.contains($0) } ?? true }
    return pair
  }

  /// A way in which a conclusion may have changed for somebody.
  private struct Item {
    var change: ConclusionChange.Change
    var pair: Pair
    var question: VersionQuestion
  }

  private func items(_ pair: Pair) -> [Item] {
    let (old, new) = (shown(pair.before), shown(pair.after))
    let (oldCertain, newCertain) = (certain(pair.before), certain(pair.after))
    func item(_ change: ConclusionChange.Change, _ parts: [VersionQuestion]) -> Item {
      Item(change: change, pair: pair, question: .all(parts))
    }
    return [
      item(.gained, [.before(.not(old)), .after(new)]),
      item(.lost, [.before(old), .after(.not(new))]),
      item(.surer, [.before(.all([old, .not(oldCertain)])), .after(newCertain)]),
      item(.lessSure, [.before(oldCertain), .after(.all([new, .not(newCertain)]))]),
    ]
  }

  private func shown(_ places: [PlaceID]) -> Question { .any(places.map { .stands($0, .presuming) }) }

  private func certain(_ places: [PlaceID]) -> Question {
    .any(places.map { .all([.stands($0, .cautious), .stands($0, .presuming)]) })
  }

  /// Asks of one after the other whether it is true of somebody; a patient who is found shows as many as he can.
  ///
  /// A question about all of them at once would be one search through everything that any of them touches.
  private mutating func ask(_ items: [Item]) {
    var open = items[...]
    var known: [Item] = []
    // Of what turns on arithmetic in one way, the other ways do as well: the long search is made once.
    var searched: Set<ConclusionKey> = []
    while let item = open.popFirst() {
      let effort: VersionComparison.Effort = searched.contains(item.pair.key) ? .little : .full
      switch comparison.patient(item.question, isMinimal: false, effort: effort) {
      case .nobody: continue
      case .undecided(let reason):
        searched.insert(item.pair.key)
        if !isShown(item, besides: known) { reportUndecided(item.pair, reason) }
      case .patient(let witness):
        let candidates = [item] + open
        let shown = comparison.least(witness, showing: candidates.map(\.question))
        for (candidate, least) in zip(candidates, shown) {
          guard let least else { continue }
          report(candidate.change, candidate.pair, least)
          known.append(candidate)
        }
        open = zip(open, shown.dropFirst()).filter { $1 == nil }.map(\.0)[...]
      }
    }
  }

  /// Whether somebody of whom something else has changed shows it: among them it is found more easily.
  private mutating func isShown(_ item: Item, besides known: [Item]) -> Bool {
    let others = known.filter { $0.change == item.change }.suffix(6)
    for other in others {
      guard
        case .patient(let witness) = comparison.patient(
          .all([item.question, other.question]), isMinimal: false, effort: .little),
        let least = comparison.least(witness, showing: [item.question]).first.flatMap({ $0 })
      else { continue }
      report(item.change, item.pair, least)
      return true
    }
    return false
  }

  /// Where the conclusion stands in both: whether what is computed in it is the same.
  private mutating func compareValues(_ pair: Pair) {
    guard !changes.conclusions.contains(where: { $0.text == pair.key.text && [.gained, .lost].contains($0.change) })
    else {
      return
    }
    var computed: (before: Set<[String]>, after: Set<[String]>) = ([], [])
    for place in pair.changedBefore { computed.before.insert(fieldMeanings(place, before, .before)) }
    for place in pair.changedAfter { computed.after.insert(fieldMeanings(place, after, .after)) }
    guard computed.before != computed.after, !pair.before.isEmpty, !pair.after.isEmpty else {
      // The same fields; but of which row they are, is only asked of some row.
      if hasRows(pair), computed.before.contains(where: { !$0.isEmpty }) {
        reportUndecided(pair, "it is said of rows of the patient, and of which rows was not compared")
      }
      return
    }
    let question = VersionQuestion.all([.before(shown(pair.changedBefore)), .after(shown(pair.changedAfter))])
    guard case .patient(let witness) = comparison.patient(question) else { return }
    let outcomes = outcomes(pair.key, witness)
    if outcomes.before.map(Self.withoutRule) == outcomes.after.map(Self.withoutRule) {
      reportUndecided(pair, "what is computed in it is written otherwise, and whether it is ever another value is open")
    } else {
      report(.value, pair, witness)
    }
  }

  private static func withoutRule(_ line: String) -> String { String(line.prefix { $0 != "(" }) }

  private mutating func fieldMeanings(
    _ place: PlaceID, _ text: ConclusionText, _ version: Version
  ) -> [String] {
    var found: [String] = []
    for (name, value) in text.computedFields(place) { found.append("\(name) \(comparison.meaning(value, version))") }
    return found.sorted()
  }

  private func hasRows(_ pair: Pair) -> Bool {
    pair.changedBefore.contains { !before.program.graph[before.program.graph[$0].rule].relations.isEmpty }
      || pair.changedAfter.contains { !after.program.graph[after.program.graph[$0].rule].relations.isEmpty }
  }

  // MARK: Reporting

  private func outcomes(
    _ key: ConclusionKey, _ witness: VersionWitness
  ) -> (before: [String], after: [String]) {
    (
      before.outcome(witness.before, about: key, today: today), after.outcome(witness.after, about: key, today: today)
    )
  }

  private mutating func report(_ change: ConclusionChange.Change, _ pair: Pair, _ witness: VersionWitness) {
    let outcomes = outcomes(pair.key, witness)
    let owner = owner(pair, change)
    let facts = FactText(after.program.library.vocabulary).lines(witness.after)
    let former = FactText(before.program.library.vocabulary).lines(witness.onlyBefore)
    changes.conclusions.append(
      ConclusionChange(
        change: change, text: pair.key.text, kind: pair.key.kind, subject: pair.key.subject ?? "…",
        guideline: owner.guideline, rule: owner.rule, document: owner.document, span: owner.span,
        isNewKind: pair.before.isEmpty, patient: (facts + former).sorted(), before: outcomes.before,
        after: outcomes.after))
  }

  private mutating func reportUndecided(_ pair: Pair, _ reason: String) {
    let owner = owner(pair, .value)
    let item = UndecidedConclusion(
      text: pair.key.text, reason: reason, guideline: owner.guideline, document: owner.document, rule: owner.rule,
      span: owner.span)
    if !changes.undecided.contains(item) { changes.undecided.append(item) }
  }

  /// The rule to be named: one that changed, of the version that says it.
  private func owner(_ pair: Pair, _ change: ConclusionChange.Change) -> Owner {
    let isLost = change == .lost || change == .lessSure
    let now = pair.changedAfter.first ?? pair.after.first
    let once = pair.changedBefore.first ?? pair.before.first
    if let now, !isLost || once == nil {
      let rule = after.rule(now)
      return Owner(guideline: after.guideline(now), document: after.document(now), rule: rule.name, span: rule.nameSpan)
    }
    guard let once else { return Owner(guideline: "", document: "", rule: "", span: nil) }
    let (guideline, name) = (before.guideline(once), before.rule(once).name)
    return Owner(
      guideline: guideline, document: before.document(once), rule: name,
      span: rulesAfter["\(guideline)/\(name)"]?.nameSpan)
  }

  private struct Owner {
    var guideline: String
    var document: String
    var rule: String
    var span: Span?
  }

  // MARK: Strength, facts

  private func strengths() -> [StrengthChange] {
    let (old, new) = (grades(before), grades(after))
    return new.keys.sorted().compactMap { key in
      guard let now = new[key], let once = old[key], now.words != once.words else { return nil }
      return StrengthChange(
        guideline: now.guideline, document: now.document, rule: now.rule.name, text: now.text,
        before: once.words.joined(separator: " or "),
        after: now.words.joined(separator: " or "), span: now.rule.nameSpan)
    }
  }

  private struct Grades {
    var guideline: String
    var document: String
    var rule: Rule
    var text: String
    var words: [String]
  }

  /// Strength and certainty, by rule and conclusion.
  private func grades(_ text: ConclusionText) -> [String: Grades] {
    var found: [String: Grades] = [:]
    for index in text.program.graph.places.indices {
      let place = PlaceID(index)
      let trace = text.program.sourceMap.places[index]
      let (rule, guideline, key) = (text.rule(place), text.guideline(place), text.key(place).text)
      let words = [trace.strength ?? "no strength", trace.certainty.map { "\($0) certainty" }]
      let word = words.compactMap { $0 }.joined(separator: ", ")
      let name = "\(guideline)/\(rule.name): \(key)"
      var grades =
        found[name] ?? Grades(guideline: guideline, document: text.document(place), rule: rule, text: key, words: [])
      if !grades.words.contains(word) { grades.words = (grades.words + [word]).sorted() }
      found[name] = grades
    }
    return found
  }

  private mutating func compareFacts() {
    let (old, new) = (Self.factsRead(before.program), Self.factsRead(after.program))
    changes.newFacts = new.subtracting(old).sorted()
    changes.formerFacts = old.subtracting(new).sorted()
  }

  private static func factsRead(_ program: Program) -> Set<String> {
    let (map, vocabulary) = (program.sourceMap, program.library.vocabulary)
    var names = Set(map.scalarSlots.keys.map { vocabulary[$0].name })
    names.formUnion(map.setSlots.keys.map { vocabulary[$0].name })
    names.formUnion(map.seriesSlots.keys.map { vocabulary[$0].name })
    names.formUnion(map.collectionSlots.keys.map { vocabulary[$0].name })
    return names
  }
}
