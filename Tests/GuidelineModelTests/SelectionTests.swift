internal import ClinicalValues
internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText
internal import Testing

/// Which documents speak on a day, and which are asked for by name.
struct SelectionTests {
  private func guideline(_ edition: String, from: String, more: String = "") -> (path: String, text: String) {
    (
      "g\(edition).yaml",
      """
      guideline: g
      title: g
      edition: "\(edition)"
      version: 1.0.0
      uses: [words, shared]
      in_force: {from: \(from)}
      \(more)
      """
    )
  }

  private func library() throws -> Checked {
    let shared = (path: "shared.yaml", text: "definitions: shared\nversion: 1.0.0\nuses: [words]\n")
    let other = (
      path: "other.yaml",
      text:
        "guideline: other\ntitle: o\nedition: a\nversion: 2.0.0\nuses: [words]\n"
        + "in_force: {from: 2020-01-01, until: 2024-12-31}\n"
    )
    return check([
      try baseFile(), shared, other, guideline("2018", from: "2018-01-01"), guideline("2024", from: "2024-06-01"),
      guideline("2030", from: "2030-01-01", more: "status: draft"),
    ])
  }

  private func names(_ selection: Selection, in checked: Checked) -> (names: [String], found: [String]) {
    var diagnostics = Diagnostics()
    let selected = select(selection, from: checked.syntax, into: &diagnostics)
    let names = selected.map { index in
      let header = checked.syntax.documents[index].syntax.header
      return header.id.value + (header.edition.map { "@\($0.value)" } ?? "")
    }
    return (names, diagnostics.items.map(\.code.id))
  }

  @Test(arguments: [
    ("2017-12-31", ["shared"]),
    ("2018-01-01", ["g@2018", "shared"]),
    ("2024-05-31", ["g@2018", "other@a", "shared"]),
    ("2024-06-01", ["g@2024", "other@a", "shared"]),
    ("2024-12-31", ["g@2024", "other@a", "shared"]),
    ("2025-01-01", ["g@2024", "shared"]),
    ("2031-01-01", ["g@2024", "shared"]),
  ])
  func `of each id the edition in force speaks`(day: String, expected: [String]) throws {
    let (names, found) = names(.inForce(on: day.day), in: try library())
    #expect(names == expected)
    #expect(found == [])
  }

  private func pin(_ text: String) -> Pin { Pin(text, span: Span(file: FileID(0), start: 0, end: 0)) }

  @Test(arguments: [
    ("g@2018", ["g@2018", "shared"]), ("g", ["g@2024", "shared"]), ("g@2030", ["g@2030", "shared"]),
    ("other@2.0.0", ["other@a"]),
  ])
  func `a pin loads the edition and what it uses`(text: String, expected: [String]) throws {
    let (names, found) = names(.pinned([pin(text)], on: "2026-01-01".day), in: try library())
    #expect(names == expected)
    #expect(found == [])
  }

  @Test(arguments: [("gg", "GL0315"), ("g@2019", "GL0709")])
  func `a pin that fits nothing is told`(text: String, code: String) throws {
    let (names, found) = names(.pinned([pin(text)], on: "2026-01-01".day), in: try library())
    #expect(names == [])
    #expect(found == [code])
  }

  @Test func `a version named under uses goes before the one in force`() throws {
    let old = (path: "s1.yaml", text: "definitions: s\nversion: 1.0.0\nuses: [words]\nin_force: {from: 2020-01-01}\n")
    let new = (path: "s2.yaml", text: "definitions: s\nversion: 2.0.0\nuses: [words]\nin_force: {from: 2022-01-01}\n")
    let user = (
      path: "u.yaml",
      text: "guideline: u\ntitle: u\nedition: a\nversion: 1.0.0\nuses: [words, s@1.0.0]\nin_force: {from: 2020-01-01}\n"
    )
    let checked = check([try baseFile(), old, new, user])
    var diagnostics = Diagnostics()
    let selected = select(.inForce(on: "2026-01-01".day), from: checked.syntax, into: &diagnostics)
    let versions = selected.map { checked.syntax.documents[$0].syntax.header.version?.value }
    #expect(versions == ["1.0.0", "1.0.0"])
    #expect(diagnostics.isEmpty)
  }

  @Test func `the names of files do not matter`() throws {
    let files = try library().files.all.map { (path: $0.path, text: String(decoding: $0.bytes, as: UTF8.self)) }
    let renamed = check(files.reversed().enumerated().map { (path: "z\($0.offset).yaml", text: $0.element.text) })
    let (names, _) = names(.inForce(on: "2026-01-01".day), in: renamed)
    #expect(names == ["g@2024", "shared"])
  }
}
