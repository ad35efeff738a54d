/// How bad a finding is.
public enum Severity: String, Sendable, Hashable, Comparable, CaseIterable {
  case info
  case warning
  case error

  public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .info: 0
    case .warning: 1
    case .error: 2
    }
  }
}

/// What a finding is about: a number that never changes, and a name that reads as a sentence behind "allow".
public struct DiagnosticCode: Hashable, Sendable {
  /// `GL0301`.
  public let id: String
  /// `unknown-fact`.
  public let name: String
  public let severity: Severity

  public init(_ id: String, _ name: String, _ severity: Severity = .error) {
    self.id = id
    self.name = name
    self.severity = severity
  }
}

/// One finding, as a value: every door shows the same words in its own frame.
public struct Diagnostic: Hashable, Sendable {
  public var code: DiagnosticCode
  /// One sentence, lower case, no full stop; what the author wrote stands in backticks.
  public var message: String
  /// The primary place; nil: the finding is about no file.
  public var span: Span?
  /// What to say at the primary place.
  public var label: String?
  public var related: [RelatedPlace]
  /// Facts that explain it.
  public var notes: [String]
  /// What to do.
  public var help: [String]
  public var fixes: [Fix]
  /// A patient who shows it, confirmed by the engine.
  public var example: ExamplePatient?
  /// Words of the vocabulary that it is about, such as a drug: several findings of one place may differ in them.
  public var subjects: [String] = []

  public init(
    _ code: DiagnosticCode, _ message: String, at span: Span?, label: String? = nil, related: [RelatedPlace] = [],
    notes: [String] = [], help: [String] = [], fixes: [Fix] = [], example: ExamplePatient? = nil
  ) {
    self.code = code
    self.message = message
    self.span = span
    self.label = label
    self.related = related
    self.notes = notes
    self.help = help
    self.fixes = fixes
    self.example = example
  }
}

/// A patient whom the engine was asked about before anybody was told.
public struct ExamplePatient: Hashable, Sendable {
  /// The facts that matter, as lines of YAML in the shape of `given:`; every other fact is free.
  public var facts: [String]
  /// What the engine answered for it, a line each.
  public var outcome: [String]
  /// A whole `tests:` document with this patient, that fails until the finding is mended.
  public var test: String?
  /// The test passes as it is: what is missing is the test itself.
  public var isTestMissing = false

  public init(facts: [String], outcome: [String], test: String? = nil) {
    self.facts = facts
    self.outcome = outcome
    self.test = test
  }
}

/// Another place that belongs to a finding.
public struct RelatedPlace: Hashable, Sendable {
  public var span: Span
  public var label: String

  public init(_ span: Span, _ label: String) {
    self.span = span
    self.label = label
  }
}

/// A change that mends a finding.
public struct Fix: Hashable, Sendable {
  /// Whether results stay as they are.
  public enum Safety: String, Hashable, Sendable {
    /// Proved to change no patient's result, or layout only.
    case safe
    /// May change results: for a person to decide.
    case edit
  }

  public var title: String
  public var edits: [TextEdit]
  public var safety: Safety

  public init(title: String, edits: [TextEdit], safety: Safety) {
    self.title = title
    self.edits = edits
    self.safety = safety
  }
}

/// What to put in place of a piece of a file.
public struct TextEdit: Hashable, Sendable {
  public var span: Span
  public var replacement: String

  public init(span: Span, replacement: String) {
    self.span = span
    self.replacement = replacement
  }
}

/// Findings, as the stages report them.
public struct Diagnostics: Sendable {
  public private(set) var items: [Diagnostic] = []

  public init() {}

  public mutating func report(_ diagnostic: Diagnostic) { items.append(diagnostic) }

  public mutating func report(
    _ code: DiagnosticCode, _ message: String, at span: Span?, label: String? = nil, related: [RelatedPlace] = [],
    notes: [String] = [], help: [String] = [], fixes: [Fix] = []
  ) {
    items.append(
      Diagnostic(
        code, message, at: span, label: label, related: related, notes: notes, help: help, fixes: fixes))
  }

  public mutating func append(_ other: Diagnostics) { items += other.items }

  public var isEmpty: Bool { items.isEmpty }

  public var hasErrors: Bool { items.contains { $0.code.severity == .error } }

  /// By file path, place and id, each once.
  public func sorted(in files: SourceFiles) -> [Diagnostic] {
    var seen: Set<Diagnostic> = []
    let once = items.filter { seen.insert($0).inserted }
    var paths: [FileID: String] = [:]
    for case let file? in once.lazy.map(\.span?.file) where paths[file] == nil { paths[file] = files[file].path }
    let names = Set(paths.values).union([""]).sorted()
    let ranks = [String: Int](uniqueKeysWithValues: zip(names, names.indices))
    let rankOfFile = paths.mapValues { ranks[$0] ?? 0 }
    let places = once.indices.map { index in
      (
        file: once[index].span.flatMap { rankOfFile[$0.file] } ?? 0, start: once[index].span?.start ?? 0,
        end: once[index].span?.end ?? 0
      )
    }
    return once.indices.sorted { left, right in
      guard places[left] == places[right] else { return places[left] < places[right] }
      let leftWords = (once[left].code.id, once[left].message)
      let rightWords = (once[right].code.id, once[right].message)
      return leftWords == rightWords ? left < right : leftWords < rightWords
    }.map { once[$0] }
  }
}
