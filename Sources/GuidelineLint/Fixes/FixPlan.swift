internal import GuidelineSyntax
internal import LocatedYAML
package import SourceText

/// Which fixes are carried out.
package enum FixLevel: Sendable {
  /// Only those that change no patient's result.
  case safe
  /// Those that may change results too.
  case suggested
}

/// A fix that is carried out, or was.
package struct AppliedFix: Sendable, Hashable {
  package var code: DiagnosticCode
  package var title: String
  package var safety: Fix.Safety
  package var path: String
  /// Line and column at which the finding stood when it was mended.
  package var position: Position
}

/// The fixes of one round: none of them touches what another one changes.
struct FixPlan {
  private(set) var fixes: [Chosen] = []

  struct Chosen {
    var applied: AppliedFix
    var key: Key
    var edits: [TextEdit]
  }

  /// A finding as it is known from one round to the next.
  struct Key: Hashable {
    var path: String
    var id: String
    var message: String
    var title: String
  }

  /// Of two that touch each other the first by place is taken; the other has its turn in the next round.
  init(_ report: LintReport, _ level: FixLevel, mayChange: (FileID) -> Bool, without refused: Set<Key>) {
    let readable = ReadableFiles(report.files)
    var taken: [FileID: [TextEdit]] = [:]
    for chosen in Self.candidates(report, level) where !refused.contains(chosen.key) {
      let isOpen = chosen.edits.allSatisfy { edit in
        mayChange(edit.span.file) && !(taken[edit.span.file] ?? []).contains { $0.touches(edit) }
      }
      guard isOpen, chosen.edits.allSatisfy({ readable.isReadable($0.span.file) }) else { continue }
      guard
        chosen.edits.allSatisfy({ edit in
          !readable.touchesComment(edit.span) || chosen.isAboutComments
        })
      else { continue }
      for edit in chosen.edits { taken[edit.span.file, default: []].append(edit) }
      fixes.append(chosen)
    }
  }

  /// By place, and at one place by the id of the check.
  private static func candidates(_ report: LintReport, _ level: FixLevel) -> [Chosen] {
    let found = report.findings.filter { $0.state == .open }.compactMap { finding -> Chosen? in
      let item = finding.diagnostic
      guard let fix = choice(of: item.fixes, level), let span = item.span ?? fix.edits.first?.span else { return nil }
      let file = report.files[span.file]
      let applied = AppliedFix(
        code: item.code, title: fix.title, safety: fix.safety, path: file.path,
        position: file.position(at: span.start))
      let key = Key(path: file.path, id: item.code.id, message: item.message, title: fix.title)
      return Chosen(applied: applied, key: key, edits: fix.edits.sorted { $0.span < $1.span })
    }
    func place(_ chosen: Chosen) -> (String, UInt32, UInt32, String, String) {
      guard let first = chosen.edits.first?.span else { return (chosen.key.path, 0, 0, chosen.key.id, "") }
      return (report.files[first.file].path, first.start, first.end, chosen.key.id, chosen.key.message)
    }
    return found.filter { !$0.edits.isEmpty && !$0.overlapsItself }.sorted { place($0) < place($1) }
  }

  /// The safe one; of those that may change results the only one: between several a person decides.
  private static func choice(of fixes: [Fix], _ level: FixLevel) -> Fix? {
    if let safe = fixes.first(where: { $0.safety == .safe }) { return safe }
    return level == .suggested && fixes.count == 1 ? fixes.first : nil
  }

  /// Takes the fixes of some files back.
  mutating func drop(_ paths: Set<String>) -> Set<Key> {
    let dropped = fixes.filter { paths.contains($0.key.path) }
    fixes.removeAll { paths.contains($0.key.path) }
    return Set(dropped.map(\.key))
  }

  /// What the files are afterwards; those that nothing changes are left out.
  func outcome(in files: SourceFiles) -> [FileID: [UInt8]] {
    var edits: [FileID: [TextEdit]] = [:]
    for edit in fixes.flatMap(\.edits) { edits[edit.span.file, default: []].append(edit) }
    var outcome: [FileID: [UInt8]] = [:]
    for (file, edits) in edits {
      let bytes = files[file].bytes
      let mended = applied(edits, to: bytes)
      if mended != bytes { outcome[file] = mended }
    }
    return outcome
  }
}

extension FixPlan.Chosen {
  /// A finding about a comment may change it; no other fix may.
  var isAboutComments: Bool { applied.code.id.hasPrefix("GL00") }

  fileprivate var overlapsItself: Bool { zip(edits, edits.dropFirst()).contains { $0.touches($1) } }
}

/// The bytes with other pieces put in; the edits do not touch each other.
func applied(_ edits: [TextEdit], to bytes: [UInt8]) -> [UInt8] {
  var result: [UInt8] = []
  var place = 0
  for edit in edits.sorted(by: { $0.span < $1.span }) {
    let start = min(max(Int(edit.span.start), place), bytes.count)
    result += bytes[place..<start]
    result += Array(edit.replacement.utf8)
    place = min(max(Int(edit.span.end), start), bytes.count)
  }
  return result + bytes[place...]
}

extension TextEdit {
  /// Whether it changes what the other one changes, or what stands directly beside that.
  func touches(_ other: TextEdit) -> Bool {
    span.file == other.span.file && span.start <= other.span.end && other.span.start <= span.end
  }
}

// MARK: Files that may be changed

/// Whether the structure of files can be understood: nothing is changed in one that cannot.
struct ReadableFiles {
  private let files: SourceFiles
  private let comments: [FileID: [Span]]
  private let broken: Set<FileID>

  init(_ files: SourceFiles) {
    self.files = files
    var comments: [FileID: [Span]] = [:]
    var broken: Set<FileID> = []
    for file in files.all {
      let form = FileForm(file)
      comments[file.id] = form.comments
      if !form.isReadable { broken.insert(file.id) }
    }
    self.comments = comments
    self.broken = broken
  }

  func isReadable(_ file: FileID) -> Bool { !broken.contains(file) }

  func touchesComment(_ span: Span) -> Bool {
    (comments[span.file] ?? []).contains { $0.start < span.end && span.start < $0.end }
  }
}

/// What can be said of a file before anybody asks what it means.
struct FileForm {
  let isReadable: Bool
  let comments: [Span]

  init(_ file: SourceFile) {
    var found = Diagnostics()
    if file.path.hasSuffix(".csv") {
      _ = readCSV(file, into: &found)
      comments = []
      isReadable = !found.items.contains { $0.code.id == SyntaxCode.csvForm.diagnostic.id }
      return
    }
    let tree = readYAML(file, into: &found)
    comments = tree.comments.map(\.span)
    isReadable = tree.root != nil && !found.items.contains { Self.fatal.contains($0.code) }
  }

  /// What leaves open where things begin and end.
  private static let fatal: Set<DiagnosticCode> = [
    YAMLCode.syntax, YAMLCode.tabIndentation, YAMLCode.nestingTooDeep, YAMLCode.fileTooLarge, YAMLCode.notUTF8,
    YAMLCode.multipleDocuments, YAMLCode.directive,
  ]
}
