internal import GuidelineKit

/// The result of tests in the XML that build servers read.
func junit(_ result: TestRun) -> String {
  var lines = [#"<?xml version="1.0" encoding="UTF-8"?>"#]
  lines.append(element("testsuites", [("tests", "\(result.cases.count)"), ("failures", "\(result.failed)")]) + ">")
  for suite in result.suites {
    let failed = suite.cases.count { !$0.passed }
    lines.append(
      "  "
        + element(
          "testsuite",
          [
            ("name", suite.id), ("file", suite.path), ("tests", "\(suite.cases.count)"), ("failures", "\(failed)"),
          ])
        + ">")
    for item in suite.cases { lines += testCase(item, of: suite) }
    lines.append("  </testsuite>")
  }
  lines.append("</testsuites>")
  return lines.joined(separator: "\n") + "\n"
}

private func testCase(_ item: CaseResult, of suite: SuiteResult) -> [String] {
  let start =
    "    "
    + element(
      "testcase",
      [("classname", suite.id), ("name", item.name), ("file", item.path), ("line", "\(item.line)")])
  guard !item.passed else { return [start + "/>"] }
  let failures = item.failures.map { failure in
    let message = "\(failure.kind.rawValue): \(failure.expectation)"
    let text = (["\(failure.path):\(failure.line)"] + failure.explanation).joined(separator: "\n")
    return "      " + element("failure", [("message", message)]) + ">" + escaped(text) + "</failure>"
  }
  return [start + ">"] + failures + ["    </testcase>"]
}

private func element(_ name: String, _ attributes: [(name: String, value: String)]) -> String {
  "<" + name + attributes.map { #" \#($0.name)="\#(escaped($0.value))""# }.joined()
}

/// XML knows no control characters but tab and line ends.
private func escaped(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "\n", "\t", "\r": result.unicodeScalars.append(scalar)
    case "\0"..<" ", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
