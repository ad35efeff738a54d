package import ClinicalValues

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Today, where the computer stands.
///
/// Only a door may ask: everything behind it is told the day.
package func localToday() -> Day {
  var now = time(nil)
  var parts = unsafe tm()
  guard unsafe localtime_r(&now, &parts) != nil,
    let day = unsafe Day(year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))
  else { return Day(number: Int32(truncatingIfNeeded: now / 86_400)) }
  return day
}

/// Waits.
package func pause(milliseconds: UInt32) { usleep(milliseconds &* 1000) }
