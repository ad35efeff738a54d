package import SourceText

/// Everything that can be wrong with the meaning of content: the id by which it is known for ever, and its name.
package enum ModelFault: String, CaseIterable, Sendable {
  case unknownFact = "GL0301 unknown-fact"
  case unknownCitation = "GL0302 unknown-citation"
  case unknownRule = "GL0303 unknown-rule"
  case duplicateId = "GL0304 duplicate-id"
  case usesCycle = "GL0308 import-cycle"
  case unknownTerm = "GL0310 unknown-term"
  case unknownField = "GL0311 unknown-field"
  case unknownCollection = "GL0312 unknown-collection"
  case unknownGroup = "GL0313 unknown-group"
  case unknownKind = "GL0314 unknown-kind"
  case unknownDocument = "GL0315 unknown-document"
  case nameNotVisible = "GL0316 name-not-visible"
  case nameTaken = "GL0317 name-taken"
  case classCycle = "GL0318 class-cycle"
  case unknownCase = "GL0319 unknown-case"
  case unknownStatement = "GL0320 unknown-statement"
  case unknownColumn = "GL0321 unknown-column"
  case missingColumn = "GL0322 missing-column"
  case unknownFile = "GL0323 unknown-file"
  case ambiguousName = "GL0324 ambiguous-name"
  case missingField = "GL0331 missing-field"
  case tooManyRules = "GL0332 too-many-rules"
  case tooManyVariables = "GL0333 too-many-variables"
  case unknownGrade = "GL0334 unknown-grade"
  case caseCycle = "GL0335 case-cycle"
  case typeMismatch = "GL0401 type-mismatch"
  case unitMismatch = "GL0402 unit-dimension-mismatch"
  case missingUnit = "GL0403 missing-unit"
  case unitNotUCUM = "GL0404 unit-not-ucum"
  case percentOrFraction = "GL0406 percent-or-fraction"
  case rangeReversed = "GL0408 range-reversed"
  case calendarArithmetic = "GL0413 calendar-arithmetic"
  case misplacedToday = "GL0414 misplaced-today"
  case numberTooLarge = "GL0415 number-too-large"
  case fractionOfWhole = "GL0416 fraction-of-whole"
  case unorderedComparison = "GL0417 unordered-comparison"
  case shapeMismatch = "GL0418 shape-mismatch"
  case knownnessOfDerivedRow = "GL0419 knownness-of-derived-row"
  case openConclusion = "GL0420 open-conclusion"
  case misplacedWord = "GL0421 misplaced-word"
  case impossibleDate = "GL0704 impossible-date"
  case editionsOverlap = "GL0706 effective-window-overlap"
  case unknownEdition = "GL0709 unknown-edition"
  case periodReversed = "GL0710 period-reversed"
  case notInForce = "GL0711 not-in-force"
  case draftLeftOut = "GL0712 draft-left-out"
  case conflictingPins = "GL0713 conflicting-pins"
  case definitionCycle = "GL0809 cycle"

  package var code: DiagnosticCode { code(.error) }

  /// The codes of the room, for the catalogue.
  package static var codes: [DiagnosticCode] { allCases.map(\.code) }

  fileprivate func code(_ severity: Severity) -> DiagnosticCode {
    let parts = rawValue.split(separator: " ").map(String.init)
    return DiagnosticCode(parts[0], parts[1], self == .draftLeftOut ? .info : severity)
  }
}

extension Diagnostics {
  /// Reports a fault with what to do, and with the other places that belong to it.
  mutating func report(
    _ fault: ModelFault, _ message: String, at span: Span, help: String, also: [(Span, String)] = []
  ) {
    report(
      fault.code, message, at: span, related: also.map { RelatedPlace($0.0, $0.1) },
      help: [help])
  }

  /// Takes over what is not there yet.
  mutating func add(contentsOfDistinct other: Diagnostics) {
    var seen = Set(items)
    for item in other.items where seen.insert(item).inserted { report(item) }
  }
}

extension Span {
  /// No place in any file.
  static let nowhere = Span(file: FileID(Int(UInt32.max)), start: 0, end: 0)
}

/// "did you mean `x`?", or else what there is: "the records are `a` and `b`".
func meantOrKnown(_ name: String, _ names: some Sequence<String>, _ what: String) -> String {
  if let meant = didYouMean(name, Array(names)) { return meant }
  let shown = Set(names).sorted()
  guard shown.count <= 8 else {
    return "\(what) are \(list(shown.prefix(7).map { "`\($0)`" } + ["\(shown.count - 7) others"]))"
  }
  if let only = shown.first, shown.count == 1 { return "there is only `\(only)`" }
  return shown.isEmpty ? "there are none; declare it first" : "\(what) are \(list(shown.map { "`\($0)`" }))"
}

/// "did you mean `x`?", or nil when nothing is near.
func didYouMean(_ name: String, _ names: [String], shown: (String) -> String = { $0 }) -> String? {
  let near = NearestNames.suggestions(for: name, among: names, limit: 2)
  return near.isEmpty ? nil : "did you mean " + near.map { "`\(shown($0))`" }.joined(separator: " or ") + "?"
}
