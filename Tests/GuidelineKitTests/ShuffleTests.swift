internal import ClinicalValues
internal import GuidelineJSON
internal import GuidelineKit
internal import SourceText
internal import TestSupport
internal import Testing

/// Order means nothing: whatever is permuted, the report keeps its bytes.
@Suite struct ShuffleTests {
  @Test func `the order of files changes nothing, not even the reasons`() throws {
    var random = SeededRandom(seed: SeededRandom.announcedSeed(for: "order of files"))
    let content = try FolderContent.content(of: "Tests/Fixtures/library")
    let before = try Shuffled(content).reports(reasons: true)
    for _ in 0..<20 {
      #expect(try Shuffled(content.shuffled(using: &random)).reports(reasons: true) == before)
    }
  }

  @Test func `the order of keys, rules, definitions and conditions changes nothing`() throws {
    let seed = SeededRandom.announcedSeed(for: "order of keys")
    let content = try FolderContent.content(of: "Tests/Fixtures/library")
    let before = try Shuffled(content).reports(reasons: false)
    for number in 0..<30 {
      let shuffled = Shuffled.shuffled(content, seed: seed &+ UInt64(number))
      #expect(try Shuffled(shuffled).reports(reasons: false) == before, "\(number)")
    }
  }

  @Test func `a file that is renamed changes nothing but the places`() throws {
    let content = try FolderContent.content(of: "Tests/Fixtures/library")
    let renamed = content.enumerated().map { ("elsewhere/\(9 - $0.offset)-x.yaml", $0.element.bytes) }
    #expect(try Shuffled(renamed).reports(reasons: false) == Shuffled(content).reports(reasons: false))
  }

  @Test func `the order of facts, fields, points and rows changes nothing`() throws {
    var random = SeededRandom(seed: SeededRandom.announcedSeed(for: "order of facts"))
    let guidelines = try Shuffled(try FolderContent.content(of: "Tests/Fixtures/library")).guidelines()
    let before = try guidelines.report(Shuffled.patient.text(&random), reasons: true)
    #expect(before.contains("\"fact\":\"medication\""))
    for _ in 0..<30 {
      #expect(try guidelines.report(Shuffled.patient.text(&random), reasons: true) == before)
    }
  }

  @Test func `the guidelines of the repository give the same bytes in any order`() throws {
    let seed = SeededRandom.announcedSeed(for: "order in the guidelines")
    let content = try FolderContent.content(of: "guidelines")
    let shuffled = Shuffled.shuffled(content, seed: seed)
    #expect(shuffled.map(\.path) != content.map(\.path))
    let before = try Shuffled(content, today: "2026-06-01").guidelines()
    let after = try Shuffled(shuffled, today: "2026-06-01").guidelines()
    for patient in Shuffled.lungPatients {
      var random = SeededRandom(seed: seed)
      let first = try before.report(patient.text(&random), reasons: false)
      let second = try after.report(patient.text(&random), reasons: false)
      #expect(first.count > 2_000)
      #expect(first == second, "\(Shuffled.firstDifference(first, second))")
    }
  }
}

/// A library in some order.
struct Shuffled {
  private let library: GuidelineLibrary
  private let today: String

  init(_ content: [(path: String, bytes: [UInt8])], today: String = "2025-06-01") throws {
    var files = SourceFiles()
    for file in content { files.add(path: file.path, bytes: file.bytes) }
    library = GuidelineLibrary(files)
    self.today = today
    try #require(
      library.isValid, "\(DiagnosticRenderer(style: .short, color: false).render(library.diagnostics, in: files))")
  }

  func guidelines() throws -> AskedGuidelines {
    AskedGuidelines(
      library: library, guidelines: try library.guidelines(inForceOn: try #require(Day(iso: today))))
  }

  func reports(reasons: Bool) throws -> [String] {
    let asked = try guidelines()
    return try FuzzLibrary.patients().map { patient in
      try asked.report(String(decoding: patient, as: UTF8.self), reasons: reasons)
    }
  }

  /// Files in another order, and the insides of each.
  static func shuffled(
    _ content: [(path: String, bytes: [UInt8])], seed: UInt64
  ) -> [(path: String, bytes: [UInt8])] {
    var shuffler = Shuffler(seed: seed)
    return content.shuffled(using: &shuffler.random).map { ($0.path, shuffler.file($0.path, $0.bytes)) }
  }

  static let patient = Given.fields([
    ("patient.age", .word("55 a")), ("patient.weight", .word("62.5 kg")),
    ("ild", .fields([("present", .word("yes")), ("rapidly_progressive", .word("no"))])),
    ("tpmt.phenotype", .word("normal")),
    (
      "medication",
      .items([
        .row(["agent": "azathioprine", "status": "active", "start": "2025-01-10"]),
        .row(["agent": "azathioprine", "status": "planned"]), .row(["agent": "mycophenolate"]),
        .row(["agent": "allopurinol", "status": "active"]), .row(["agent": "allopurinol", "status": "active"]),
      ])
    ),
    (
      "lab.wbc",
      .items([
        .point("6.0 10*9/L", "2025-03-01"), .point("1.8 10*9/L", "2025-05-29"), .point("1.9 10*9/L", "2025-05-29"),
        .point("4.0 10*9/L", "2025-01-01"),
      ])
    ),
  ])

  /// Patients of the repository's guidelines: much known, little known.
  static let lungPatients = [
    Given.fields([
      ("patient.age", .word("55 a")), ("patient.weight", .word("70 kg")), ("diagnosis", .items([.word("sjogren")])),
      (
        "ild",
        .fields([
          ("present", .word("yes")), ("severity", .word("moderate")), ("symptomatic", .word("yes")),
          ("rapidly_progressive", .word("no")),
        ])
      ),
      ("treatment", .fields([("steroid_sparing_needed", .word("yes"))])),
      ("nudt15.phenotype", .word("{unknown: not_tested}")),
      (
        "medication",
        .items([
          .row(["agent": "azathioprine", "status": "planned", "dose": "140 mg/d"]),
          .row(["agent": "allopurinol", "status": "active"]), .row(["agent": "prednisone", "status": "active"]),
        ])
      ),
      ("lab.wbc", .items([.point("6.0 10*9/L", "2026-05-29"), .point("3.0 10*9/L", "2026-04-01")])),
    ]),
    Given.fields([("ild.present", .word("yes")), ("patient.age", .word("60 a"))]),
  ]

  /// Where two reports part, with what stands around.
  static func firstDifference(_ first: String, _ second: String) -> String {
    let place = zip(first, second).prefix { $0.0 == $0.1 }.count
    let start = max(0, place - 300)
    return "\(first.dropFirst(start).prefix(600))\n---\n\(second.dropFirst(start).prefix(600))"
  }
}

/// Guidelines with the library that reads the facts for them.
struct AskedGuidelines {
  let library: GuidelineLibrary
  let guidelines: Guidelines

  /// Fingerprints are of the bytes of files, and so of their order: they are left out.
  func report(_ patient: String, reasons: Bool) throws -> String {
    var options = Guidelines.Options()
    options.reasons = reasons
    var report = guidelines.evaluate(
      try library.facts(path: "patient.yaml", bytes: Array(patient.utf8)), options)
    for index in report.guidelines.indices { report.guidelines[index].hash = "" }
    return String(decoding: canonicalJSON(report), as: UTF8.self)
  }
}
