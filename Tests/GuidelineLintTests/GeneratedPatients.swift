internal import TestSupport

/// Patients of the small clinic of the shared fixtures, many of whose facts are not known.
struct GeneratedPatients {
  private(set) var texts: [String] = []

  init(seed: UInt64, count: Int) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<count { texts.append(Self.patient(&random)) }
  }

  private static func patient(_ random: inout SeededRandom) -> String {
    var lines: [String] = []
    for (fact, values) in facts where random.below(3) > 0 { lines.append("\(fact): \(random.pick(values))") }
    if random.below(2) == 0 {
      let agent = random.pick(["azathioprine", "mycophenolate", "allopurinol", "rituximab"])
      let status = random.pick(["planned", "active", "stopped"])
      lines.append("medication: [{agent: \(agent), status: \(status)}]")
    }
    return lines.isEmpty ? "{}\n" : lines.joined(separator: "\n") + "\n"
  }

  private static let facts: [(String, [String])] = [
    ("patient.age", ["0 a", "11 a", "12 a", "17 a", "18 a", "40 a", "64 a", "65 a", "66 a", "80 a", "120 a"]),
    ("patient.weight", ["3 kg", "50 kg", "70 kg", "300 kg"]),
    ("patient.pregnancy", ["not_pregnant", "planning", "pregnant"]),
    ("patient.pregnancies", ["0", "1", "5"]),
    ("diagnosis", ["[]", "[sjogren]", "[systemic_sclerosis]", "[sjogren, systemic_sclerosis]"]),
    ("ild.present", ["yes", "no"]), ("ild.severity", ["mild", "moderate", "severe"]),
    ("ild.rapidly_progressive", ["yes", "no"]),
    ("tpmt.phenotype", ["normal_metabolizer", "intermediate_metabolizer", "poor_metabolizer"]),
    ("tpmt.genotype_phenotype", ["normal_metabolizer", "poor_metabolizer"]),
    ("tpmt.activity_phenotype", ["normal_metabolizer", "poor_metabolizer"]),
    ("azathioprine.planned_dose", ["50 mg/d", "100 mg/d", "200 mg/d"]),
    ("azathioprine.start", ["2026-01-01", "2026-05-20"]), ("pft.dlco", ["30 %", "60 %", "100 %"]),
    ("pft.fvc", ["[{value: 55 %, on: 2026-05-01}]", "[{value: 80 %, on: 2026-05-01}, {value: 70 %, on: 2026-03-01}]"]),
    ("lab.wbc", ["[{value: 2.5 10*9/L, on: 2026-05-30}]", "[{value: 6 10*9/L, on: 2026-05-01}]"]),
  ]
}
