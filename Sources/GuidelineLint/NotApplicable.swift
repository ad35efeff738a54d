/// A check that other rule bases need and this language does without: what it would find cannot be written.
package struct NotApplicable: Sendable {
  /// The id under which other lists know it; it is never given to another check.
  package let id: String
  package let name: String
  package let reason: String

  /// All of them, by id.
  package static let all: [NotApplicable] = [
    NotApplicable(
      id: "GL0104", name: "ambiguous-boolean",
      reason:
        "a value has the type that its place asks for: `no` under a text is the text, `NO` under yes or no is refused"),
    NotApplicable(
      id: "GL0105", name: "ambiguous-number",
      reason: "`1.10`, `0012` and `12:30` stay the text that was written until their place gives them a type"),
    NotApplicable(
      id: "GL0106", name: "ambiguous-date",
      reason: "a date has one form; any other, such as `2024-7-8`, is refused as date-form or number-form"),
    NotApplicable(
      id: "GL0109", name: "alias-expansion-limit",
      reason: "aliases are refused one by one, so nothing is ever expanded"),
    NotApplicable(
      id: "GL0119", name: "undefined-alias", reason: "every alias is refused, whether or not it is defined"),
    NotApplicable(
      id: "GL0207", name: "schema-version-unsupported",
      reason: "the language has one version, so a document does not state which it needs"),
    NotApplicable(
      id: "GL0208", name: "deprecated-key", reason: "no key of the language has been replaced by another yet"),
    NotApplicable(
      id: "GL0405", name: "unit-incomplete-dose",
      reason: "`mg/kg` and `mg/kg/d` differ in dimension, so the one is refused where the other is declared"),
    NotApplicable(
      id: "GL0412", name: "implicit-conversion",
      reason:
        "units of one kind convert exactly and silently; mg/dL and umol/L differ in kind, so comparing them is refused"),
    NotApplicable(
      id: "GL0503", name: "code-label-disagrees",
      reason:
        "the language holds no table of codes, so nobody can say what a code is called; its form and check digit are judged"
    ),
    NotApplicable(
      id: "GL0504", name: "code-system-unpinned",
      reason: "a code names one concept and no set of values, and evaluation never looks a code up"),
    NotApplicable(
      id: "GL0506", name: "pattern-not-disease",
      reason: "a pattern and a disease are terms of two groups, so the one is refused where the other is asked for"),
    NotApplicable(
      id: "GL0507", name: "retired-code",
      reason: "the language holds no table of codes that could say when one was retired"),
    NotApplicable(
      id: "GL0705", name: "effective-window-gap",
      reason: "a day on which no edition speaks may be meant, and the result of that day names no guideline; "
        + "a test that asks one is refused as not-in-force"),
    NotApplicable(
      id: "GL0708", name: "draft-in-release",
      reason: "a draft is never loaded, wherever it lies; draft-left-out says so"),
  ]
}
