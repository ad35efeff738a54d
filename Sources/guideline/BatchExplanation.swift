internal import CommandSupport
internal import GuidelineKit

/// The answer for one patient of a batch, as `guideline eval --explain` shows it.
struct BatchExplanation {
  let task: BatchTask
  let page: Page

  func show(_ id: String, in source: consuming LineSource) throws {
    var lines: [(number: Int, facts: Facts)] = []
    var complaints = ""
    while let block = try source.next(lines: 256) {
      for index in block.lines.indices {
        guard let patient = task.patient(index, of: block), patient.id == id else { continue }
        let number = block.start.lines + index + 1
        if let facts = patient.facts {
          lines.append((number, facts))
        } else {
          complaints += task.complaint(patient, line: number)
        }
      }
    }
    OutputStream.errors.tell(complaints)
    for (number, facts) in lines {
      if lines.count > 1 { try OutputStream.output.write("line \(number)\n") }
      let report = task.guidelines.evaluate(facts)
      try OutputStream.output.write(TextReport(report, explains: true, page: page).render())
    }
    if !complaints.isEmpty { throw Stop(.failure, "") }
    guard !lines.isEmpty else { throw Stop(.misuse, "no patient in `\(task.file)` has the `@id` \(id)") }
  }
}
