internal import LocatedYAML
package import SourceText

/// Findings that were there when the project began to use the linter, or a check.
///
///     {"findings": [{"check": "GL0802", "fingerprint": "8d4f…", "part": "guideline:x/rules/y"}]}
package struct Baseline: Sendable {
  package struct Entry: Hashable, Sendable {
    package var check: String
    package var fingerprint: String
    /// For people: what it is about.
    package var part: String

    package init(check: String, fingerprint: String, part: String) {
      self.check = check
      self.fingerprint = fingerprint
      self.part = part
    }
  }

  package var entries: [Entry] = []
  /// The place of each entry.
  var places: [Span] = []
  /// What is wrong with the file.
  package var faults: [Diagnostic] = []

  package init(entries: [Entry]) { self.entries = entries }

  init(_ file: SourceFile) {
    var found = Diagnostics()
    let tree = readYAML(file, into: &found)
    faults = found.items
    let items = tree.root.flatMap { tree.value(of: "findings", in: $0) }.map { tree.items($0) }
    guard let items else {
      if faults.isEmpty {
        faults.append(
          Diagnostic(
            Check.configInvalid.code, "this is no list of known findings", at: file.lineSpan(1),
            help: ["write it anew with `guideline-lint baseline`"]))
      }
      return
    }
    for item in items {
      func text(_ key: String) -> String { tree.value(of: key, in: item).map { tree.text($0) } ?? "" }
      entries.append(Entry(check: text("check"), fingerprint: text("fingerprint"), part: text("part")))
      places.append(tree.span(item))
    }
  }
}

extension LintReport {
  /// What is found and may be called known from now on.
  ///
  /// Checks that guard patients, and faults of content that cannot be used, are never known.
  package func findingsToKnow() -> Baseline {
    Baseline(entries: findings.filter { $0.isOpenOrKnown && $0.mayBeKnown }.map(\.entry))
  }

  /// What was known and still occurs.
  package func knownFindings() -> Baseline {
    Baseline(entries: findings.filter { $0.state == .inBaseline }.map(\.entry))
  }
}

extension Finding {
  fileprivate var isOpenOrKnown: Bool { state == .open || state == .inBaseline }

  fileprivate var mayBeKnown: Bool {
    Catalogue.check(named: diagnostic.code.id)?.mayBeKnown ?? false
  }

  fileprivate var entry: Baseline.Entry {
    Baseline.Entry(check: diagnostic.code.id, fingerprint: fingerprint, part: part)
  }
}

extension Check {
  /// What guards patients is decided by name, and what speaks of permissions is never old.
  var mayBeKnown: Bool { mayBeAllowed && !isSafety && !code.id.hasPrefix("GL00") }
}
