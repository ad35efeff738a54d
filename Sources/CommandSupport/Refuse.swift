package import SourceText

/// Shows what is wrong with content, and ends the command: invalid content counts as misuse.
package func refuse(_ diagnostics: [Diagnostic], in files: SourceFiles, color: ColorChoice) -> Stop {
  let stream = OutputStream.errors
  let renderer = DiagnosticRenderer(style: .full, color: stream.usesColor(color), width: stream.columns)
  let shown = diagnostics.prefix(mostShown)
  var text = renderer.render(Array(shown), in: files) + "\n" + renderer.summary(diagnostics)
  if shown.count < diagnostics.count { text += "; the first \(mostShown) are shown, `guideline-lint` shows all" }
  stream.tell(text + "\n")
  return Stop(.misuse, "")
}

/// Beyond so many, one mistake has usually made the others.
private let mostShown = 20
