import ClinicalValues
import GuidelineJSON
import Testing

@Suite struct `The canonical form` {
  @Test(arguments: [
    ("plain", #""plain""#),
    (#"quote " and \ back"#, #""quote \" and \\ back""#),
    ("a\nb\tc\rd\u{8}e\u{C}f", #""a\nb\tc\rd\be\ff""#),
    ("\u{0}\u{1}\u{1F}", #""\u0000\u0001\u001f""#),
    ("µg/L – Sjögren / \u{7F}\u{2028}", "\"µg/L – Sjögren / \u{7F}\u{2028}\""),
    ("", #""""#),
  ])
  func `strings escape only what they must`(text: String, written: String) {
    #expect(JSONValue.string(text).canonicalText == written)
  }

  @Test(
    arguments: [
      (1, 1, "1"), (-1, 2, "-0.5"), (1, 3, "0.333333333333"), (2, 3, "0.666666666667"), (100, 1, "100"),
      (125, 2, "62.5"), (0, 5, "0"), (-1, 10_000_000_000_000, "0"),
    ] as [(Int64, Int64, String)])
  func `numbers are plain decimals`(numerator: Int64, denominator: Int64, written: String) throws {
    let number = try #require(Rational(numerator: numerator, denominator: denominator))
    #expect(JSONValue.number(number).canonicalText == written)
  }

  @Test func `keys stand in the order of their code points`() {
    let value = JSONValue.object([
      "b": .count(1), "a": .count(2), "B": .count(3), "aa": .count(4), "ä": .count(5), "\u{1F600}": .count(6),
      "\u{FB01}": .count(7), "a_b": .count(8), "a.b": .count(9),
    ])
    let written = #"{"B":3,"a":2,"a.b":9,"a_b":8,"aa":4,"b":1,"ä":5,"ﬁ":7,"😀":6}"#
    #expect(value.canonicalText == written)
  }

  @Test func `nothing stands between the signs`() {
    let value = JSONValue.object([
      "list": .array([.bool(true), .bool(false), .array([]), .object([:])]), "text": .strings(["a", "b"]),
    ])
    #expect(value.canonicalText == #"{"list":[true,false,[],{}],"text":["a","b"]}"#)
  }

  @Test func `the form for people holds the same`() {
    let value = JSONValue.object(["b": .strings(["x"]), "a": .object([:])])
    let written = """
      {
        "a": {},
        "b": [
          "x"
        ]
      }

      """
    #expect(String(decoding: value.prettyBytes, as: UTF8.self) == written)
  }
}
