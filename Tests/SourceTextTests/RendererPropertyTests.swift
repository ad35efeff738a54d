import SourceText
import Testing

@Suite("Findings about anything, anywhere")
struct RendererPropertyTests {
  @Test(arguments: [1, 20_260_214, 0xC0FFEE] as [UInt64])
  func `random places in random bytes are shown, and lie in the file`(seed: UInt64) {
    print("seed \(seed)")
    var random = RandomSource(seed: seed)
    for round in 0..<300 {
      var files = SourceFiles()
      for path in ["a", "b"] { files.add(path: path, bytes: Self.bytes(&random)) }
      let finding = Self.finding(files, &random)
      let width = Bool.random(using: &random) ? nil : Int.random(in: 0...120, using: &random)
      let text = DiagnosticRenderer(style: .full, color: false, width: width).render([finding], in: files)
      let fault = Self.fault(of: text, finding, files, width)
      #expect(fault == nil, "seed \(seed), round \(round)")
      #expect(!text.unicodeScalars.contains { $0 != "\n" && $0.properties.generalCategory == .control })
    }
  }

  private static let pieces: [[UInt8]] =
    [
      "\n", "\r", "\r\n", "\t", " ", "a", "ä", "肺", "🫁", "👨‍👩‍👧", "\u{301}", "\u{FEFF}", "\u{1B}[1m", "\u{202E}",
      "\u{FE0F}",
    ]
    .map { Array($0.utf8) }

  private static func bytes(_ random: inout RandomSource) -> [UInt8] {
    let noise = Int.random(in: 0...10, using: &random)
    let length = Bool.random(using: &random) ? 30 : 3000
    return (0..<Int.random(in: 0...length, using: &random)).flatMap { _ in
      Int.random(in: 0...10, using: &random) < noise
        ? [UInt8.random(in: 0...255, using: &random)] : pieces.randomElement(using: &random) ?? []
    }
  }

  private static func span(_ files: SourceFiles, _ random: inout RandomSource) -> Span {
    let file = files[FileID(Int.random(in: 0...2, using: &random))]
    let start = UInt32.random(in: 0...(file.span.end + 3), using: &random)
    let ends = [start, start &+ 1, start + UInt32.random(in: 0...40, using: &random), .max]
    return Span(file: file.id, start: start, end: ends.randomElement(using: &random) ?? 0)
  }

  private static func finding(_ files: SourceFiles, _ random: inout RandomSource) -> Diagnostic {
    let related = (0..<Int.random(in: 0...3, using: &random)).map { RelatedPlace(span(files, &random), "place \($0)") }
    let edit = TextEdit(span: span(files, &random), replacement: "x")
    return Diagnostic(
      unknown, "message", at: span(files, &random), label: "label", related: related,
      fixes: [Fix(title: "title", edits: [edit], safety: .edit)])
  }

  /// What is wrong with a text: a place or line outside its file, a row too wide, or a place left out.
  private static func fault(of text: String, _ finding: Diagnostic, _ files: SourceFiles, _ width: Int?) -> String? {
    var file = files[FileID(0)]
    var underlined = 0
    for row in text.split(separator: "\n").dropFirst().prefix(while: { !$0.contains("= fix") }) {
      let words = row.split(separator: " ")
      if words.first == "-->" || words.first == ":::" {
        let parts = words[1].split(separator: ":")
        file = files.all.first { $0.path == parts[0] } ?? SourceFile(id: FileID(9), path: "?", bytes: [])
        guard parts.count == 3, isInside(Int(parts[1]), Int(parts[2]), file) else { return "outside: \(row)" }
      } else {
        if let line = Int(words[0]), !isInside(line, 1, file) { return "no line: \(row)" }
        if words[0] == "|", words.count > 1, words[1].hasPrefix("^") || words[1].hasPrefix("-") { underlined += 1 }
        // A caret behind the last sign and the dots of a place that goes on may stand outside.
        if let width, DisplayText.width(String(row)) > max(width, 30) + 4 { return "wider than \(width): \(row)" }
      }
    }
    return underlined == finding.related.count + 1 ? nil : "\(underlined) places shown"
  }

  private static func isInside(_ line: Int?, _ column: Int?, _ file: SourceFile) -> Bool {
    guard let line, let column else { return false }
    return 1...file.lineCount ~= line && 1...(file.lineText(line).unicodeScalars.count + 1) ~= column
  }
}
