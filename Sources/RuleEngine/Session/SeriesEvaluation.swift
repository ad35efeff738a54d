import ClinicalValues

/// How surely a point belongs to the part of a series that is looked at.
struct SeriesMember {
  var point: SeriesPoint
  var member: Truth

  /// The day, if it is known.
  var day: Rational? {
    guard point.day.isKnown, case .interval(let interval) = point.day.values else { return nil }
    return interval.single
  }
}

extension Session {
  /// The points that are or may be in the window; nil: the series is not given.
  mutating func members(_ slot: SeriesSlotID, _ window: WindowID?, _ reading: Reading) -> [SeriesMember]? {
    guard series.isGiven(slot.index) else { return nil }
    var members: [SeriesMember] = []
    for place in series.range(slot.index) {
      let point = series.points[place]
      let member = membership(point, window, reading)
      guard member != .no else { continue }
      members.append(SeriesMember(point: SeriesPoint(day: pool[point.day], value: pool[point.value]), member: member))
    }
    return members
  }

  /// How surely each point of a series is in the window.
  mutating func memberships(_ slot: SeriesSlotID, _ window: WindowID?, _ reading: Reading) -> [Truth] {
    series.range(slot.index).map { membership(series.points[$0], window, reading) }
  }

  /// How surely a point is in the window; points after today do not exist yet.
  private mutating func membership(_ point: InternedPoint, _ window: WindowID?, _ reading: Reading) -> Truth {
    let packed = pool.packed[point.day.index]
    if let day = packed.whole {
      guard day <= Int64(today.number) else { return .no }
      guard let window else { return .yes }
      if case .within(let days) = tables.windows[window.index], let length = pool.packed[days.index].whole {
        let (age, isBeyond) = Int64(today.number).subtractingReportingOverflow(day)
        return Truth(!isBeyond && age <= length)
      }
    }
    guard packed.isKnown, case .interval(let interval) = pool[point.day].values, let day = interval.single else {
      return mayContain(window, reading) ? .unknown : .no
    }
    guard day <= Rational(Int64(today.number)) else { return .no }
    return inWindow(day, window, reading)
  }

  private mutating func inWindow(_ day: Rational, _ window: WindowID?, _ reading: Reading) -> Truth {
    guard let window else { return .yes }
    switch tables.windows[window.index] {
    case .within(let days):
      guard case .interval(let interval) = pool[days].values, let length = interval.single,
        let age = Rational(Int64(today.number)).subtracting(day)
      else { return .unknown }
      return Truth(age <= length)
    case .since(let start): return Estimate.exactly(day).compared(.greaterOrEqual, to: estimate(start, reading))
    }
  }

  /// A window that begins with a date that does not exist contains nothing.
  private mutating func mayContain(_ window: WindowID?, _ reading: Reading) -> Bool {
    guard let window, case .since(let start) = tables.windows[window.index] else { return true }
    return !estimate(start, reading).isNone
  }

  mutating func anyPoint(
    _ slot: SeriesSlotID, _ window: WindowID?, _ inner: ConditionID, _ reading: Reading
  ) -> Truth {
    guard series.isGiven(slot.index) else { return .unknown }
    let outer = currentPoint
    defer { currentPoint = outer }
    var result = Truth.no
    for place in series.range(slot.index) where result != .yes {
      let point = series.points[place]
      let member = membership(point, window, reading)
      guard member > result else { continue }
      currentPoint = point.value
      result = max(result, min(member, truth(inner, reading)))
    }
    return result
  }

  mutating func countPoints(_ slot: SeriesSlotID, _ window: WindowID?, _ reading: Reading) -> Estimate {
    guard let members = members(slot, window, reading) else {
      return .interval(Interval(low: .finite(Rational(0)), high: .positiveInfinity))
    }
    let certain = members.count { $0.member == .yes }
    return Self.count(from: certain, to: members.count)
  }

  static func count(from low: Int, to high: Int?) -> Estimate {
    .interval(
      Interval(
        low: .finite(Rational(Int64(low))), high: high.map { .finite(Rational(Int64($0))) } ?? .positiveInfinity))
  }

  mutating func point(_ pick: PointPick, _ slot: SeriesSlotID, _ window: WindowID?, _ reading: Reading) -> Estimate {
    let full = pool[tables.seriesFulls[slot.index]]
    guard let members = members(slot, window, reading), members.contains(where: { $0.member == .yes }) else {
      return full
    }
    switch pick {
    case .latest, .earliest:
      let candidates = Self.candidates(members, latest: pick == .latest)
      return Self.join(candidates.map(\.point.value)) ?? full
    case .highest, .lowest: return Self.extreme(members, isHighest: pick == .highest) ?? full
    }
  }

  /// The points that may be the last (or first): certain ones of that day, and uncertain ones that are not before it.
  private static func candidates(_ members: [SeriesMember], latest: Bool) -> [SeriesMember] {
    let days = members.filter { $0.member == .yes }.compactMap(\.day)
    guard let day = latest ? days.max() : days.min() else { return [] }
    return members.filter { member in
      guard let own = member.day else { return true }
      return member.member == .yes ? own == day : latest ? own >= day : own <= day
    }
  }

  private static func join(_ estimates: [Estimate]) -> Estimate? {
    guard let first = estimates.first else { return nil }
    return estimates.dropFirst().reduce(first) { $0.joined(with: $1) }
  }

  private static func extreme(_ members: [SeriesMember], isHighest: Bool) -> Estimate? {
    var certain: Interval?
    var possible: Interval?
    for member in members {
      guard case .interval(let interval) = member.point.value.values else { continue }
      possible = possible.map { isHighest ? $0.maximum(interval) : $0.minimum(interval) } ?? interval
      if member.member == .yes, !member.point.value.mayBeNone {
        certain = certain.map { isHighest ? $0.maximum(interval) : $0.minimum(interval) } ?? interval
      }
    }
    guard let possible, let certain else { return nil }
    return .interval(
      isHighest
        ? Interval(low: certain.low, high: possible.high) : Interval(low: possible.low, high: certain.high))
  }

  mutating func date(
    of pick: PointPick, _ slot: SeriesSlotID, _ window: WindowID?, _ reading: Reading
  ) -> Estimate {
    guard let members = members(slot, window, reading) else { return unknownNumber }
    let days = members.filter { $0.member == .yes }.compactMap(\.day)
    let settled = pick == .latest ? days.max() : days.min()
    let isOpen = members.contains { $0.member == .unknown }
    let limit = Bound.finite(Rational(Int64(today.number)))
    guard let day = settled else {
      return isOpen ? .interval(Interval(low: .negativeInfinity, high: limit), mayBeNone: true) : .none
    }
    guard isOpen else { return .exactly(day) }
    let beyond = pick == .latest ? limit : .negativeInfinity
    return pick == .latest
      ? .interval(Interval(low: .finite(day), high: beyond)) : .interval(Interval(low: beyond, high: .finite(day)))
  }

  mutating func change(_ isRelative: Bool, _ slot: SeriesSlotID, _ window: WindowID, _ reading: Reading) -> Estimate {
    guard let members = members(slot, window, reading), members.allSatisfy({ $0.member == .yes }) else {
      return unknownNumber
    }
    let days = Set(members.compactMap(\.day))
    guard days.count > 1,
      let last = Self.join(Self.candidates(members, latest: true).map(\.point.value)),
      let first = Self.join(Self.candidates(members, latest: false).map(\.point.value))
    else { return unknownNumber }
    let difference = combine(last, first) { $0.subtracting($1) }
    return isRelative ? combine(difference, first) { $0.divided(by: $1) } : difference
  }
}
