internal import CommandSupport

/// Times the engine on rules and patients that `tools/bench/emit` wrote; `tools/bench/run` calls it.
@main
enum Bench {
  static let usage = """
    usage: guideline-bench check LIBRARY FACTS COUNT      the answers, one line a patient
           guideline-bench single LIBRARY FACTS MILLIS    one patient after the other, in several forms
           guideline-bench memory LIBRARY FACTS MILLIS    the first of these forms alone
           guideline-bench columns LIBRARY FACTS MILLIS   many patients at once
           guideline-bench incremental LIBRARY FACTS MILLIS
           guideline-bench load LIBRARY [THREADS]         processor time and wall time; one thread if not said
           guideline-bench closure EDGES
           guideline-bench loop NAME ROUNDS LIBRARY FACTS fixpoint, thresholds, patients, reasons or reports

    """

  static func main() throws {
    let words = Array(CommandLine.arguments.dropFirst())
    switch (words.first, words.count) {
    case ("check", 4): try check(words[1], words[2], Int(words[3]) ?? 0)
    case ("single", 4): try single(words[1], words[2], Int(words[3]) ?? 0)
    case ("memory", 4): try memory(words[1], words[2], Int(words[3]) ?? 0)
    case ("columns", 4): try columns(words[1], words[2], Int(words[3]) ?? 0)
    case ("incremental", 4): try incremental(words[1], words[2], Int(words[3]) ?? 0)
    case ("load", 2): try load(words[1], threads: 1)
    case ("load", 3): try load(words[1], threads: Int(words[2]) ?? 1)
    case ("closure", 2): try closure(words[1])
    case ("loop", 5): try loop(Array(words.dropFirst()))
    default: OutputStream.errors.tell(usage)
    }
  }

  static func say(_ words: String) throws { try OutputStream.output.write(words + "\n") }
}
