internal import ClinicalValues
internal import Foundation
internal import GuidelineAnalysis
internal import GuidelineCompiler
internal import GuidelineModel
internal import RuleEngine
internal import SourceText
internal import TestSupport
internal import Testing

/// What the guidelines of this repository promise is proved for every patient.
@Suite struct InvariantProofTests {
  /// `guideline-lint` asks every choice of guidelines; here it is the one with the latest editions.
  @Test func `the invariants of the content hold for everybody`() throws {
    let content = try Content.repository()
    let selection = try #require(companySelections(of: content.syntax).last { $0.isTogether })
    var found = Diagnostics()
    let library = resolve(selection.selected, of: content.syntax, vocabulary: content.vocabulary, into: &found)
    let program = try #require(Program.compile(library, into: &found))
    var analysis = Analysis(program, today: selection.day)
    #expect(library.invariants.count >= 8)
    for (index, invariant) in library.invariants.enumerated() {
      let verdict = analysis.patient(.holds(program.sourceMap.invariants[index].node, .presuming))
      let shown = verdict.witness.map { FactText(content.vocabulary).lines($0.facts) } ?? []
      #expect(verdict.isNobody, "\(invariant.name): \(shown)")
    }
  }

  /// Whoever takes the override away is shown a patient for whom that matters.
  @Test func `without its override the rule for rapid progression leaves a patient with azathioprine`() throws {
    let content = try Content.repository(alone: "sjogren-azathioprine") { text in
      let rule = try #require(text.range(of: "  rp-ild-replaces-other-lines:"))
      let start = try #require(text.range(of: "    overrides:", range: rule.upperBound..<text.endIndex))
      let end = try #require(text.range(of: "    source:", range: start.upperBound..<text.endIndex))
      return text[..<start.lowerBound] + "    then: [{refer: lung_transplantation}]\n" + text[end.lowerBound...]
    }
    let selection = try #require(lonelySelections(of: content.syntax, besides: []).first)
    var found = Diagnostics()
    let library = resolve(selection.selected, of: content.syntax, vocabulary: content.vocabulary, into: &found)
    let program = try #require(Program.compile(library, into: &found))
    var analysis = Analysis(program, today: selection.day)
    let broken = try #require(library.invariants.firstIndex { $0.name == "no-azathioprine-in-rapid-progression" })
    let witness = try #require(
      analysis.patient(.holds(program.sourceMap.invariants[broken].node, .presuming)).witness)
    let lines = FactText(content.vocabulary).lines(witness.facts)
    for fact in ["diagnosis: [sjogren]", "ild.rapidly_progressive: yes", "ild.present: yes"] {
      #expect(lines.contains(fact), "\(lines)")
    }
  }
}

/// The documents of a folder.
struct Content {
  var files: SourceFiles
  var syntax: LibrarySyntax
  var vocabulary: Vocabulary

  /// All guidelines of the repository; of one that is named only that one, changed.
  static func repository(
    alone name: String? = nil, _ change: (String) throws -> Substring = { $0[...] }
  ) throws -> Content {
    var files = SourceFiles()
    for file in try FolderContent.content(of: "guidelines") where !file.path.contains("/tests/") {
      let text = String(decoding: file.bytes, as: UTF8.self)
      let isNamed = name.map { text.contains("\nguideline: \($0)\n") } ?? false
      if name != nil, !isNamed, text.contains("\nguideline: "), !file.path.hasSuffix(".csv"),
        !file.path.hasPrefix("thiopurine-alleles")
      {
        continue
      }
      files.add(path: file.path, bytes: isNamed ? Array(try change(text).utf8) : file.bytes)
    }
    var found = Diagnostics()
    let syntax = readLibrary(files, into: &found)
    let vocabulary = checkLibrary(syntax, into: &found)
    return Content(files: files, syntax: syntax, vocabulary: vocabulary)
  }
}
