/// The one vocabulary of the generated libraries: few names, so that everything meets everything.
enum SmallVocabulary {
  /// What a value may be in a generated expression.
  enum Kind: Hashable, CaseIterable {
    case yesNo, drug, level, state, check, mass, share, number, date, text
  }

  struct Column: Hashable {
    var name: String
    var kind: Kind
  }

  static let terms: [Kind: [String]] = [
    .yesNo: ["yes", "no"], .drug: ["family", "first_drug", "second_drug", "other_drug"],
    .level: ["mild", "moderate", "severe"], .state: ["taken", "stopped"], .check: ["blood", "urine", "scan", "visit"],
  ]

  /// Scalar facts that can be given; those of `derived` may have a definition too.
  static let scalars: [Column] = [
    Column(name: "flag.p", kind: .yesNo), Column(name: "flag.q", kind: .yesNo), Column(name: "flag.r", kind: .yesNo),
    Column(name: "choice.drug", kind: .drug), Column(name: "choice.second", kind: .drug),
    Column(name: "choice.third", kind: .drug), Column(name: "choice.grade", kind: .level),
    Column(name: "choice.degree", kind: .level),
    Column(name: "size.x", kind: .mass), Column(name: "size.y", kind: .mass), Column(name: "size.z", kind: .mass),
    Column(name: "share.s", kind: .share), Column(name: "number.n", kind: .number),
    Column(name: "day.start", kind: .date), Column(name: "day.end", kind: .date),
    Column(name: "remark.text", kind: .text),
  ]

  static let derivable = ["flag.r", "choice.third", "choice.grade", "size.z", "day.end"]

  static let series = ["lab.a", "lab.b"]

  static let records: [(name: String, fields: [Column])] = [
    (
      "medication",
      [
        Column(name: "agent", kind: .drug), Column(name: "status", kind: .state), Column(name: "dose", kind: .mass),
        Column(name: "start", kind: .date),
      ]
    ),
    ("event", [Column(name: "grade", kind: .level), Column(name: "suspect", kind: .drug)]),
    ("link", [Column(name: "source", kind: .drug), Column(name: "target", kind: .drug)]),
  ]

  static let derivedRecords: [(name: String, fields: [Column])] = [
    ("path", [Column(name: "head", kind: .drug), Column(name: "tail", kind: .drug)]),
    ("mark", [Column(name: "bearer", kind: .drug), Column(name: "size", kind: .mass)]),
  ]

  static let kinds: [(name: String, subject: Kind, fields: [Column])] = [
    (
      "recommend", .drug,
      [Column(name: "line", kind: .level), Column(name: "dose", kind: .mass), Column(name: "rank", kind: .number)]
    ),
    ("against", .drug, [Column(name: "line", kind: .level)]),
    (
      "test", .check,
      [Column(name: "before", kind: .drug), Column(name: "due", kind: .date), Column(name: "about", kind: .text)]
    ),
  ]

  static let text = """
    vocabulary: small
    version: 1.0.0
    terms:
      drug:
        family: {}
        first_drug: {is: family, label: the first}
        second_drug: {is: family}
        other_drug: {}
      level: {mild: {}, moderate: {}, severe: {}}
      state: {taken: {}, stopped: {}}
      check: {blood: {}, urine: {}, scan: {}, visit: {}}
    facts:
      flag.p: {type: yes_no, ask: "Is it p?"}
      flag.q: {type: yes_no}
      flag.r: {type: yes_no, ask: "Is it r?"}
      choice.drug: {type: one of drug, ask: "Which drug?"}
      choice.second: {type: one of drug}
      choice.third: {type: one of drug}
      choice.grade: {type: one of level, ordered: true}
      choice.degree: {type: one of level, ordered: true}
      size.x: {type: quantity, unit: mg, range: 0 .. 9}
      size.y: {type: quantity, unit: mg, valid_for: 5 d}
      size.z: {type: quantity, unit: mg}
      share.s: {type: quantity, unit: "%"}
      number.n: {type: whole_number}
      day.start: {type: date}
      day.end: {type: date}
      remark.text: {type: text}
      chosen: {type: set of drug}
      lab.a: {type: series of quantity, unit: mg, range: 0 .. 9}
      lab.b: {type: series of quantity, unit: mg}
    records:
      medication:
        ask: "Which drugs?"
        fields:
          agent: {type: one of drug}
          status: {type: one of state}
          dose: {type: quantity, unit: mg}
          start: {type: date}
      event:
        fields:
          grade: {type: one of level}
          suspect: {type: one of drug}
      link:
        fields:
          source: {type: one of drug}
          target: {type: one of drug}
      path:
        fields:
          head: {type: one of drug}
          tail: {type: one of drug}
      mark:
        fields:
          bearer: {type: one of drug}
          size: {type: quantity, unit: mg}
    conclusions:
      recommend:
        subject: one of drug
        graded: yes
        fields: {line: one of level, dose: quantity mg, rank: whole_number}
      against: {subject: one of drug, graded: yes, fields: {line: one of level}}
      test: {subject: one of check, fields: {before: one of drug, due: date, about: text}}
    conflicts:
      - {between: [recommend, against], same: [subject, line]}
      - {between: [against, recommend], same: [subject]}

    """
}
