/// A calendar day, without a time and without a place on earth.
///
/// Counted in the Gregorian calendar, also before it was introduced. Days that are written have years 0001 to 9999;
/// reckoning may leave that range without harm.
public struct Day: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01.
  public let number: Int32

  public init(number: Int32) {
    self.number = number
  }

  /// The day of a number as expressions compute it; `nil` if it is not whole or its year is not 0001 to 9999.
  public init?(_ number: Rational) {
    guard let whole = number.whole, let small = Int32(exactly: whole) else { return nil }
    let day = Day(number: small)
    guard (1...9999).contains(day.year) else { return nil }
    self = day
  }

  /// A day of the calendar; `nil` when there is no such day or its year is not 0001 to 9999.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), (1...Self.days(inMonth: month, of: year)).contains(day)
    else { return nil }
    // Years are taken to begin in March, so that the leap day comes last and months have a simple rhythm.
    let shiftedYear = month > 2 ? year : year - 1
    let shiftedMonth = month > 2 ? month - 3 : month + 9
    let dayOfYear = (153 * shiftedMonth + 2) / 5 + day - 1
    let beforeYear = 365 * shiftedYear + shiftedYear / 4 - shiftedYear / 100 + shiftedYear / 400
    number = Int32(beforeYear + dayOfYear - Self.daysBefore1970)
  }

  /// A day written `YYYY-MM-DD`, and nothing else.
  public init?(iso text: some StringProtocol) {
    guard case .success(let day) = Self.read(iso: text) else { return nil }
    self = day
  }

  /// Reads a day written `YYYY-MM-DD`, or says what is wrong with it.
  public static func read(iso text: some StringProtocol) -> Result<Day, DateProblem> {
    guard let (year, month, day) = fields(text) else { return .failure(.malformed) }
    guard year >= 1 else { return .failure(.noSuchYear) }
    guard (1...12).contains(month) else { return .failure(.noSuchMonth(month)) }
    guard let result = Day(year: year, month: month, day: day) else {
      return .failure(.noSuchDay(year: year, month: month, days: days(inMonth: month, of: year)))
    }
    return .success(result)
  }

  public static func < (left: Day, right: Day) -> Bool { left.number < right.number }

  public var year: Int { calendar.year }
  public var month: Int { calendar.month }
  public var day: Int { calendar.day }

  /// The day as `YYYY-MM-DD`; a year beyond four digits or before 0001 keeps its sign.
  public var iso: String {
    let (year, month, day) = calendar
    let sign = year < 0 ? "-" : year > 9999 ? "+" : ""
    return sign + Self.padded(Int(year.magnitude), to: 4) + "-" + Self.padded(month, to: 2) + "-"
      + Self.padded(day, to: 2)
  }

  /// The number as expressions compute with it.
  public var rational: Rational { Rational(Int64(number)) }

  /// The days of a month, by the Gregorian leap rule.
  public static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: isLeap(year) ? 29 : 28
    default: 31
    }
  }

  /// Days from 0000-03-01 to 1970-01-01.
  private static let daysBefore1970 = 719_468
  private static let daysIn400Years = 146_097

  private static func isLeap(_ year: Int) -> Bool {
    year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
  }

  private var calendar: (year: Int, month: Int, day: Int) {
    let days = Int(number) + Self.daysBefore1970
    let cycle = (days >= 0 ? days : days - Self.daysIn400Years + 1) / Self.daysIn400Years
    let dayOfCycle = days - cycle * Self.daysIn400Years
    let yearOfCycle = (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36524 - dayOfCycle / 146_096) / 365
    let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  private static func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// The three numbers of `dddd-dd-dd`.
  private static func fields(_ text: some StringProtocol) -> (year: Int, month: Int, day: Int)? {
    var numbers = [0]
    var place = 0
    for byte in text.utf8 {
      switch (place, byte) {
      case (4, UInt8(ascii: "-")), (7, UInt8(ascii: "-")): numbers.append(0)
      case (4, _), (7, _), (10..., _): return nil
      case (_, UInt8(ascii: "0")...UInt8(ascii: "9")):
        numbers[numbers.count - 1] = numbers[numbers.count - 1] * 10 + Int(byte - UInt8(ascii: "0"))
      default: return nil
      }
      place += 1
    }
    return place == 10 ? (numbers[0], numbers[1], numbers[2]) : nil
  }
}

/// Why a text is no day.
public enum DateProblem: Error, Hashable, Sendable {
  /// It is not written `YYYY-MM-DD`.
  case malformed
  /// Years begin with 0001.
  case noSuchYear
  case noSuchMonth(Int)
  /// The month has only that many days.
  case noSuchDay(year: Int, month: Int, days: Int)

  /// The problem in words that can follow "`2026-02-30`: ".
  public var message: String {
    switch self {
    case .malformed: "a date is written `YYYY-MM-DD`"
    case .noSuchYear: "years run from 0001 to 9999"
    case .noSuchMonth(let month): "there is no month \(month)"
    case .noSuchDay(let year, let month, let days): "\(Self.name(ofMonth: month)) \(year) has \(days) days"
    }
  }

  private static func name(ofMonth month: Int) -> String {
    monthNames.indices.contains(month - 1) ? monthNames[month - 1] : "month \(month)"
  }

  private static let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
}
