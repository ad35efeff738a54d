package import ArgumentParser

/// Runs a command of this package and ends the process with its exit code.
///
/// The parser's own code for misuse is 64; ours is 2, as the documentation of the commands says.
package func runCommand(_ root: (some ParsableCommand).Type, _ arguments: [String]? = nil) -> Never {
  do {
    let words = arguments ?? Array(CommandLine.arguments.dropFirst())
    if var command = directly(root, words) {
      try command.run()
    } else {
      var command = try root.parseAsRoot(words)
      try command.run()
    }
  } catch let stop as Stop {
    if !stop.message.isEmpty { OutputStream.errors.tell("error: \(stop.message)\n") }
    root.exit(withError: ExitCode(stop.ending.rawValue))
  } catch {
    end(root, error)
  }
  root.exit()
}

/// The command that the first word names, if it understands the others; all that is to be said of words that are wrong, and
/// all help, is left to the root.
///
/// The parser looks at every option of every command on the way: a tenth of the time of an answer. Commands that name their
/// super-command are spared its two searches for a request for a script of completions, which such words never are.
private func directly(_ root: (some ParsableCommand).Type, _ words: [String]) -> (any ParsableCommand)? {
  guard let name = words.first,
    let named = root.configuration.subcommands.first(where: { $0.configuration.commandName == name }),
    named.configuration.subcommands.isEmpty, !words.contains(where: isForRoot)
  else { return nil }
  return try? named.parseAsRoot(Array(words.dropFirst()))
}

/// Whether a word may ask for help, for a script of completions, or for another of the parser's own services.
private func isForRoot(_ word: String) -> Bool {
  guard word.hasPrefix("-"), word != "-" else { return false }
  return !word.hasPrefix("--") || ["---", "--h", "--generate", "--experimental"].contains { word.hasPrefix($0) }
}

private func end(_ root: (some ParsableCommand).Type, _ error: any Error) -> Never {
  let code = root.exitCode(for: error)
  // What we mean by a failure ends with a `Stop`: anything else that fails is our own fault.
  if code == .failure { OutputStream.errors.tell("error: \(error)\n") }
  guard code != .failure else { root.exit(withError: ExitCode(Ending.broken.rawValue)) }
  guard code == .validationFailure else { root.exit(withError: error) }
  OutputStream.errors.tell(root.fullMessage(for: error) + "\n")
  root.exit(withError: ExitCode(Ending.misuse.rawValue))
}

extension ColorChoice: WordChoice {}
