internal import ClinicalValues
internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

/// Compares a library with an earlier version of it: what is written, then for whom the advice changes.
func compareLibraries(
  before: LintContext, after: LintContext, on workers: some Workers
) -> LibraryChanges {
  var changes = LibraryChanges()
  changes.documents = DocumentComparison(before: before.syntax, after: after.syntax).changes()
  let pairs = companyPairs(before, after)
  changes.companies = workers.map(pairs.count) { index in compare(pairs[index], today: after.today) }
  changes.companies = withoutRepetitions(changes.companies)
  demandVersions(&changes, before, after)
  return changes
}

/// A choice of guidelines in both versions.
private struct CompanyPair: Sendable {
  var name: String
  var before: Company
  var after: Company
}

/// What is in force today, then each guideline alone that both versions have.
private func companyPairs(_ before: LintContext, _ after: LintContext) -> [CompanyPair] {
  var pairs: [CompanyPair] = []
  if let old = before.companyToday, let new = after.companyToday {
    pairs.append(CompanyPair(name: "in force on \(after.today.iso)", before: old, after: new))
  }
  let alone = Dictionary(before.companies.filter(\.isAlone).map { ($0.name, $0) }) { first, _ in first }
  for company in after.companies where company.isAlone {
    if let old = alone[company.name] { pairs.append(CompanyPair(name: company.name, before: old, after: company)) }
  }
  return pairs
}

extension Company {
  fileprivate var isAlone: Bool { name.hasSuffix(" alone") }
}

extension LintContext {
  fileprivate var companyToday: Company? {
    var scratch = Diagnostics()
    let selected = select(.inForce(on: today), from: syntax, into: &scratch)
    return companies.first { $0.selected == selected }
  }
}

private func compare(_ pair: CompanyPair, today: Day) -> CompanyChanges {
  let isWhole = pair.before.leftOut.isEmpty && pair.after.leftOut.isEmpty
  guard let old = pair.before.program, let new = pair.after.program, isWhole else {
    var changes = CompanyChanges(name: pair.name)
    changes.problem = "a part of it is broken in one of the two versions, so nothing can be said of all patients"
    return changes
  }
  return CompanyComparison(pair.name, before: old, after: new, today: today).changesFound()
}

/// What is said of the guidelines in force is not said again of one of them alone.
private func withoutRepetitions(_ companies: [CompanyChanges]) -> [CompanyChanges] {
  var seen: Set<[String]> = []
  var open: Set<UndecidedConclusion> = []
  var strengths: Set<StrengthChange> = []
  return companies.map { company in
    var company = company
    company.conclusions = company.conclusions.filter { item in
      seen.insert([item.change.rawValue, item.text, item.document, item.rule]).inserted
    }
    company.undecided = company.undecided.filter { open.insert($0).inserted }
    company.strengths = company.strengths.filter { strengths.insert($0).inserted }
    return company
  }
}

// MARK: Versions

/// Says of each changed document what its next version has to be.
private func demandVersions(_ changes: inout LibraryChanges, _ before: LintContext, _ after: LintContext) {
  let shared = changes.documents.filter { $0.presence == .both && $0.isSemantic && $0.kind != .guideline }.map(\.name)
  let own = Set(changes.documents.filter { $0.kind == .guideline && $0.isSemantic }.map(\.name))
  for (index, document) in changes.documents.enumerated() where document.presence == .both {
    guard !document.parts.isEmpty, let old = document.versionBefore, let new = document.versionAfter else { continue }
    // What a guideline says otherwise is its own doing if it changed, and else that of what it uses.
    func isDoneHere(_ guideline: String) -> Bool {
      document.kind == .guideline
        ? guideline == document.name : shared.contains(document.name) && !own.contains(guideline)
    }
    let demand = step(changes, document, isDoneHere)
    changes.documents[index].demanded = DemandedVersion(demand.step, after: old, is: new, isForDoubt: demand.isForDoubt)
  }
}

private func step(
  _ changes: LibraryChanges, _ document: DocumentChange, _ isDoneHere: (String) -> Bool
) -> (step: VersionStep, isForDoubt: Bool) {
  guard document.isSemantic else { return (.patch, false) }
  let conclusions = changes.changedConclusions.filter { isDoneHere($0.document) }
  let strengths = changes.companies.flatMap(\.strengths).filter { isDoneHere($0.document) }
  let isMajor = conclusions.contains { !($0.isNewKind && $0.change == .gained) } || !strengths.isEmpty
  if isMajor { return (.major, false) }
  let isOpen = changes.companies.contains { company in
    company.problem != nil || company.undecided.contains { isDoneHere($0.document) }
  }
  if isOpen { return (.major, true) }
  // New names in a vocabulary are an addition, whether or not a rule reads them.
  let hasNames = document.kind == .vocabulary && document.parts.contains { !$0.isEditorial }
  return (conclusions.isEmpty && !hasNames ? .patch : .minor, false)
}
