internal import Foundation
internal import GuidelineLint
internal import SourceText
internal import TestSupport
internal import Testing

/// Fixes, carried out.
@Suite struct FixTests {
  /// A guideline with a condition too many, and what stands beside it.
  private static func rules(_ when: String = "[patient.age >= 65 a, patient.age >= 18 a]") -> Sample {
    var sample = Sample.clinic(rule: "")
    sample.files[0].text = sample.files[0].text.replacing("  gerd: {type: yes_no}\n", with: "")
    sample.files[1].text = sample.files[1].text.replacing("when: []", with: "when: \(when)")
    return sample
  }

  @Test(
    arguments: [
      ("[patient.age >= 65 a, patient.age >= 18 a]", "[patient.age >= 65 a]"),
      ("[patient.age >= 18 a, patient.age >= 65 a]", "[patient.age >= 65 a]"),
      ("[patient.age >= 18 a, patient.age >= 65 a, patient.age >= 10 a]", "[patient.age >= 65 a]"),
      ("[\"patient.age >= 65 a\", 'patient.age >= 18 a']", "[\"patient.age >= 65 a\"]"),
      ("\n      - patient.age >= 18 a\n      - patient.age >= 65 a", "\n      - patient.age >= 65 a"),
      ("\n      - patient.age >= 65 a\n\n      - patient.age >= 18 a", "\n      - patient.age >= 65 a\n"),
      ("\n      all: [patient.age >= 65 a, patient.age >= 18 a]", "\n      all: [patient.age >= 65 a]"),
      // What a comment belongs to is left to a person; one that belongs to something else stays.
      ("\n      - patient.age >= 65 a\n      - patient.age >= 18 a # adults", nil),
      ("\n      - patient.age >= 65 a\n      # adults\n      - patient.age >= 18 a", nil),
      (
        "\n      - patient.age >= 65 a # old\n      - patient.age >= 18 a",
        "\n      - patient.age >= 65 a # old"
      ),
      ("\n      - patient.age >= 65 a\n      - patient.age >= 65 a", "\n      - patient.age >= 65 a"),
      // Within one text, or for some alternatives only, nothing is taken out.
      ("patient.age >= 65 a and patient.age >= 18 a", nil),
    ] as [(String, String?)])
  func `a redundant condition is taken out, and all else stays as it was written`(
    when: String, mended: String?
  ) throws {
    for form in TextForm.allCases {
      let sample = Self.rules(when)
      let files = form.files(sample)
      var settings = sample.settings
      settings.select = ["GL0812"]
      let fixed = fix(files, settings, .safe)
      let after = fixed.changed.first.map { String(decoding: $0.after, as: UTF8.self) }
      let expected = mended.map { String(decoding: form.bytes(Self.rules($0).files[1].text), as: UTF8.self) }
      #expect(after == expected, "\(form)")
      #expect(fixed.changed.count == (mended == nil ? 0 : 1))
    }
  }

  enum TextForm: CaseIterable {
    case plain, carriageReturns, marked

    func bytes(_ text: String) -> [UInt8] {
      switch self {
      case .plain: Array(text.utf8)
      case .carriageReturns: Array(text.replacing("\n", with: "\r\n").utf8)
      case .marked: [0xEF, 0xBB, 0xBF] + Array(text.utf8)
      }
    }

    func files(_ sample: Sample) -> SourceFiles {
      var files = SourceFiles()
      for file in sample.files { files.add(path: file.path, bytes: bytes(file.text)) }
      return files
    }
  }

  @Test(
    arguments: [
      // Whoever meets the condition is known to meet no exception.
      ("patient.age >= 18 a", "patient.age < 12 a", "safe"),
      ("patient.age >= 18 a", "{all: [patient.age < 12 a, gerd]}", "safe"),
      // Nobody meets it, but while the age is unknown it makes the advice provisional.
      ("gerd", "{all: [patient.age >= 65 a, patient.age < 12 a]}", "edit"),
      ("gerd", "{all: [not gerd, patient.age < 12 a]}", "safe"),
    ])
  func `an exception is taken out as safe only when it never makes advice less sure`(
    when: String, unless: String, safety: String
  ) throws {
    let sample = Sample.clinic(rule: when).replacing(
      "    then:\n", "    unless: [\(unless)]\n    then:\n")
    var settings = sample.settings
    settings.select = ["GL0824"]
    let found = lint(sample.sources, settings).findings.map(\.diagnostic)
    #expect(found.map { $0.fixes.map(\.safety.rawValue) } == [[safety]])
    let text = fix(sample.sources, settings, .suggested).changed.first.map { String(decoding: $0.after, as: UTF8.self) }
    #expect(text == Sample.clinic(rule: when).files[1].text)
  }

  @Test(
    arguments: [
      ("patient.age < 18 a", "patient.age >= 65 a", "safe"),
      ("gerd", "{all: [patient.age >= 65 a, patient.age < 12 a]}", "edit"),
      ("{all: [gerd, patient.age < 18 a]}", "patient.age >= 65 a", "safe"),
    ])
  func `an override is taken out as safe only when it never makes advice less sure`(
    first: String, second: String, safety: String
  ) throws {
    var sample = Sample.clinic(rule: first)
    let plain =
      sample.files[1].text + """
          others:
            when: [\(second)]
            then:
              - {recommend: amoxicillin}
            strength: conditional
            source: house#R1

        """
    sample.files[1].text = plain + "    overrides:\n      - {rule: adults, because: it goes first}\n"
    sample.files[1].text = sample.files[1].text.replacing("\n\n    overrides", with: "\n    overrides")
    var settings = sample.settings
    settings.select = ["GL0813"]
    let found = lint(sample.sources, settings).findings.map(\.diagnostic)
    #expect(found.flatMap { $0.fixes.map(\.safety.rawValue) } == [safety])
    let text = fix(sample.sources, settings, .suggested).changed.first.map { String(decoding: $0.after, as: UTF8.self) }
    #expect(text == plain)
  }

  @Test func `what may change results is carried out only when asked for`() {
    let sample = Sample.clinic(rule: "patient.aeg >= 18 a")
    #expect(fix(sample.sources, sample.settings, .safe).changed.isEmpty)
    let fixed = fix(sample.sources, sample.settings, .suggested)
    #expect(fixed.applied.map(\.code.id) == ["GL0301", "GL0305"])
    #expect(fixed.report.findings.isEmpty)
    let texts = fixed.changed.map { String(decoding: $0.after, as: UTF8.self) }
    #expect(texts.count == 2)
    #expect(texts.first?.contains("when: [patient.age >= 18 a]") ?? false)
    #expect(texts.last?.contains("gerd") == false)
  }

  @Test func `nothing is changed in a file that cannot be understood`() {
    var sample = Self.rules()
    sample.files[1].text += "tables: [\n"
    let fixed = fix(sample.sources, sample.settings, .suggested)
    #expect(fixed.changed.isEmpty && fixed.applied.isEmpty)
  }

  @Test func `a finding that somebody allowed is not mended`() {
    let sample = Sample.clinic(behind: " # guideline-lint: allow GL0305 -- asked for later")
    #expect(fix(sample.sources, sample.settings, .suggested).changed.isEmpty)
  }

  @Test func `the difference is what git understands`() throws {
    for seed in 0..<40 as Range<UInt64> {
      var random = SeededRandom(seed: seed)
      let before = Self.lines(&random)
      var lines = before
      for _ in 0...random.below(4) where !lines.isEmpty {
        let place = random.below(lines.count)
        if random.below(2) == 0 { lines.remove(at: place) } else { lines.insert("new \(random.below(9))", at: place) }
      }
      let ends = (random.below(2) == 0 ? "\n" : "", random.below(2) == 0 ? "\n" : "")
      let old = before.joined(separator: "\n") + ends.0
      let new = lines.joined(separator: "\n") + ends.1
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let place = folder.appendingPathComponent("a.yaml")
      try Data(old.utf8).write(to: place)
      let change = ChangedFile(path: "./a.yaml", before: Array(old.utf8), after: Array(new.utf8))
      let bytes = UnifiedDiff(change).bytes
      guard old != new else {
        #expect(bytes.isEmpty)
        continue
      }
      try Data(bytes).write(to: folder.appendingPathComponent("x.diff"))
      let git = Process()
      git.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      git.arguments = ["git", "apply", "--unidiff-zero", "x.diff"]
      git.currentDirectoryURL = folder
      git.environment = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "GIT_CEILING_DIRECTORIES": "/"]
      try git.run()
      git.waitUntilExit()
      #expect(git.terminationStatus == 0, "seed \(seed)")
      #expect(try String(contentsOf: place, encoding: .utf8) == new, "seed \(seed)")
    }
  }

  private static func lines(_ random: inout SeededRandom) -> [String] {
    (0..<(3 + random.below(30))).map { _ in "line \(random.below(6))" }
  }
}
