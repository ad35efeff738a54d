internal import GuidelineLint
internal import SourceText

/// A line for each finding, then one for each file that could not be read, then the remarks.
func short(_ input: FormatInput) -> String {
  let renderer = DiagnosticRenderer(style: .short, color: false)
  let findings = renderer.render(input.open.map(\.diagnostic), in: input.files)
  let unreadable = input.report.unreadable.map { file in
    DisplayText.visible(file.path) + ": error: " + file.message + "\n"
  }
  let remarks = input.report.remarks.map { "note: " + DisplayText.visible($0) + "\n" }
  return findings + (unreadable + remarks).joined()
}
