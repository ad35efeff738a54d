internal import ClinicalValues
internal import GuidelineKit

/// Why a rule holds or not, for people: the answer first, then what stands in the way, then what would change it.
struct TextExplanation {
  let explanation: RuleExplanation
  let page: Page

  init(_ explanation: RuleExplanation, page: Page) {
    self.explanation = explanation
    self.page = page
  }

  func render() -> String {
    var lines: [String] = []
    for (index, instance) in explanation.instances.enumerated() {
      lines += (index == 0 ? [] : [""]) + describe(instance)
    }
    if explanation.omitted > 0 {
      lines += ["", "\(explanation.omitted) more forms of the rule are further from holding."]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func describe(_ instance: InstanceExplanation) -> [String] {
    let title = instance.title.map { " – \($0)" } ?? ""
    let head = page.paragraph("\(instance.guideline)/\(instance.rule)\(title)", role: .heading)
    var lines = page.append("\(instance.path):\(instance.line)", to: head, indent: 2)
    lines += page.paragraph(verdict(instance), indent: 2, role: instance.holds ? .good : .caution)
    lines += section("concludes", instance.conclusions.map { "\(Words.headline($0)) (\($0.status.rawValue))" })
    lines += against(instance.overriddenBy)
    lines += obstacles(instance)
    lines += section("not known", instance.unknown.map { need in need.ask.map { "\($0) (\(need.fact))" } ?? need.fact })
    lines += section("it would hold if", instance.flips.map(change))
    if !instance.because.isEmpty {
      lines += ["  the conditions as they stand:"] + reasonTree(instance.because, indent: 4, page: page)
    }
    return lines
  }

  private func verdict(_ instance: InstanceExplanation) -> String {
    if instance.holds { return "holds on \(explanation.today.iso)" }
    switch (instance.scope, instance.truth) {
    case (.no, _): return "does not hold: the patient is outside the scope of \(instance.guideline)"
    case (_, .no): return "does not hold"
    case (_, .unknown): return "not known whether it holds"
    case (_, .yes):
      let isOverridden = instance.overriddenBy.contains(where: \.isCertain)
      return "its conditions hold, but "
        + (isOverridden ? "another rule overrides it" : "an exception speaks against it")
    }
  }

  private func section(_ title: String, _ items: [String]) -> [String] {
    guard !items.isEmpty else { return [] }
    return ["  \(title):"] + items.flatMap { page.paragraph($0, indent: 4, mark: "• ") }
  }

  private func against(_ rules: [OverridingRule]) -> [String] {
    guard !rules.isEmpty else { return [] }
    return ["  overridden by:"]
      + rules.flatMap { rule in
        let because = rule.because.map { ": \($0)" } ?? ""
        let words = "\(rule.guideline)/\(rule.rule)\(rule.isCertain ? "" : " (perhaps)")\(because)"
        return page.append("\(rule.path):\(rule.line)", to: page.paragraph(words, indent: 4, mark: "• "), indent: 6)
      }
  }

  private func obstacles(_ instance: InstanceExplanation) -> [String] {
    guard !instance.obstacles.isEmpty else { return [] }
    return ["  in the way:"]
      + instance.obstacles.flatMap { item in
        let found = item.shortfall.map(distance) ?? item.facts.map { "\($0.fact): \($0.value)" }.joined(separator: "; ")
        let wanted = item.wanted ? "" : " (must not hold)"
        let words = "\(item.text)\(wanted)" + (found.isEmpty ? "" : " ← \(found)")
        let lines = page.paragraph(words, indent: 4, mark: Words.sign(item.truth) + " ")
        return page.append("\(item.path):\(item.line)", to: lines, indent: 6)
      }
  }

  private func distance(_ shortfall: Shortfall) -> String {
    "\(shortfall.value), limit \(shortfall.limit), apart by \(shortfall.difference)"
  }

  private func change(_ flip: Flip) -> String {
    let changes = flip.changes.map { "\($0.fact) were \($0.to) (now \($0.from))" }.joined(separator: ", and ")
    return changes + (flip.status == .provisional ? "; then provisionally" : "")
  }
}

/// Conditions as they stand, those they are made of below them.
func reasonTree(_ reasons: [Reason], indent: Int, page: Page) -> [String] {
  reasons.flatMap { reason in
    let facts = reason.facts.map { "\($0.fact): \($0.value)" }.joined(separator: "; ")
    let words = [reason.text, facts.isEmpty ? "" : "← " + facts].filter { !$0.isEmpty }.joined(separator: " ")
    let lines = page.paragraph(words, indent: indent, mark: Words.sign(reason.truth) + " ")
    return page.append("\(reason.file):\(reason.line)", to: lines, indent: indent + 2)
      + reasonTree(reason.parts, indent: min(indent + 2, page.width / 2), page: page)
  }
}
