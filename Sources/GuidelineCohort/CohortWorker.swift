internal import CSimdJSON
internal import JSONLines
internal import RuleEngine

/// Counts the patients of lines by columns, one block of lines after the other.
package struct CohortWorker: ~Copyable, Sendable {
  private let plan: CohortPlan
  private var reader = JSONLineReader()
  private var intake: CohortIntake
  private var run: ColumnRun
  private var planes: CohortPlanes
  /// The lines of the patients in the columns.
  private var lines: [Int] = []
  /// For each block of patients who counts.
  private var counting: [UInt64] = []

  /// So many lines are best given at once, and no more.
  package static let linesPerBlock = 256

  package init(_ plan: CohortPlan) {
    self.plan = plan
    intake = CohortIntake(plan, capacity: Self.linesPerBlock)
    run = ColumnRun(plan.columns)
    planes = CohortPlanes(plan)
  }

  /// Reads lines, in rising order; the answer is which of them columns do not answer, by their places.
  ///
  /// Blank lines are not among them.
  package mutating func read(_ bytes: [UInt8], _ ranges: [Range<Int>]) -> [Int] {
    if intake.mustEnd {
      intake = CohortIntake(plan, capacity: Self.linesPerBlock)
      run = ColumnRun(plan.columns)
      reader = JSONLineReader()
    }
    intake.removePatients()
    lines.removeAll(keepingCapacity: true)
    var others: [Int] = []
    var place = 0
    let read = reader.read(bytes, lines: ranges, &intake) { intake, line, nodes, keyText in
      switch line {
      case .blank: break
      case .object where intake.add(nodes, bytes.span, keyText): lines.append(place)
      case .object, .other: others.append(place)
      }
      place += 1
    }
    others += read..<max(read, ranges.count)
    run.evaluate(intake.columns)
    counting.removeAll(keepingCapacity: true)
    for block in 0..<intake.columns.blocks {
      let count = min(lines.count - block * 64, 64)
      let all = count == 64 ? UInt64.max : (1 << UInt64(count)) - 1
      let open = planes.open(run, block) & all
      counting.append(all & ~open)
      for place in 0..<count where open & 1 << UInt64(place) != 0 { others.append(lines[block * 64 + place]) }
    }
    return others.sorted()
  }

  /// What the patients that columns answer add up to, of the lines before one.
  package mutating func counts(before end: Int) -> CohortCounts {
    var counts = CohortCounts(plan)
    let patients = lines.firstIndex { $0 >= end } ?? lines.count
    for block in counting.indices where block * 64 < patients {
      let count = min(patients - block * 64, 64)
      let counted = count == 64 ? UInt64.max : (1 << UInt64(count)) - 1
      planes.count(counting[block] & counted, run, block, into: &counts)
    }
    return counts
  }

  /// The patients that columns answer, in the order of their lines: what each is called by, as a place in the bytes, and
  /// which of the plan's listed conclusions are certain.
  package mutating func forEach(
    _ body: (_ line: Int, _ id: Range<Int>?, _ conclusions: Span<Int>) -> Void
  ) {
    var planes = Array(repeating: UInt64(0), count: plan.listed.count)
    var certain: [Int] = []
    for block in counting.indices {
      for place in plan.listed.indices { planes[place] = self.planes.certain(plan.listed[place].rules, run, block) }
      var rest = counting[block]
      while rest != 0 {
        let patient = rest.trailingZeroBitCount
        rest &= rest &- 1
        certain.removeAll(keepingCapacity: true)
        for place in planes.indices where planes[place] >> UInt64(patient) & 1 != 0 { certain.append(place) }
        body(lines[block * 64 + patient], intake.ids[block * 64 + patient], certain.span)
      }
    }
  }
}
