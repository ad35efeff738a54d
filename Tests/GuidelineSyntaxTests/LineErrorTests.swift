internal import Foundation
internal import GuidelineSyntax
internal import SourceText
internal import Testing

/// Every wrong line of `lines.txt` with its one error below it, as `lines.expected.txt` shows them.
struct LineErrorTests {
  @Test(.tags(.golden)) func `a wrong line has one error at its place that says what to write`() throws {
    let lines = try fixture("lines.txt").split(separator: "\n").map(String.init)
    let output = lines.map { report($0) }.joined(separator: "\n") + "\n"
    try expectGolden(output, "lines.expected.txt")
  }

  private func report(_ line: String) -> String {
    var diagnostics = Diagnostics()
    _ = parseCondition(located(line), into: &diagnostics)
    let found = findings(diagnostics)
    guard let finding = found.first, found.count == 1 else { return "\(line)\n  has \(found.count) errors\n" }
    let bytes = Array(line.utf8)
    let before = String(decoding: bytes[..<Int(finding.span.start)], as: UTF8.self).count
    let within = String(decoding: bytes[Int(finding.span.start)..<Int(finding.span.end)], as: UTF8.self).count
    let carets = String(repeating: " ", count: before) + String(repeating: "^", count: max(within, 1))
    let help = finding.help.map { "\n  help: \($0)" } ?? ""
    return "\(line)\n\(carets)\n  \(finding.code): \(finding.message)\(help)\n"
  }
}
