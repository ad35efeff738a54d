/// One pass over one value.
struct JSONSchemaRun {
  typealias Failure = JSONSchemaValidator.Failure

  let schemas: JSONSchemaFiles

  /// What is wrong with the value according to the schema at this place.
  func check(_ value: JSONValue, _ place: JSONSchemaPlace, _ path: String) -> [Failure] {
    if case .bool(let allowed) = place.schema {
      return allowed ? [] : [Failure(path: path, message: "nothing may stand here")]
    }
    let keywords = place.schema.object ?? [:]
    var failures = checkKind(value, keywords, path)
    failures += checkApplicators(value, keywords, place.file, path)
    switch value {
    case .string(let text): failures += checkText(text, keywords, path)
    case .number(let number): failures += checkNumber(number, keywords, path)
    case .array(let items): failures += checkItems(items, keywords, place.file, path)
    case .object(let members): failures += checkMembers(members, keywords, place.file, path)
    case .null, .bool: break
    }
    return failures
  }

  private func fits(_ value: JSONValue, _ schema: JSONValue, _ file: String, _ path: String) -> Bool {
    check(value, JSONSchemaPlace(file: file, schema: schema), path).isEmpty
  }

  private func matches(_ text: String, _ pattern: String) -> Bool {
    // The audit has compiled every pattern of these files.
    schemas.patterns[pattern].map { text.firstMatch(of: $0) != nil } ?? false
  }
}

// MARK: Any value

extension JSONSchemaRun {
  private func checkKind(_ value: JSONValue, _ keywords: [String: JSONValue], _ path: String) -> [Failure] {
    var failures: [Failure] = []
    if let type = keywords["type"] {
      let names = (type.items ?? [type]).compactMap(\.text)
      if !names.contains(where: { Self.isType(value, $0) }) {
        failures.append(Failure(path: path, message: "\(value.typeName), where \(names) belongs"))
      }
    }
    if let allowed = keywords["enum"]?.items, !allowed.contains(value) {
      failures.append(Failure(path: path, message: "none of \(allowed.map(\.short))"))
    }
    if let constant = keywords["const"], constant != value {
      failures.append(Failure(path: path, message: "not \(constant.short)"))
    }
    return failures
  }

  private static func isType(_ value: JSONValue, _ name: String) -> Bool {
    guard name == "integer" else { return value.typeName == name }
    return value.number.map { $0 == $0.rounded() } ?? false
  }

  private func checkApplicators(
    _ value: JSONValue, _ keywords: [String: JSONValue], _ file: String, _ path: String
  ) -> [Failure] {
    var failures: [Failure] = []
    if let reference = keywords["$ref"]?.text, let target = schemas.resolve(reference, from: file) {
      failures += check(value, target, path)
    }
    for schema in keywords["allOf"]?.items ?? [] {
      failures += check(value, JSONSchemaPlace(file: file, schema: schema), path)
    }
    if let alternatives = keywords["anyOf"]?.items {
      failures += checkAlternatives(value, alternatives, atMost: alternatives.count, file, path)
    }
    if let alternatives = keywords["oneOf"]?.items {
      failures += checkAlternatives(value, alternatives, atMost: 1, file, path)
    }
    if let refused = keywords["not"], fits(value, refused, file, path) {
      failures.append(Failure(path: path, message: "fits what is excluded\(refused.object?["title"]?.quoted ?? "")"))
    }
    if let condition = keywords["if"] {
      let branch = fits(value, condition, file, path) ? keywords["then"] : keywords["else"]
      if let branch { failures += check(value, JSONSchemaPlace(file: file, schema: branch), path) }
    }
    return failures
  }

  private func checkAlternatives(
    _ value: JSONValue, _ alternatives: [JSONValue], atMost limit: Int, _ file: String, _ path: String
  ) -> [Failure] {
    let results = alternatives.map { check(value, JSONSchemaPlace(file: file, schema: $0), path) }
    let fitting = results.filter(\.isEmpty).count
    if fitting > limit {
      return [Failure(path: path, message: "fits \(fitting) of the alternatives, where one belongs")]
    }
    guard fitting == 0 else { return [] }
    // The alternative with the deepest complaint is the one that was meant.
    let nearest = results.max { Self.depth($0) < Self.depth($1) } ?? []
    return [Failure(path: path, message: "fits none of the \(alternatives.count) alternatives")] + nearest
  }

  private static func depth(_ failures: [Failure]) -> Int {
    failures.map { $0.path.utf8.count }.max() ?? 0
  }
}

// MARK: Texts, numbers, lists, mappings

extension JSONSchemaRun {
  private func checkText(_ text: String, _ keywords: [String: JSONValue], _ path: String) -> [Failure] {
    var failures: [Failure] = []
    let length = Double(text.unicodeScalars.count)
    if let least = keywords["minLength"]?.number, length < least {
      failures.append(Failure(path: path, message: "shorter than \(Int(least))"))
    }
    if let most = keywords["maxLength"]?.number, length > most {
      failures.append(Failure(path: path, message: "longer than \(Int(most))"))
    }
    if let pattern = keywords["pattern"]?.text, !matches(text, pattern) {
      failures.append(Failure(path: path, message: "`\(text)` does not match \(pattern)"))
    }
    if let format = keywords["format"]?.text, let pattern = JSONSchemaAudit.formats[format], !matches(text, pattern) {
      failures.append(Failure(path: path, message: "`\(text)` is no \(format)"))
    }
    return failures
  }

  private func checkNumber(_ number: Double, _ keywords: [String: JSONValue], _ path: String) -> [Failure] {
    var failures: [Failure] = []
    if let least = keywords["minimum"]?.number, number < least {
      failures.append(Failure(path: path, message: "less than \(least)"))
    }
    if let most = keywords["maximum"]?.number, number > most {
      failures.append(Failure(path: path, message: "more than \(most)"))
    }
    return failures
  }

  private func checkItems(
    _ items: [JSONValue], _ keywords: [String: JSONValue], _ file: String, _ path: String
  ) -> [Failure] {
    var failures = Self.checkCount(items.count, keywords["minItems"], keywords["maxItems"], "items", path)
    if keywords["uniqueItems"] == true, Set(items).count < items.count {
      failures.append(Failure(path: path, message: "an item stands here twice"))
    }
    let leading = keywords["prefixItems"]?.items ?? []
    for (index, item) in items.enumerated() {
      guard let schema = index < leading.count ? leading[index] : keywords["items"] else { continue }
      failures += check(item, JSONSchemaPlace(file: file, schema: schema), "\(path)/\(index)")
    }
    return failures
  }

  private func checkMembers(
    _ members: [String: JSONValue], _ keywords: [String: JSONValue], _ file: String, _ path: String
  ) -> [Failure] {
    var failures = Self.checkCount(
      members.count, keywords["minProperties"], keywords["maxProperties"], "keys", path)
    for name in keywords["required"]?.items ?? [] {
      guard let name = name.text, members[name] == nil else { continue }
      failures.append(Failure(path: path, message: "the key `\(name)` is missing"))
    }
    for (name, value) in members.sorted(by: { $0.key < $1.key }) {
      failures += checkMember(name, value, keywords, file, path)
    }
    return failures
  }

  private func checkMember(
    _ name: String, _ value: JSONValue, _ keywords: [String: JSONValue], _ file: String, _ path: String
  ) -> [Failure] {
    let place = "\(path)/\(name)"
    var failures: [Failure] = []
    if let names = keywords["propertyNames"], !fits(.string(name), names, file, place) {
      failures.append(Failure(path: path, message: "the key `\(name)` has not the form it must have"))
    }
    var schemas = (keywords["patternProperties"]?.object ?? [:]).filter { matches(name, $0.key) }.map(\.value)
    if let schema = keywords["properties"]?.object?[name] { schemas.append(schema) }
    if schemas.isEmpty, let rest = keywords["additionalProperties"] {
      guard rest != false else {
        return failures + [Failure(path: path, message: "the key `\(name)` is not known here")]
      }
      schemas.append(rest)
    }
    for schema in schemas {
      failures += check(value, JSONSchemaPlace(file: file, schema: schema), place)
    }
    return failures
  }

  private static func checkCount(
    _ count: Int, _ least: JSONValue?, _ most: JSONValue?, _ what: String, _ path: String
  ) -> [Failure] {
    if let least = least?.number, Double(count) < least {
      return [Failure(path: path, message: "\(count) \(what), where at least \(Int(least)) belong")]
    }
    if let most = most?.number, Double(count) > most {
      return [Failure(path: path, message: "\(count) \(what), where at most \(Int(most)) belong")]
    }
    return []
  }
}

extension JSONValue {
  /// A short form for messages.
  fileprivate var short: String {
    switch self {
    case .string(let text): text
    case .bool(let value): "\(value)"
    case .number(let value): "\(value)"
    default: typeName
    }
  }

  fileprivate var quoted: String { text.map { " (\($0))" } ?? "" }
}
