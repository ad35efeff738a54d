/// A `CHANGELOG.md`: what was written of each version.
package struct Changelog: Sendable {
  package let path: String
  /// By heading, such as `1.0.0 (edition 2026)`: the words below it.
  private var entries: [(heading: String, words: String)] = []

  package init(_ file: InputFile) {
    path = file.path
    for line in String(decoding: file.bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      if line.hasPrefix("## ") {
        entries.append((String(line.dropFirst(3)), ""))
      } else if !entries.isEmpty {
        entries[entries.count - 1].words += line + "\n"
      }
    }
  }

  /// What is written of a version of an edition; nil: nothing.
  ///
  /// A heading that names no edition speaks of every one.
  package func words(of version: String, edition: String?) -> String? {
    let found = entries.first { entry in
      let words = entry.heading.split { $0 == " " || $0 == "(" || $0 == ")" || $0 == "[" || $0 == "]" }
      guard words.first.map(String.init) == version else { return false }
      guard let edition, entry.heading.contains("edition") else { return true }
      return words.map(String.init).contains(edition)
    }
    guard let words = found?.words, words.contains(where: \.isLetter) else { return nil }
    return words
  }
}
