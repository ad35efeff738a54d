internal import ClinicalValues
internal import GuidelineKit
internal import SourceText

/// Answers as a table (RFC 4180, lines end with LF): a row for each conclusion.
///
/// A patient without a conclusion and a line that was refused have a row too, so that nobody gets lost.
struct BatchTable: Sendable {
  /// The fields of conclusions, by name.
  let fields: [String]

  private static let front = ["line", "id", "guideline", "rule", "kind", "subject"]
  private static let back = ["status", "strength", "certainty", "settled_by", "remark"]

  var head: [UInt8] { Self.row(Self.front + fields.map { "fields." + $0 } + Self.back) }

  func rows(_ report: Report, ofLine line: Int, id: String?) -> [UInt8] {
    guard !report.conclusions.isEmpty else {
      return other(line, id, status: "none", remark: Self.silence(report))
    }
    return report.conclusions.flatMap { row($0, line, id) }
  }

  /// The row of a conclusion that is certain, but for the line and what the patient is called by, which stand before.
  func remainder(_ item: ReportedConclusion) -> [UInt8] { Array(row(item, 0, nil).dropFirst(2)) }

  /// Adds a row whose remainder was made before.
  static func append(_ line: Int, _ id: String?, _ remainder: [UInt8], to bytes: inout [UInt8]) {
    bytes += "\(line),".utf8
    if let id { append(id, to: &bytes) }
    bytes += remainder
  }

  /// The row in place of the answers to a line that cannot be used.
  func refusal(_ patient: PatientLine, ofLine line: Int) -> [UInt8] {
    let errors = patient.diagnostics.filter { $0.code.severity == .error }
    let remark = errors.map { "\($0.code.id) \($0.message)" }.joined(separator: "; ")
    return other(line, patient.id, status: "refused", remark: remark)
  }

  private func row(_ item: ReportedConclusion, _ line: Int, _ id: String?) -> [UInt8] {
    let values = fields.map { name in item.fields.first { $0.name == name }.map { "\($0.value)" } ?? "" }
    let missing = item.undecidedFields.isEmpty ? "" : "not known yet: \(item.undecidedFields.joined(separator: ", "))"
    return Self.row(
      ["\(line)", id ?? "", item.guideline, item.rule, item.kind, "\(item.subject)"] + values
        + [
          item.status.rawValue, item.strength ?? "", item.certainty ?? "", item.settledBy.joined(separator: "; "),
          missing,
        ])
  }

  /// Why nothing is concluded.
  private static func silence(_ report: Report) -> String {
    let undecided = report.undecided.map {
      "not decided whether \($0.guideline) applies: \($0.facts.joined(separator: ", "))"
    }
    let outside = report.outOfScope.map { "\($0.guideline) does not apply" }
    return (["nothing follows from what is known"] + undecided + outside).joined(separator: "; ")
  }

  private func other(_ line: Int, _ id: String?, status: String, remark: String) -> [UInt8] {
    let empty = [String](repeating: "", count: Self.front.count - 2 + fields.count)
    return Self.row(["\(line)", id ?? ""] + empty + [status, "", "", "", remark])
  }

  // MARK: Cells

  private static func row(_ cells: [String]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(cell, to: &bytes)
    }
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  private static func append(_ cell: String, to bytes: inout [UInt8]) {
    let text = isFormula(cell) ? "'" + cell : cell
    let mustQuote = text.utf8.contains { byte in
      byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D
    }
    guard mustQuote || text.utf8.first == 0x20 || text.utf8.last == 0x20 else { return bytes += text.utf8 }
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// A spreadsheet would compute such a text: it gets an apostrophe before it, which makes it a text.
  ///
  /// Numbers and quantities below zero stay what they are.
  private static func isFormula(_ cell: String) -> Bool {
    guard let first = cell.unicodeScalars.first else { return false }
    switch first {
    case "=", "+", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF20}", "\u{FF0D}": return true
    case "-":
      let number = cell.split(separator: " ", maxSplits: 1).first.map(String.init) ?? cell
      return Rational(decimal: number) == nil || cell.dropFirst().contains { "=+@(|!".contains($0) }
    default: return false
    }
  }
}
