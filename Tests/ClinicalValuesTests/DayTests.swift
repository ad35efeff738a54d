import ClinicalValues
import Foundation
import Testing

struct DayTests {
  private static let calendar: Calendar = {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    return calendar
  }()

  @Test func `every day of a hundred and thirty years agrees with the calendar of the system`() throws {
    for number in Int32(-25_567)...22_000 {
      let date = Date(timeIntervalSince1970: Double(number) * 86_400)
      let parts = Self.calendar.dateComponents([.year, .month, .day], from: date)
      let day = Day(number: number)
      #expect(day.year == parts.year && day.month == parts.month && day.day == parts.day)
      #expect(Day(year: day.year, month: day.month, day: day.day) == day)
      #expect(Day(iso: day.iso) == day)
    }
  }

  @Test(arguments: [
    ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
  ])
  func `known days have known numbers`(text: String, number: Int32) throws {
    let day = try #require(Day(iso: text))
    #expect(day.number == number)
    #expect(day.iso == text)
  }

  @Test func `days keep their order and their distance over the whole range`() throws {
    var previous = try #require(Day(iso: "0001-01-01"))
    for year in 1...9999 {
      let last = try #require(Day(year: year, month: 12, day: 31))
      let isLeap = Day(year: year, month: 2, day: 29) != nil
      #expect(last.number - previous.number + 1 == (isLeap ? 366 : 365))
      #expect(previous < last)
      previous = Day(number: last.number + 1)
    }
  }

  @Test(arguments: [
    "", "2026-2-3", "2026/02/03", "26-02-03", "2026-02-03T00:00", " 2026-02-03", "2026-02-03 ", "+026-02-03",
    "2026-02-0x", "٢٠٢٦-٠٢-٠٣", "-001-01-01", "2026-02-", "20260203", "2026-02-033",
  ])
  func `what is not written as year, month and day is malformed`(text: String) {
    #expect(Day.read(iso: text) == .failure(.malformed))
    #expect(Day(iso: text) == nil)
  }

  @Test(arguments: [
    ("2026-02-30", "February 2026 has 28 days"), ("2024-02-30", "February 2024 has 29 days"),
    ("1900-02-29", "February 1900 has 28 days"), ("2026-04-31", "April 2026 has 30 days"),
    ("2026-01-00", "January 2026 has 31 days"), ("2026-13-01", "there is no month 13"),
    ("2026-00-01", "there is no month 0"), ("0000-01-01", "years run from 0001 to 9999"),
    ("2026-2-3", "a date is written `YYYY-MM-DD`"),
  ])
  func `a day that does not exist says why`(text: String, message: String) {
    guard case .failure(let problem) = Day.read(iso: text) else {
      Issue.record("\(text) was read")
      return
    }
    #expect(problem.message == message)
  }

  @Test func `a day outside four-digit years can be written and is not read`() {
    #expect(Day(number: .max).iso == "+5881580-07-11")
    #expect(Day(number: .min).iso == "-5877641-06-23")
    #expect(Day(Rational(2_932_897)) == nil)
    #expect(Day(Rational(Int64.max)) == nil)
    #expect(Day(Rational(numerator: 1, denominator: 2)!) == nil)
    #expect(Day(Rational(-719_162))?.iso == "0001-01-01")
  }
}
