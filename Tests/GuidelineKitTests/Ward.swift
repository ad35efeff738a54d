internal import ClinicalValues
internal import SourceText
internal import Testing

@testable internal import GuidelineKit

/// A small library about blood counts, made for these tests.
enum Ward {
  static let vocabulary = """
    vocabulary: ward
    version: 1.0.0
    terms:
      drug:
        thiopurine: {}
        azathioprine: {is: thiopurine, label: azathioprine}
        allopurinol: {}
      disease: {lupus: {}, asthma: {}}
      level: {low: {}, medium: {}, high: {}}
      status: {active: {}, stopped: {}}
      action: {blood_count: {}}
      line: {first: {}, second: {}}
    facts:
      diagnosis: {type: set of disease, ask: "Which diseases?"}
      bleeding: {type: yes_no, ask: "Is there bleeding?"}
      level: {type: one of level, ordered: yes, ask: "How severe is it?"}
      weight: {type: quantity, unit: kg, range: 1 .. 400, ask: "Weight"}
      planned: {type: quantity, unit: mg/d}
      first_test: {type: one of level}
      second_test: {type: one of level}
      settled: {type: one of level}
      wbc: {type: series of quantity, unit: 10*9/L, range: 0 .. 1000, codes: {loinc: "6690-2"}}
    records:
      medication:
        ask: "Which medicines?"
        fields:
          drug: {type: one of drug}
          status: {type: one of status}
          start: {type: date}
    conclusions:
      recommend: {subject: one of drug, graded: yes, fields: {line: one of line, rank: whole_number}}
      against: {subject: one of drug, graded: yes, fields: {line: one of line}}
      check: {subject: one of action, fields: {due: date}}
      dose: {subject: one of drug, fields: {low: quantity mg/d}}
    conflicts:
      - {between: [recommend, against], same: [subject]}
    """

  static let guideline = """
    guideline: counts
    title: Counts
    version: 1.0.0
    edition: "1"
    uses: [ward]
    in_force: {from: 2020-01-01}
    sources:
      book:
        title: A book
        statements:
          B1: {says: drugs are given}
          B2: {says: nothing new, not_encoded: background}
          B3: {says: forgotten}
    scope: [diagnosis includes lupus]
    define:
      low_count:
        means: latest wbc within 14 d < 2.0 10*9/L
      per_kg:
        value: planned / weight
      settled:
        agree: [first_test, second_test]
    rules:
      give:
        when: level >= medium
        then:
          - {recommend: azathioprine, line: first, rank: 1}
        strength: strong
        certainty: low
        source: book#B1
      stop-for-low-count:
        when: low_count
        then:
          - {against: azathioprine, line: first}
        overrides:
          - {rule: give, because: the count is low}
      warn-for-dose:
        when: per_kg > 2 mg/kg/d
        then:
          - {against: allopurinol}
      bleeding-conflict:
        when: [bleeding, level is high]
        then:
          - {recommend: allopurinol, line: second}
      dose-by-weight:
        when: level is known
        then:
          - {dose: azathioprine, low: 1 mg/kg/d * weight}
      count-after-start:
        for_each: {m: medication}
        when: [m.drug is thiopurine, m.status is active]
        then:
          - {check: blood_count, due: m.start + 30 d}
    """

  static func library(tests: String? = nil, guideline: String = Ward.guideline) -> GuidelineLibrary {
    var files = SourceFiles()
    files.add(path: "ward.yaml", bytes: Array(vocabulary.utf8))
    files.add(path: "counts.yaml", bytes: Array(guideline.utf8))
    if let tests { files.add(path: "tests.yaml", bytes: Array(tests.utf8)) }
    return GuidelineLibrary(files)
  }

  static let today = Day(year: 2026, month: 6, day: 1) ?? Day(number: 0)

  static func guidelines() throws -> Guidelines {
    let library = library()
    let faults = library.diagnostics.filter { $0.code.severity == .error }.map(\.message)
    try #require(faults.isEmpty)
    return try library.guidelines(inForceOn: today)
  }

  static func report(_ facts: String) throws -> Report {
    let guidelines = try guidelines()
    return guidelines.evaluate(try library().facts(path: "patient.yaml", bytes: Array(facts.utf8)))
  }

  static func explain(_ rule: String, _ facts: String) throws -> RuleExplanation {
    try guidelines().explain(rule: rule, try library().facts(path: "patient.yaml", bytes: Array(facts.utf8)))
  }

  /// The run of one case with this body.
  static func run(_ body: String, coverage: Bool = false) -> TestRun {
    let indented = body.split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0 }
    let tests = "tests: suite\ntoday: 2026-06-01\nlibrary: all\ncases:\n  one:\n" + indented.joined(separator: "\n")
    return library(tests: tests).runTests(coverage: coverage)
  }
}

extension Report {
  func status(_ phrase: String) -> Status? {
    conclusions.first { "\($0.kind) \($0.subject)" == phrase }?.status
  }
}
