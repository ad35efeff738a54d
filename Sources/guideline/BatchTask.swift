internal import CommandSupport
internal import GuidelineCohort
internal import GuidelineJSON
internal import GuidelineKit
internal import SourceText

/// What is to be done with every line of a batch.
struct BatchTask: Sendable {
  let source: GuidelineSource
  let guidelines: Guidelines
  let format: BatchFormat
  /// The folder of the library.
  let folder: String
  /// The file of the patients, as it is called in messages.
  let file: String
  let isBrief: Bool
  let isStrict: Bool
  let table: BatchTable
  /// How patients are answered by columns, where that says all of the format.
  let cohort: CohortPlan?
  /// The rows of its conclusions, but for whom they are.
  let plainRows: [[UInt8]]

  init(
    source: GuidelineSource, guidelines: Guidelines, format: BatchFormat, folder: String, file: String,
    isBrief: Bool, isStrict: Bool
  ) {
    self.source = source
    self.guidelines = guidelines
    self.format = format
    self.folder = folder
    self.file = file
    self.isBrief = isBrief
    self.isStrict = isStrict
    table = BatchTable(fields: source.conclusionFields)
    cohort = format == .ndjson ? nil : CohortPlan(guidelines, source)
    plainRows = format == .csv ? cohort?.listed.map { [table] in table.remainder($0.conclusion) } ?? [] : []
  }

  /// So many lines are a piece of work, and so many pieces for each thread are done between reading and writing.
  var linesPerPiece: Int { cohort == nil ? 32 : CohortWorker.linesPerBlock }
  var piecesPerThread: Int { cohort == nil || format == .summary ? 8 : 1 }

  /// What stands before the first answer.
  var head: [UInt8] { format == .csv ? table.head : [] }

  fileprivate var options: Guidelines.Options {
    var options = Guidelines.Options()
    options.reasons = format == .ndjson && !isBrief
    options.validUntil = options.reasons
    return options
  }

  /// Reads a line of a block; nil: there is nothing in it.
  func patient(_ index: Int, of block: LineBlock) -> PatientLine? {
    guard block.lines.indices.contains(index) else { return nil }
    let bytes = block.bytes[block.lines[index]]
    guard block.isTooLong || bytes.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { return nil }
    return source.patient(line: Array(bytes), path: file)
  }

  /// What is wrong with a line, for people.
  func complaint(_ patient: PatientLine, line: Int) -> String {
    patient.diagnostics.filter { $0.code.severity == .error }.map { finding in
      let column = finding.span.map { ":\(patient.files.position($0).column)" } ?? ""
      let head = "\(DisplayText.visible(file)):\(line)\(column): error \(finding.code.id) \(finding.code.name)"
      let help = finding.help.map { "  help: \(DisplayText.visible($0))\n" }.joined()
      return "\(head): \(DisplayText.visible(finding.message))\n\(help)"
    }.joined()
  }
}

/// What came of a block of lines.
struct BatchResult: Sendable {
  var output: [UInt8] = []
  var complaints = ""
  var tally = BatchTally()
  /// How far the lines have been answered.
  var end = InputPlace()
  /// A line was refused, and that is to end the work.
  var isStopped = false
}

/// One who answers lines: each has a session of its own.
struct BatchWorker: ~Copyable, Sendable {
  private let task: BatchTask
  private var session: PatientSession
  private var cohort: CohortWorker?

  init(_ task: BatchTask) {
    self.task = task
    session = PatientSession(task.guidelines)
    cohort = task.cohort.map { CohortWorker($0) }
  }

  mutating func answer(_ block: LineBlock) -> BatchResult {
    guard !block.isTooLong, var worker = cohort.take() else {
      var result = BatchResult()
      result.end = block.end
      _ = answer(block.lines.indices, of: block, &result)
      return result
    }
    var result = BatchResult()
    result.end = block.end
    let others = worker.read(block.bytes, block.lines)
    if task.format == .summary {
      let end = answer(others, of: block, &result)
      result.tally.add(worker.counts(before: end ?? block.lines.count))
    } else {
      write(&worker, others, block, &result)
    }
    cohort = consume worker
    return result
  }

  /// Rows of the patients that columns answer, between those of the others.
  private mutating func write(
    _ worker: inout CohortWorker, _ others: [Int], _ block: LineBlock, _ result: inout BatchResult
  ) {
    var next = 0
    var end: Int?
    worker.forEach { line, id, conclusions in
      let before = others[next...].prefix { $0 < line }
      next += before.count
      if end == nil { end = answer(before, of: block, &result) }
      guard end == nil else { return }
      guard !conclusions.isEmpty else {
        // What is said in place of conclusions is made for the patient.
        end = answer(CollectionOfOne(line), of: block, &result)
        return
      }
      let name = id.map { String(decoding: block.bytes[$0], as: UTF8.self) }
      for place in conclusions.indices {
        let row = task.plainRows[conclusions[place]]
        BatchTable.append(block.start.lines + line + 1, name, row, to: &result.output)
      }
      result.tally.patients += 1
    }
    if end == nil { _ = answer(others[next...], of: block, &result) }
  }

  /// Answers lines by their places; the place of the line that ended the work, if one did.
  private mutating func answer(_ lines: some Sequence<Int>, of block: LineBlock, _ result: inout BatchResult) -> Int? {
    for index in lines {
      let number = block.start.lines + index + 1
      guard let patient = task.patient(index, of: block) else { continue }
      if let facts = patient.facts {
        answer(facts, number, &result)
      } else if refuse(patient, number, &result) {
        result.end = block.place(before: index)
        return index
      }
    }
    return nil
  }

  private mutating func answer(_ facts: Facts, _ number: Int, _ result: inout BatchResult) {
    let report = session.evaluate(facts, task.options)
    result.tally.patients += 1
    switch task.format {
    case .ndjson:
      result.output += canonicalJSON(report.seen(from: task.folder), ofLine: number, id: facts.id)
      result.output.append(UInt8(ascii: "\n"))
    case .csv: result.output += task.table.rows(report, ofLine: number, id: facts.id)
    case .summary: result.tally.add(report)
    }
  }

  /// True: that ends the work.
  private func refuse(_ patient: PatientLine, _ number: Int, _ result: inout BatchResult) -> Bool {
    result.complaints += task.complaint(patient, line: number)
    result.tally.refused += 1
    if task.isStrict {
      result.isStopped = true
      return true
    }
    switch task.format {
    case .ndjson:
      result.output += canonicalJSON(patient.diagnostics, in: patient.files, ofLine: number, id: patient.id)
      result.output.append(UInt8(ascii: "\n"))
    case .csv: result.output += task.table.refusal(patient, ofLine: number)
    case .summary: break
    }
    return false
  }
}
