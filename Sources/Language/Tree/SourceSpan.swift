/// A half-open range of UTF-8 offsets in one source text.
///
/// `source` says which text: the runtime numbers every compiled cell and every embedded library file. Lines and columns are
/// computed only when a message is rendered.
package struct SourceSpan: Equatable, Hashable {
  package var source: UInt32
  package var lo: UInt32
  package var hi: UInt32

  package init(source: UInt32 = 0, lo: UInt32, hi: UInt32) {
    self.source = source
    self.lo = lo
    self.hi = hi
  }

  /// The smallest span that covers both.
  package func union(_ other: SourceSpan) -> SourceSpan {
    SourceSpan(source: source, lo: min(lo, other.lo), hi: max(hi, other.hi))
  }
}
