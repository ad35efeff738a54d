import ClinicalValues
import Foundation
import GuidelineJSON
import GuidelineModel
import GuidelineSyntax
import LocatedYAML
import SourceText
import TestSupport
import Testing

@testable import GuidelineKit

/// What `batch` says of a patient has the bytes that `eval` says, for every case of every test document.
@Suite struct `A patient among many` {
  private struct Case {
    let name: String
    /// As YAML would say it.
    let data: DataSyntax
    let line: String
  }

  @Test(arguments: [("guidelines", "2026-06-01", 60), ("Tests/Fixtures/library", "2025-06-01", 2)])
  func `gets the answer that a patient alone gets`(folder: String, today: String, least: Int) throws {
    guard let command = Command.find("guideline") else { return }
    var files = SourceFiles()
    for file in try FolderContent.content(of: folder) { files.add(path: file.path, bytes: file.bytes) }
    let library = GuidelineLibrary(files)
    let day = try #require(Day(iso: today))
    let guidelines = try library.guidelines(inForceOn: day)
    let cases = Self.cases(of: files)
    #expect(cases.count >= least)
    // Whole reports take long: all cases are compared without reasons, some with them, others at each run of the seed.
    var random = SeededRandom(seed: SeededRandom.announcedSeed(for: "patients among many"))
    let some = cases.shuffled(using: &random).prefix(20)
    let common = ["batch", "--library", Repository.root + "/" + folder, "--today", today, "--facts", "-"]
    var compared = 0
    for (chosen, isBrief) in [(cases[...], true), (some, false)] {
      let input = chosen.map(\.line).joined(separator: "\n")
      let outcome = try command.run(common + (isBrief ? ["--brief"] : []), input: input)
      let answers = outcome.output.split(separator: "\n").map(String.init)
      try #require(answers.count == chosen.count)
      var options = Guidelines.Options()
      options.reasons = !isBrief
      options.validUntil = !isBrief
      for (number, (item, answer)) in zip(chosen, answers).enumerated() {
        guard let facts = Self.facts(item, library) else {
          #expect(answer.contains("\"refused\""), "\(item.name)")
          continue
        }
        let alone = String(decoding: canonicalJSON(guidelines.evaluate(facts, options)), as: UTF8.self)
        #expect(answer == "{\"line\":\(number + 1),\"report\":\(alone)}", "\(item.name)")
        compared += 1
      }
    }
    #expect(compared > least)
  }

  /// Nil: refused.
  private static func facts(_ item: Case, _ library: GuidelineLibrary) -> Facts? {
    var found = Diagnostics()
    let given = library.source.patient(item.data, &found).facts
    return found.hasErrors ? nil : Facts(id: nil, given)
  }

  @Test func `gets the bytes of the command for one`() throws {
    guard let command = Command.find("guideline") else { return }
    let common = ["--library", "library", "--today", "2025-06-01", "--facts"]
    for patient in ["textbook.yaml", "low-counts.yaml", "little-known.json", "child.yaml"] {
      var files = SourceFiles()
      let file = files.add(path: patient, bytes: try Fixture.bytes("patients/" + patient))
      var found = Diagnostics()
      let line = Self.json(readData(readYAML(files[file], into: &found)))
      let alone = try command.run(["eval"] + common + ["patients/" + patient, "--format", "json"])
      let many = try command.run(["batch"] + common + ["-"], input: line)
      #expect(many.output == "{\"line\":1,\"report\":\(alone.output.dropLast())}\n")
    }
  }

  /// What the cases give, each with what it takes over from others.
  private static func cases(of files: SourceFiles) -> [Case] {
    var found = Diagnostics()
    return readLibrary(files, into: &found).documents.flatMap { document -> [Case] in
      guard case .tests(let suite) = document.syntax.body else { return [] }
      var given: [String: [DataEntry]] = [:]
      return suite.cases.compactMap { item in
        var entries = item.from.flatMap { given[$0.value] } ?? []
        if case .mapping(let own)? = item.given?.form {
          entries.removeAll { old in own.contains { $0.key.value == old.key.value } }
          entries += own
        }
        given[item.name.value] = entries
        let data = DataSyntax(.mapping(entries), item.span)
        return Case(name: "\(files[item.span.file].path) \(item.name.value)", data: data, line: json(data))
      }
    }
  }

  private static func json(_ data: DataSyntax) -> String {
    switch data.form {
    case .mapping(let entries):
      "{" + entries.map { string($0.key.value) + ": " + json($0.value) }.joined(separator: ", ") + "}"
    case .list(let items): "[" + items.map { json($0) }.joined(separator: ", ") + "]"
    case .scalar(let text, let isQuoted):
      !isQuoted && (Rational(decimal: text) != nil || text == "null") ? text : string(text)
    default: "null"
    }
  }

  private static func string(_ text: String) -> String { JSONValue.string(text).canonicalText }
}
