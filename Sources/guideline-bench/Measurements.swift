internal import ClinicalValues
internal import GuidelineCompiler
internal import GuidelineJSON
internal import GuidelineKit
internal import GuidelineModel
internal import RuleEngine

extension Bench {
  /// The answers, in the form of the generator's own evaluator.
  static func check(_ library: String, _ facts: String, _ count: Int) throws {
    let work = try Workload(library: library, facts: facts)
    var session = Session(work.program.graph, today: Workload.today)
    for (index, patient) in work.patients.prefix(count).enumerated() {
      _ = work.program.takeIn(patient, into: &session)
      session.run()
      try say("\(index) " + work.certain(session).joined(separator: " "))
    }
  }

  /// Facts in memory to conclusions, one patient after the other in one session.
  static func memory(_ library: String, _ facts: String, _ millis: Int) throws {
    let work = try Workload(library: library, facts: facts)
    var session = Session(work.program.graph, today: Workload.today)
    try memory(work, &session, millis)
  }

  private static func memory(_ work: Workload, _ session: inout Session, _ millis: Int) throws {
    let prepared = work.patients.map { work.prepared($0, &session) }
    var standing = 0
    let inMemory = microseconds(prepared.count, millis: millis) { index in
      session.enter(prepared[index])
      session.run()
      standing += session.countStanding(.cautious)
    }
    try say("in_memory_us \(inMemory) standing \(standing)")
  }

  /// One patient after the other, each in a form that takes in more of the way.
  static func single(_ library: String, _ facts: String, _ millis: Int) throws {
    let work = try Workload(library: library, facts: facts)
    var session = Session(work.program.graph, today: Workload.today)
    try memory(work, &session, millis)
    var standing = 0
    let taken = microseconds(work.patients.count, millis: millis) { index in
      _ = work.program.takeIn(work.patients[index], into: &session)
      session.run()
      standing += session.countStanding(.cautious)
    }
    try say("checked_facts_us \(taken)")
    guard millis > 0 else { return }
    try because(work, millis)
    var options = Guidelines.Options()
    options.validUntil = false
    let known = work.patients.map { Facts($0) }
    var patients = PatientSession(work.guidelines)
    let reported = microseconds(known.count, millis: millis) { index in
      standing += patients.evaluate(known[index], options).conclusions.count
    }
    try say("report_us \(reported)")
    let json = microseconds(work.lines.count, millis: millis) { index in
      guard let facts = work.library.patient(line: work.lines[index], path: "facts.ndjson").facts else { return }
      standing += canonicalJSON(patients.evaluate(facts, options)).count
    }
    try say("json_us \(json)")
  }

  /// Facts in memory to all conclusions, whatever their status, each with the tree of its reasons.
  private static func because(_ work: Workload, _ millis: Int) throws {
    var session = ConclusionSession(work.guidelines)
    var taken: [TakenFacts] = []
    for facts in work.patients { taken.append(session.take(Facts(facts))) }
    var conclusions = 0
    var steps = 0
    let explained = try microseconds(taken.count, millis: millis) { index in
      try session.conclude(taken[index])
      conclusions += session.conclusions.count
      for place in session.conclusions.indices { steps += session.conclusions[place].stepCount }
    }
    try say("because_us \(explained) conclusions \(conclusions) steps \(steps)")
  }

  /// One changed fact in a session that has run, against a fresh session.
  static func incremental(_ library: String, _ facts: String, _ millis: Int) throws {
    let work = try Workload(library: library, facts: facts)
    var session = Session(work.program.graph, today: Workload.today)
    let prepared = work.patients.prefix(50).map { work.prepared($0, &session) }
    guard let age = work.program.library.vocabulary.factNamed["age"],
      let slot = work.program.sourceMap.scalarSlots[age]
    else { return }
    let fresh = microseconds(prepared.count, millis: millis) { index in
      var own = Session(work.program.graph, today: Workload.today)
      _ = work.program.takeIn(work.patients[index], into: &own)
      own.run()
    }
    session.enter(prepared[0])
    session.run()
    let changed = microseconds(50, millis: millis) { index in
      session.assert(slot, .exactly(Rational(Int64(30 + index))))
      session.run()
    }
    try say("fresh_us \(fresh) changed_us \(changed)")
  }

  /// From the bytes of the files to a program.
  static func load(_ library: String, threads: Int) throws {
    let begin = ContinuousClock.now
    let start = processorTime()
    let read = try Workload.read(library, threads: threads)
    let guidelines = try read.guidelines(inForceOn: Workload.today)
    let end = processorTime()
    let wall = begin.duration(to: .now) / .milliseconds(1)
    try say("load_ms \((end - start) / 1000) wall_ms \(wall) rules \(guidelines.program.graph.rules.count)")
  }
}
