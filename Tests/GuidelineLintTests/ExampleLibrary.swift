/// Turns a piece of content, as pages show it, into files that can be read together with the shared fixtures.
///
/// A line `# file: name` begins another file. What has no head of its own gets the shortest one that fits: `cases:` that
/// of a suite of tests, `terms:`, `facts:`, `records:`, `conclusions:` and `conflicts:` that of a vocabulary, all else that
/// of a guideline that uses the shared vocabulary and cites a source `handbook` with the statements `H1` and `H2`.
struct ExampleLibrary {
  let files: [(path: String, text: String)]

  init(_ content: String) {
    files = Self.parts(content).map { name, text in
      (
        name,
        name.hasSuffix(".yaml") && !name.hasPrefix(".")
          ? Self.head(of: text, name: String(name.dropLast(5))) + text : text
      )
    }
  }

  private static func parts(_ content: String) -> [(name: String, text: String)] {
    let marker = "# file: "
    var parts: [(name: String, lines: [Substring])] = [("example.yaml", [])]
    for line in content.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix(marker) {
        parts.append((String(line.dropFirst(marker.count)), []))
      } else {
        parts[parts.count - 1].lines.append(line)
      }
    }
    if parts.count > 1, parts[0].lines.isEmpty { parts.removeFirst() }
    return parts.map { ($0.name, $0.lines.joined(separator: "\n") + "\n") }
  }

  private static func head(of text: String, name: String) -> String {
    let lines = text.split(separator: "\n")
    let keys = Set(
      lines.filter { $0.first?.isLetter == true }.map { String($0.prefix { $0.isLetter || $0 == "_" }) })
    guard keys.isDisjoint(with: kinds), lines.contains(where: { !$0.hasPrefix("#") }) else { return "" }
    return head(for: keys, name).filter { !keys.contains($0.key) }.map { $0.lines + "\n" }.joined()
  }

  private static let kinds: Set = ["vocabulary", "guideline", "definitions", "tests"]

  private static func head(for keys: Set<String>, _ name: String) -> [(key: String, lines: String)] {
    if keys.contains("cases") { return [("tests", "tests: \(name)-cases"), ("today", "today: 2026-06-01")] }
    if !keys.isDisjoint(with: ["terms", "facts", "records", "conclusions", "conflicts"]) {
      return [
        ("vocabulary", "vocabulary: \(name)-words"), ("version", "version: 1.0.0"), ("uses", "uses: [ild-clinic]"),
      ]
    }
    return [
      ("guideline", "guideline: \(name)"), ("title", "title: An example"), ("version", "version: 1.0.0"),
      ("edition", "edition: \"2026\""), ("in_force", "in_force: {from: 2026-01-01}"),
      ("uses", "uses: [ild-clinic, ild-criteria]"),
      (
        "sources",
        """
        sources:
          handbook:
            title: A handbook
            statements: {H1: {says: one thing}, H2: {says: another thing}}
        """
      ),
    ]
  }
}
