package import ArgumentParser

/// Runs a command of this package and ends the process with its exit code.
///
/// The parser's own code for misuse is 64; ours is 2, as the documentation of the commands says.
package func runCommand(_ root: (some ParsableCommand).Type, _ arguments: [String]? = nil) -> Never {
  do {
    var command = try root.parseAsRoot(arguments)
    try command.run()
  } catch let stop as Stop {
    if !stop.message.isEmpty { OutputStream.errors.tell("error: \(stop.message)\n") }
    root.exit(withError: ExitCode(stop.ending.rawValue))
  } catch {
    end(root, error)
  }
  root.exit()
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

extension ColorChoice: ExpressibleByArgument {}
