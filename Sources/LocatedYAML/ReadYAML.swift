package import SourceText

/// Reads a YAML or JSON file into a tree; what is wrong with it goes to `diagnostics`.
///
/// Total: every file gives a tree, one that cannot be understood a tree without a root.
package func readYAML(
  _ file: SourceFile, into diagnostics: inout Diagnostics, limits: YAMLLimits = .standard
) -> YAMLTree {
  let survey = ByteSurvey(file.bytes)
  if let refusal = FileCheck.refusal(file, survey, limits) {
    diagnostics.report(refusal)
    return YAMLTree(file)
  }
  let prepared = PreparedBytes(file.bytes, survey)
  if let control = prepared.firstControl { diagnostics.report(FileCheck.controlCharacter(file, at: control)) }
  var builder = TreeBuilder(file, prepared, limits)
  YAMLReader.read(prepared.bytes[prepared.base...], into: &builder)
  return builder.finished(&diagnostics)
}
