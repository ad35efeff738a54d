import SourceText
import Testing

@Suite("Names that may have been meant")
struct NearestNamesTests {
  private let names = ["fvc_percent_predicted", "fev1", "dlco", "dlco_sb", "rp_ild", "ild", "Größe"]

  @Test(arguments: [
    ("fvc_pecent_predicted", ["fvc_percent_predicted"]), ("fvc_precent_predicted", ["fvc_percent_predicted"]),
    ("dclo", ["dlco"]), ("FEV1", ["fev1"]), ("idl", ["ild"]), ("grösse", ["Größe"]), ("azathioprine", []),
    ("fev1", []), ("dlco_", ["dlco"]), ("dlco_raw", ["dlco"]), ("fvc_perc", []), ("ild_new", []),
  ])
  func `a name is near when few letters differ`(written: String, expected: [String]) {
    #expect(NearestNames.suggestions(for: written, among: names) == expected)
  }

  @Test func `the nearest come first, equally near ones by name, and no more than asked for`() {
    let near = ["abcdexx", "abcdez", "abcdey", "abcdefg", "abcdefg"]
    #expect(NearestNames.suggestions(for: "abcdef", among: near) == ["abcdefg", "abcdey", "abcdez"])
    #expect(NearestNames.suggestions(for: "abcdef", among: near, limit: 1) == ["abcdefg"])
    #expect(NearestNames.suggestions(for: "abcdef", among: near, limit: 9).last == "abcdexx")
  }

  @Test func `a question names what may have been meant`() {
    #expect(NearestNames.didYouMean("dclo", among: names) == "did you mean `dlco`?")
    #expect(NearestNames.didYouMean("abx", among: ["aba", "abb"]) == "did you mean `aba` or `abb`?")
    #expect(NearestNames.didYouMean("unlike", among: names) == nil)
    #expect(NearestNames.didYouMean("x", among: []) == nil)
  }

  @Test func `empty and endless names are compared too`() {
    #expect(NearestNames.suggestions(for: "", among: ["a", "ab", ""]) == ["a"])
    let endless = String(repeating: "n", count: 100_000)
    #expect(NearestNames.suggestions(for: endless, among: [endless + "x", "n"]) == [endless + "x"])
  }
}
