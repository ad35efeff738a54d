import SourceText
import TestSupport
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

  /// What is given up early is what counting to the end would leave out.
  @Test func `random names are as near as a plain count says`() {
    var random = SeededRandom(seed: SeededRandom.announcedSeed(for: "nearest names"))
    for _ in 0..<2_000 {
      let letters = Array("abcde_1é")
      let word = { (most: Int) in String((0..<1 + random.below(most)).map { _ in random.pick(letters) }) }
      let written = word(12)
      let names = (0..<8).map { _ in word(12) }
      let allowed = max(1, written.unicodeScalars.count / 3)
      let counted = Set(names).filter { $0 != written }.map { (slips(written, $0), $0) }.filter { $0.0 <= allowed }
        .sorted { $0 < $1 }
      guard let nearest = counted.first?.0 else { continue }
      let expected = counted.filter { $0.0 <= 2 * nearest }.map(\.1)
      #expect(NearestNames.suggestions(for: written, among: names, limit: 9) == expected, "\(written)")
    }
  }

  private func slips(_ first: String, _ second: String) -> Int {
    let (left, right) = (Array(first.unicodeScalars), Array(second.unicodeScalars))
    var table = Array(repeating: Array(repeating: 0, count: right.count + 1), count: left.count + 1)
    for row in 0...left.count {
      for column in 0...right.count {
        guard row > 0, column > 0 else {
          table[row][column] = row + column
          continue
        }
        let isSame = left[row - 1] == right[column - 1]
        var best = min(table[row - 1][column], table[row][column - 1]) + 1
        best = min(best, table[row - 1][column - 1] + (isSame ? 0 : 1))
        if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
          best = min(best, table[row - 2][column - 2] + 1)
        }
        table[row][column] = best
      }
    }
    return table[left.count][right.count]
  }
}
