package import ClinicalValues
package import SourceText

/// What a run of the linter is told by its door.
package struct LintSettings: Sendable {
  /// From which day content is seen.
  package var today: Day
  /// `.guideline-lint.yaml`; nil: there is none.
  package var configuration: InputFile?
  /// The findings that are known already; nil: there are none.
  package var baseline: InputFile?
  /// Ids, beginnings of ids (`GL08`) or names of the checks that are wanted; empty: all.
  package var select: [String] = []
  /// Those that are not wanted.
  package var ignore: [String] = []

  /// An earlier version of the library, to be compared with; nil: none.
  package var against: SourceFiles?
  /// The files `CHANGELOG.md` beside the documents.
  package var changelogs: [InputFile] = []

  /// Something that was named could not be read: nothing is concluded from what the files do not hold.
  package var isIncomplete = false

  /// What an earlier run of the same program wrote down of what it found and proved (`LintReport.answers`); empty:
  /// nothing.
  package var answers: [UInt8] = []

  package init(today: Day) { self.today = today }

  /// Whether the findings of a check are wanted.
  package func wants(_ id: String, _ name: String) -> Bool {
    func isMeant(_ word: String) -> Bool { word == name || id.hasPrefix(word) }
    return (select.isEmpty || select.contains(where: isMeant)) && !ignore.contains(where: isMeant)
  }
}

/// A file beside the content, as a door read it.
package struct InputFile: Sendable {
  package var path: String
  package var bytes: [UInt8]

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}
