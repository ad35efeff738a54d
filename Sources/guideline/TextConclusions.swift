internal import ClinicalValues
internal import GuidelineKit

/// A source of the report, known by its guideline and its id.
struct CitedSource: Equatable {
  let guideline: String
  let source: String
  let title: String?
}

extension TextReport {
  static func cited(in report: Report) -> [CitedSource] {
    var found: [CitedSource] = []
    for source in report.conclusions.flatMap(\.sources) {
      let cited = CitedSource(guideline: source.guideline, source: source.source, title: source.title)
      if !found.contains(cited) { found.append(cited) }
    }
    return found
  }

  func sourceList() -> [String] {
    sources.enumerated().flatMap { index, source in
      let name = "\(source.guideline)/\(source.source)"
      return page.paragraph(source.title.map { "\($0) (\(name))" } ?? name, indent: 2, mark: "[\(index + 1)] ")
    }
  }

  /// Conclusions that are said in one breath: of one rule, alike in all but their subjects (and, unless reasons are to be
  /// shown, in what they cite and why).
  private struct Entry {
    var common: ReportedConclusion
    var subjects: [String] = []
    var sources: [ReportedSource] = []
  }

  func entries(_ conclusions: [ReportedConclusion], naming: Bool) -> [String] {
    var entries: [Entry] = []
    var placesOfRule: [String: [Int]] = [:]
    for conclusion in conclusions.sorted(by: Self.readsBefore) {
      let common = common(conclusion)
      let known = placesOfRule[common.rule]?.first { entries[$0].common == common }
      let place = known ?? entries.count
      if known == nil {
        entries.append(Entry(common: common))
        placesOfRule[common.rule, default: []].append(place)
      }
      entries[place].subjects.append(conclusion.subject.label)
      for source in conclusion.sources { Self.add(source, to: &entries[place].sources) }
    }
    return entries.flatMap { lines($0, naming: naming) }
  }

  private func common(_ conclusion: ReportedConclusion) -> ReportedConclusion {
    var common = conclusion
    common.subject = .text("")
    if !explains {
      common.because = []
      common.sources = []
    }
    return common
  }

  private static func add(_ source: ReportedSource, to sources: inout [ReportedSource]) {
    guard let index = sources.firstIndex(where: { $0.guideline == source.guideline && $0.source == source.source })
    else { return sources.append(source) }
    sources[index].statements += source.statements.filter { !sources[index].statements.contains($0) }
  }

  /// The surest first, then by setting and rank; otherwise as in the report.
  private static func readsBefore(_ left: ReportedConclusion, _ right: ReportedConclusion) -> Bool {
    let leftKey = (left.kind, left.status, Words.field("line", left), rank(left))
    let rightKey = (right.kind, right.status, Words.field("line", right), rank(right))
    return leftKey < rightKey
  }

  private static func rank(_ conclusion: ReportedConclusion) -> Rational {
    if case .number(let rank)? = conclusion.fields.first(where: { $0.name == "rank" })?.value { return rank }
    return Rational(Int64.max)
  }

  private func lines(_ entry: Entry, naming: Bool) -> [String] {
    let item = entry.common
    var lines = headlines(entry, naming: naming)
    let isBrief = !explains && item.status == .possible
    for words in [isBrief ? "" : grade(item), standing(item), against(item)] where !words.isEmpty {
      lines += page.paragraph(words, indent: 4)
    }
    lines += page.paragraph(origin(entry), indent: 4, role: .aside)
    if explains { lines += reasonTree(item.because, indent: 6, page: page) }
    return lines
  }

  /// Short subjects share a line, sentences do not.
  private func headlines(_ entry: Entry, naming: Bool) -> [String] {
    let verb = naming ? Words.plain(entry.common.kind) + " " : ""
    let fields = Words.fields(entry.common)
    let rest = fields.isEmpty ? "" : " – " + fields
    let areShort = entry.subjects.allSatisfy { $0.count <= 40 }
    let subjects = areShort ? [entry.subjects.joined(separator: ", ")] : entry.subjects
    return subjects.flatMap { page.paragraph(verb + $0 + rest, indent: 2, mark: "• ") }
  }

  private func grade(_ item: ReportedConclusion) -> String {
    let strength = item.strength.map { "\(Words.plain($0)) recommendation" }
    let certainty = item.certainty.map { "\(Words.plain($0)) certainty of evidence" }
    let isSaid = item.gradedAs?.lowercased() == item.strength
    let own = isSaid ? nil : item.gradedAs.map { "graded \($0)" }
    return [strength, certainty, own].compactMap(\.self).joined(separator: ", ")
  }

  private func standing(_ item: ReportedConclusion) -> String {
    let facts = item.settledBy.joined(separator: ", ")
    let missing = item.undecidedFields.isEmpty ? "" : "not known yet: \(item.undecidedFields.joined(separator: ", "))"
    let doubt =
      switch item.status {
      case .certain, .overridden: ""
      case .provisional: facts.isEmpty ? "provisional" : "provisional until known: \(facts)"
      case .possible: facts.isEmpty ? "" : "depends on: \(facts)"
      }
    return [doubt, missing].filter { !$0.isEmpty }.joined(separator: "; ")
  }

  private func against(_ item: ReportedConclusion) -> String {
    if item.status == .overridden, item.overriddenBy.isEmpty { return "by an exception in the rule itself" }
    return item.overriddenBy.map { rule in
      let because = rule.because.map { " (\($0))" } ?? ""
      return "\(rule.isCertain ? "overridden by" : "may be overridden by") \(rule.guideline)/\(rule.rule)\(because)"
    }.joined(separator: "; ")
  }

  /// The rule, and what it cites.
  private func origin(_ entry: Entry) -> String {
    let cited = entry.sources.map { source in
      let key = CitedSource(guideline: source.guideline, source: source.source, title: source.title)
      let number = sources.firstIndex(of: key).map { "[\($0 + 1)]" } ?? source.source
      return ([number] + source.statements).joined(separator: " ")
    }
    let rule = "\(entry.common.guideline)/\(entry.common.rule)"
    let title = entry.common.title.map { "\($0) (\(rule))" } ?? rule
    return ([title] + cited).joined(separator: " · ")
  }
}
