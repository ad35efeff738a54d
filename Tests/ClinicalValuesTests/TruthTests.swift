import ClinicalValues
import Testing

struct TruthTests {
  private let truths: [Truth] = [.no, .unknown, .yes]

  @Test func `no is less than unknown and unknown less than yes`() {
    #expect(truths.shuffled().sorted() == truths)
  }

  @Test func `not swaps no and yes and leaves unknown`() {
    #expect(truths.map { !$0 } == [.yes, .unknown, .no])
  }

  @Test func `and is the lesser, or the greater, and De Morgan holds`() {
    for first in truths {
      for second in truths {
        #expect(first.and(second) == min(first, second))
        #expect(first.or(second) == max(first, second))
        #expect(!first.and(second) == (!first).or(!second))
      }
    }
  }

  @Test func `all of nothing is yes and any of nothing is no`() {
    #expect(Truth.all([]) == .yes)
    #expect(Truth.any([]) == .no)
  }

  @Test func `all and any over a sequence are its least and its greatest`() {
    for first in truths {
      for second in truths {
        for third in truths {
          let sequence = [first, second, third]
          #expect(Truth.all(sequence) == sequence.min())
          #expect(Truth.any(sequence) == sequence.max())
        }
      }
    }
  }

  @Test func `joining keeps what agrees and opens what differs`() {
    #expect(Truth.yes.joined(with: .yes) == .yes)
    #expect(Truth.yes.joined(with: .no) == .unknown)
    #expect(Truth.no.joined(with: .unknown) == .unknown)
  }
}
