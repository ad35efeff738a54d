internal import SourceText

// Tests: patients, and what must and must not be concluded for them.

extension Reader {
  mutating func tests(_ keys: inout Keys) -> TestSuiteSyntax {
    var suite = TestSuiteSyntax()
    suite.today = date(require("today", of: &keys), what: "`today`")
    suite.library = word(keys.take("library"), what: "choice of a library", of: ["all"])
    suite.use = pins(keys.take("use"))
    suite.cases = (entries(of: require("cases", of: &keys), what: "`cases`") ?? []).map { testCase($0) }
    return suite
  }

  /// `id@edition` or `id@version`.
  private mutating func pins(_ node: Node?) -> [LocatedText]? {
    guard let node else { return nil }
    let pins = texts(node, what: "`use`")
    for pin in pins { checkPin(pin) }
    return pins
  }

  mutating func checkPin(_ pin: LocatedText) {
    let parts = pin.value.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
    let id = parts.first ?? ""
    guard NameForm.kebab.fits(id), parts.count <= 2, parts.allSatisfy({ !$0.isEmpty }) else {
      report(
        .referenceNotUnderstood, "`\(pin.value)` does not name a document",
        help: "write `document-id`, or `document-id@2024` for one edition or version", at: pin.span)
      return
    }
  }

  private mutating func testCase(_ entry: Entry) -> TestCaseSyntax {
    check(entry.key, .kebab, what: "the name of a case")
    var test = TestCaseSyntax(name: entry.key, span: entry.span)
    let owner = Owner("case", entry.key)
    guard var keys = keys(of: entry, at: .testCase, owner: owner) else { return test }
    test.title = text(keys.take("title"), what: "`title`")
    test.from = text(keys.take("from"), what: "`from`")
    if let given = keys.take("given"), entries(of: given, what: "`given`") != nil { test.given = given.data }
    test.today = date(keys.take("today"), what: "`today`")
    test.use = pins(keys.take("use"))
    test.expect = patterns(keys.take("expect"), what: "`expect`")
    test.never = patterns(keys.take("never"), what: "`never`")
    test.needs = texts(keys.take("needs"), what: "`needs`")
    test.derives = derives(keys.take("derives"))
    test.conflicts = items(of: keys.take("conflicts"), what: "`conflicts`").compactMap { conflictExpectation($0) }
    test.outOfScope = texts(keys.take("out_of_scope"), what: "`out_of_scope`")
    finish(keys)
    return test
  }

  private mutating func derives(_ node: Node?) -> [DerivedExpectationSyntax] {
    (entries(of: node, what: "`derives`") ?? []).map { entry in
      DerivedExpectationSyntax(name: entry.key, value: entry.value.data)
    }
  }

  private mutating func conflictExpectation(_ node: Node) -> ConflictExpectationSyntax? {
    let items = items(of: node, what: "an item of `conflicts`")
    guard !items.isEmpty else { return nil }
    if items.allSatisfy(\.isScalar) {
      return .facts(items.compactMap { text($0, what: "a fact") }, node.span)
    }
    let patterns = items.compactMap { pattern($0) }
    guard patterns.count == items.count else { return nil }
    guard patterns.count == 2 else {
      report(
        .wrongKind, "a conflict is between two conclusions, here are \(patterns.count)",
        help: "write the two patterns in brackets", at: headSpan(node.span))
      return nil
    }
    return .conclusions(patterns[0], patterns[1], node.span)
  }
}
