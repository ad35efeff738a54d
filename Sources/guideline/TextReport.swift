internal import ClinicalValues
internal import GuidelineKit

/// A report as a clinician reads it: what to act on first, the small print last.
struct TextReport {
  let report: Report
  /// Whether to show the conditions behind every conclusion.
  let explains: Bool
  let page: Page
  /// The sources cited, in the order in which they first appear; their places are the numbers in the text.
  let sources: [CitedSource]

  init(_ report: Report, explains: Bool, page: Page) {
    self.report = report
    self.explains = explains
    self.page = page
    sources = Self.cited(in: report)
  }

  func render() -> String {
    var lines = header()
    lines += section("Contradictions: a person must decide", conflicts(), .alarm)
    lines += section("Invariants that do not hold", violations(), .alarm)
    lines += section("Due", due(), .alarm)
    for group in Self.headings { lines += section(group.title, conclusions(of: group.kinds), group.role) }
    for kind in otherKinds { lines += section(Words.plain(kind).capitalizedFirst, conclusions(of: [kind]), nil) }
    lines += section("Ask next", questions(), nil)
    lines += section("Possible: it depends on what is not known", standing(.possible), nil)
    lines += section("Overridden by a narrower rule", standing(.overridden), nil)
    lines += section("Background", conclusions(of: ["evidence"]), nil)
    lines += section("Not decided: it is not known whether these guidelines apply", undecided(), nil)
    lines += section("Out of scope", outOfScope(), nil)
    lines += section("Sources", sourceList(), nil)
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: The order of kinds

  private struct Heading {
    let title: String
    let kinds: [String]
    var role: Page.Role?
  }

  /// Other kinds of conclusions follow under their own name.
  private static let headings = [
    Heading(title: "Do now", kinds: ["stop", "switch", "refer"], role: .alarm),
    Heading(title: "Warnings", kinds: ["warn"], role: .caution),
    Heading(title: "Recommended", kinds: ["recommend"], role: .good),
    Heading(title: "Advised against", kinds: ["against"], role: .caution),
    Heading(title: "Tests", kinds: ["test"]),
    Heading(title: "Doses", kinds: ["dose"]),
    Heading(title: "Monitoring", kinds: ["monitor"]),
    Heading(title: "Tell the patient about", kinds: ["inform"]),
    Heading(title: "Notes", kinds: ["note"]),
  ]

  private var otherKinds: [String] {
    let known = Set(Self.headings.flatMap(\.kinds)).union(["evidence"])
    return Set(report.conclusions.filter { $0.status <= .provisional }.map(\.kind)).subtracting(known).sorted()
  }

  // MARK: Parts

  private func section(_ title: String, _ body: [String], _ role: Page.Role?) -> [String] {
    body.isEmpty ? [] : ["", page.paint(title, role ?? .heading)] + body
  }

  private func header() -> [String] {
    var lines = [page.paint("Advice for \(report.today.iso)", .title)]
    for guideline in report.guidelines {
      let edition = guideline.edition.map { " (\($0))" } ?? ""
      let overdue = guideline.reviewBy.map { $0 < report.today ? "; its review was due on \($0.iso)" : "" } ?? ""
      lines += page.paragraph(
        "\(guideline.title)\(edition), version \(guideline.version)\(overdue)", indent: 2, mark: "– ")
    }
    if report.conclusions.isEmpty { lines += page.paragraph("Nothing follows from what is known.") }
    if let day = report.validUntil {
      lines += page.paragraph("Without new facts this answer holds until \(day.iso), when it changes.")
    }
    return lines
  }

  private func conclusions(of kinds: [String]) -> [String] {
    let standing = report.conclusions.filter { kinds.contains($0.kind) && $0.status <= .provisional }
    return entries(standing, naming: kinds.count > 1)
  }

  private func standing(_ status: Status) -> [String] {
    entries(report.conclusions.filter { $0.status == status }, naming: true)
  }

  private func conflicts() -> [String] {
    report.conflicts.flatMap { conflict -> [String] in
      switch conflict {
      case .conclusions(let indices, let status):
        let sides = indices.filter(report.conclusions.indices.contains).map { index in
          let item = report.conclusions[index]
          return "\(Words.headline(item)) (\(item.guideline)/\(item.rule))"
        }
        let doubt = status == .provisional ? " (provisionally)" : ""
        return page.paragraph(sides.joined(separator: "  ↔  ") + doubt, indent: 2, mark: "• ")
      case .rows(let guideline, let table, let rows):
        return page.paragraph(
          "only one row of the table \(guideline)/\(table) may hold, but several do: \(rows.joined(separator: ", "))",
          indent: 2, mark: "• ")
      case .data(let facts, let reason):
        let words = facts.joined(separator: ", ") + ": " + Words.plain(reason)
        return page.paragraph("in the facts: " + words, indent: 2, mark: "• ")
      }
    }
  }

  private func violations() -> [String] {
    report.violations.flatMap { violation in
      let because = violation.because.map { ": \($0)" } ?? ""
      return page.paragraph("\(violation.guideline)/\(violation.invariant)\(because)", indent: 2, mark: "• ")
    }
  }

  private func due() -> [String] {
    report.due.filter { report.conclusions.indices.contains($0.conclusion) }.flatMap { item in
      var conclusion = report.conclusions[item.conclusion]
      conclusion.fields.removeAll { $0.name == "due" }
      let headline = Words.headline(conclusion)
      let state = item.isOverdue ? "overdue since \(item.on.iso)" : "due today"
      return page.paragraph("\(headline): \(state)", indent: 2, mark: "• ")
    }
  }

  /// The questions that settle most; the rest by name, unless everything is to be shown.
  private func questions() -> [String] {
    let shown = explains ? report.needs[...] : report.needs.prefix(12)
    var lines = shown.enumerated().flatMap { index, need in
      let hangs = "\(need.count) \(need.count == 1 ? "answer hangs" : "answers hang") on it"
      let words = need.ask.map { "\($0) (\(need.fact); \(hangs))" } ?? "\(need.fact) (\(hangs))"
      return page.paragraph(words, indent: 2, mark: "\(index + 1). ")
    }
    let rest = report.needs.dropFirst(shown.count).map(\.fact)
    if !rest.isEmpty { lines += page.paragraph("then: " + rest.joined(separator: ", "), indent: 2) }
    return lines
  }

  private func undecided() -> [String] {
    report.undecided.flatMap { item in
      let facts = item.facts.isEmpty ? "" : ": " + item.facts.joined(separator: ", ")
      let count = item.possible == 0 ? "" : " (\(item.possible) possible conclusions)"
      return page.paragraph(item.guideline + facts + count, indent: 2, mark: "• ")
    }
  }

  private func outOfScope() -> [String] {
    report.outOfScope.flatMap { item in
      let reasons = item.because.map(\.text).joined(separator: "; ")
      let words = reasons.isEmpty ? item.guideline : "\(item.guideline): it does not hold that \(reasons)"
      return page.paragraph(words, indent: 2, mark: "• ")
        + (explains ? reasonTree(item.because, indent: 4, page: page) : [])
    }
  }
}
