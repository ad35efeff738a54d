/// Cases that the reader decides otherwise than the suite and our list of refusals say; all are libyaml's doing.
struct YAMLSuiteDeviation {
  /// The codes the file is refused with; nil: it is accepted.
  let codes: String?
  let reason: String
  let cases: [String]

  static let all = [
    YAMLSuiteDeviation(
      codes: "GL0103",
      reason: "a tab is refused at the beginning of a line and behind `- `, also where YAML 1.2 allows it",
      cases: ["6BCT", "6CA3", "DK95/00", "DK95/03", "DK95/04", "Q5MG", "Y79Y/010"]),
    YAMLSuiteDeviation(
      codes: "GL0103", reason: "a tab is refused where the first line of a block text shows the indentation",
      cases: ["96NN/00", "96NN/01", "R4YG", "Y79Y/001"]),
    YAMLSuiteDeviation(
      codes: "GL0101", reason: "between brackets the colon has to stand on the line of its key",
      cases: ["4MUZ/00", "4MUZ/01", "4MUZ/02", "5MUD", "9SA2", "K3WX", "VJP3/01"]),
    YAMLSuiteDeviation(
      codes: "GL0101", reason: "between brackets a text without quotes cannot begin with a colon",
      cases: ["58MP", "5T43", "DBG4", "HM87/00"]),
    YAMLSuiteDeviation(
      codes: "GL0120", reason: "between brackets `?` begins a key even without a blank behind it",
      cases: ["652Z", "HM87/01"]),
    YAMLSuiteDeviation(
      codes: "GL0101", reason: "the lines of a block text have to be indented", cases: ["DK3J", "FP8R"]),
    YAMLSuiteDeviation(
      codes: nil, reason: "a `#` directly behind a closing sign begins a comment",
      cases: ["9JBA", "CVW2", "SU5Z", "X4QW"]),
    YAMLSuiteDeviation(
      codes: nil, reason: "the lines between brackets and quotes need no indentation",
      cases: ["9C9N", "DK95/01", "QB6E", "Y79Y/003"]),
    YAMLSuiteDeviation(
      codes: nil, reason: "between brackets a dash alone is a text", cases: ["G5U8", "YJV2"]),
    YAMLSuiteDeviation(
      codes: nil, reason: "blank lines before a block text may be indented deeper than it", cases: ["S98Z"]),
  ]

  /// The case, and the codes it is refused with, or that it is accepted.
  static var outcomes: [String: String] {
    let pairs = all.flatMap { deviation in deviation.cases.map { ($0, deviation.codes ?? "accepted") } }
    return Dictionary(pairs) { first, _ in first }
  }
}
