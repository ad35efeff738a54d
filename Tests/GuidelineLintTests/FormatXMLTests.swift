internal import FindingFormats
internal import Foundation
internal import FoundationXML
internal import GuidelineLint
internal import SourceText
internal import Testing

/// JUnit and Checkstyle, read again by an XML parser.
@Suite struct FormatXMLTests {
  @Test(arguments: [FindingFormat.junit, .checkstyle])
  func `XML is well formed, and attributes come back as they were`(_ form: FindingFormat) throws {
    let document = try Document(format(FormatReport.whole, as: form, options: FormatReport.options))
    let messages = document.elements.compactMap { $0.attributes["message"] }
    let wanted = "the list `[a␛[31m` is 100% open: <b> & \"c\", 'd' ]]> | `x` *y* [z](w) ::error::"
    #expect(messages.contains { $0.hasPrefix(wanted) })
  }

  @Test(arguments: [FindingFormat.junit, .checkstyle])
  func `no sign of a message makes XML that cannot be read`(_ form: FindingFormat) throws {
    let signs = (0..<0x300).compactMap(Unicode.Scalar.init) + ["\u{2028}", "\u{FFFD}", "\u{FFFE}", "\u{FFFF}", "🫁"]
    let text = String(String.UnicodeScalarView(signs))
    var files = SourceFiles()
    let id = files.add(path: "a<&\">\u{1}.yaml", bytes: Array("a: b\n".utf8))
    let diagnostic = Diagnostic(
      FormatReport.unknownFact, text, at: Span(file: id, start: 0, end: 1), notes: [text], help: [text])
    var report = LintReport(
      files: files, findings: [Finding(diagnostic: diagnostic, fingerprint: text, state: .suppressed(reason: text))])
    report.findings.append(Finding(diagnostic: diagnostic, fingerprint: text, state: .open))
    report.unreadable = [UnreadableFile(path: text, reason: text)]
    report.remarks = [text]
    _ = try Document(format(report, as: form, options: FormatReport.options))
  }

  @Test func `JUnit counts what it holds, and fails from the severity on that fails the run`() throws {
    var options = FormatReport.options
    for (severity, failures) in [(Severity.error, 4), (.info, 5)] {
      options.failOn = severity
      let document = try Document(format(FormatReport.whole, as: .junit, options: options))
      let root = try #require(document.elements.first)
      #expect(root.attributes["failures"] == "\(failures)")
      #expect(document.elements.count { $0.name == "failure" } == failures)
      #expect(root.attributes["tests"] == "\(document.elements.count { $0.name == "testcase" })")
      #expect(root.attributes["errors"] == "1")
    }
  }

  @Test func `JUnit has a case for each file and group of checks`() throws {
    let document = try Document(format(FormatReport.whole, as: .junit, options: FormatReport.options))
    let cases = document.elements.filter { $0.name == "testcase" && $0.attributes["file"] == FormatReport.first }
    #expect(cases.count == 6)
    #expect(Set(cases.compactMap { $0.attributes["name"] }).count == cases.count)
  }

  @Test func `JUnit has a name for every group of the catalogue`() throws {
    let options = FormatOptions(version: "1.2.3")
    let document = try Document(format(FormatReport.whole, as: .junit, options: options))
    let names = document.elements.filter { $0.name == "testcase" }.compactMap { $0.attributes["name"] }
    #expect(names.filter { $0.hasSuffix("xx") } == [])
  }

  /// The elements of a document in the order in which they begin.
  private final class Document: NSObject, XMLParserDelegate {
    var elements: [(name: String, attributes: [String: String])] = []

    init(_ bytes: [UInt8]) throws {
      super.init()
      let parser = XMLParser(data: Data(bytes))
      parser.delegate = self
      #expect(parser.parse(), "\(String(describing: parser.parserError)) in line \(parser.lineNumber)")
    }

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      elements.append((name, attributes))
    }
  }
}
