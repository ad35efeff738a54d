import SourceText
import Testing

/// Files in memory, and places in them found by what stands there.
struct Fixture {
  var files = SourceFiles()
  let main: FileID

  init(_ text: String, path: String = "rules.yaml") {
    main = files.add(path: path, bytes: Array(text.utf8))
  }

  var file: SourceFile { files[main] }

  /// The first place at which the text stands.
  func span(_ text: String, in file: FileID? = nil) -> Span {
    let id = file ?? main
    let bytes = files[id].bytes
    let wanted = Array(text.utf8)
    let start = bytes.indices.first { bytes[$0] == wanted.first && bytes[$0...].starts(with: wanted) }
    guard let start else {
      Issue.record("\(text) stands nowhere")
      return Span(file: id, start: 0, end: 0)
    }
    return Span(file: id, start: UInt32(start), end: UInt32(start + wanted.count))
  }

  func place(_ start: UInt32, _ end: UInt32) -> Span { Span(file: main, start: start, end: end) }

  func render(_ diagnostics: Diagnostic..., width: Int? = nil, color: Bool = false) -> String {
    DiagnosticRenderer(style: .full, color: color, width: width).render(diagnostics, in: files)
  }

  /// The excerpt of a finding about one place: all rows after the empty bar.
  func excerpt(_ span: Span, label: String? = nil, related: [RelatedPlace] = [], width: Int? = nil) -> String {
    let text = render(Diagnostic(unknown, "x", at: span, label: label, related: related), width: width)
    return text.split(separator: "\n").dropFirst(3).joined(separator: "\n")
  }
}

let unknown = DiagnosticCode("GL0301", "unknown-fact")
let mismatch = DiagnosticCode("GL0606", "citation-year-mismatch", .warning)
let hint = DiagnosticCode("GL0900", "long-title", .info)

/// A generator that gives the same numbers for the same seed on every machine (SplitMix64).
struct RandomSource: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
