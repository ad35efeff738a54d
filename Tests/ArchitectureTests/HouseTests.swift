internal import Testing

/// House style that no formatter knows.
@Suite struct HouseTests {
  @Test func `no file is longer than four hundred lines`() {
    for file in swiftFiles(below: "Sources") + swiftFiles(below: "Tests") {
      #expect(file.lines.count <= 401, "\(file.path) has \(file.lines.count - 1) lines")
    }
  }

  @Test func `no function is longer than seventy lines`() {
    for file in swiftFiles(below: "Sources") {
      for function in functions(of: file) {
        #expect(function.length <= 70, "\(file.path):\(function.line) has \(function.length) lines")
      }
    }
  }

  @Test func `content cannot reach a trap`() {
    let traps = ["fatalError", "try!", " as! ", "preconditionFailure", "unsafeBitCast", "unowned(unsafe)"]
    for file in swiftFiles(below: "Sources") {
      for (number, line) in file.lines.enumerated() {
        let found = traps.filter { line.contains($0) }
        #expect(found.isEmpty, "\(file.path):\(number + 1) has \(found)")
      }
    }
  }

  @Test func `unsafe code stays where C is called`() {
    for file in swiftFiles(below: "Sources") where !["LocatedYAML", "CommandSupport", "JSONLines"].contains(file.room) {
      for (number, line) in file.lines.enumerated() {
        let words = line.split { !$0.isLetter }
        let isComment = line.drop { $0 == " " }.hasPrefix("//")
        #expect(isComment || !words.contains("unsafe"), "\(file.path):\(number + 1)")
      }
    }
  }

  /// Functions by their indentation: from the line with `func` to the brace in the same column.
  private func functions(of file: SourceText) -> [(line: Int, length: Int)] {
    var found: [(line: Int, length: Int)] = []
    for (number, line) in file.lines.enumerated() {
      let indent = line.prefix { $0 == " " }.count
      guard line.contains("func "), !line.drop(while: { $0 == " " }).hasPrefix("//") else { continue }
      let closing = String(repeating: " ", count: indent) + "}"
      guard let end = file.lines[number...].firstIndex(where: { $0 == closing }) else { continue }
      found.append((number + 1, end - number + 1))
    }
    return found
  }
}
