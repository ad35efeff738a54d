extension GuidelineGraph {
  /// For Graphviz.
  public var dot: String {
    var lines = ["digraph guideline {", "  rankdir=LR;", "  node [fontname=\"Helvetica\"];"]
    for node in nodes { lines.append("  \(quoted(node.id)) [label=\(quoted(node.label)), shape=\(node.kind.shape)];") }
    for edge in edges { lines.append("  \(quoted(edge.from)) -> \(quoted(edge.to)) [\(edge.kind.style)];") }
    return (lines + ["}"]).joined(separator: "\n") + "\n"
  }

  private func quoted(_ text: String) -> String {
    var result = "\""
    for character in text {
      if character == "\"" || character == "\\" { result += "\\" }
      result.append(character.isNewline ? " " : character)
    }
    return result + "\""
  }

  /// For Mermaid, as Markdown renderers show it.
  public var mermaid: String {
    var numbers: [String: String] = [:]
    for (index, node) in nodes.enumerated() { numbers[node.id] = "n\(index)" }
    var lines = ["flowchart LR"]
    for (index, node) in nodes.enumerated() {
      let (open, close) = node.kind.brackets
      lines.append("  n\(index)\(open)\"\(escaped(node.label))\"\(close)")
    }
    for edge in edges {
      guard let from = numbers[edge.from], let to = numbers[edge.to] else { continue }
      lines.append("  \(from) \(edge.kind.arrow) \(to)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Mermaid reads `#…;` as a character by its name, inside of quotes too.
  private func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\"": result += "#quot;"
      case "#": result += "#35;"
      case "<": result += "#lt;"
      case ">": result += "#gt;"
      default: result.append(character.isNewline ? " " : character)
      }
    }
    return result
  }
}

extension GuidelineGraph.Node.Kind {
  fileprivate var shape: String {
    switch self {
    case .fact: "ellipse"
    case .record, .table: "cylinder"
    case .definition: "note"
    case .rule: "box"
    case .conclusion: "house"
    case .scope: "diamond"
    case .invariant: "octagon"
    }
  }

  fileprivate var brackets: (String, String) {
    switch self {
    case .fact: ("([", "])")
    case .record, .table: ("[(", ")]")
    case .definition: ("[/", "/]")
    case .rule: ("[", "]")
    case .conclusion: (">", "]")
    case .scope: ("{", "}")
    case .invariant: ("{{", "}}")
    }
  }
}

extension GuidelineGraph.Edge.Kind {
  fileprivate var style: String {
    switch self {
    case .reads: "style=solid"
    case .derives: "style=dashed"
    case .limits: "style=dotted, label=\"scope\""
    case .excepts: "style=solid, color=red, label=\"unless\""
    case .concludes: "style=bold"
    case .overrides: "style=dashed, color=red, label=\"overrides\""
    }
  }

  fileprivate var arrow: String {
    switch self {
    case .reads: "-->"
    case .derives: "-.->"
    case .limits: "-. scope .->"
    case .excepts: "-- unless -->"
    case .concludes: "==>"
    case .overrides: "-. overrides .->"
    }
  }
}
