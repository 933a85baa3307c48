import XCTest

@testable import Tensor

/// Subscripts against a slow implementation of NumPy's rules.
final class IndexingTests: XCTestCase {
  private struct Numbers {
    var state: UInt64
    mutating func next(_ n: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % n
    }
  }

  private func values(_ x: Tensor) -> [Int] { x.uncheckedElementIndices().map { x.int(at: $0) } }

  /// Random subscripts of ints, slices, None, `...`, index tensors and masks pick the same elements.
  func testRandomSubscripts() throws {
    var random = Numbers(state: 42)
    for round in 0..<400 {
      let shape = (0..<(1 + random.next(3))).map { _ in 1 + random.next(4) }
      let count = shape.reduce(1, *)
      var x = try Tensor.make(Array(0..<count), Dims(shape), .int64)
      if shape.count == 2 && random.next(2) == 0 { x = try Operations.transpose(x, 0, 1) }
      var indices: [Index] = []
      var usedEllipsis = false
      var dim = 0
      let common = [1 + random.next(2)]
      while dim < x.ndim {
        switch random.next(8) {
        case 0, 1: indices.append(.int(random.next(2 * x.shape[dim]) - x.shape[dim]))
        case 2:
          indices.append(.slice(random.next(6) - 2, random.next(6) - 1, 1 + random.next(2)))
        case 3: indices.append(.slice(nil, nil, nil))
        case 4:
          indices.append(.none)
          continue
        case 5:
          if !usedEllipsis {
            usedEllipsis = true
            indices.append(.ellipsis)
          }
          dim += x.ndim
          continue
        case 6:
          let positions = (0..<common[0]).map { _ in random.next(2 * x.shape[dim]) - x.shape[dim] }
          indices.append(.tensor(try Tensor.vector(positions)))
        default: indices.append(.slice(random.next(3), nil, nil))
        }
        dim += 1
      }
      let expected = try Reference.pick(x, indices)
      let result = try Indexing.get(x, indices)
      XCTAssertEqual(result.shape.array, expected.shape, "round \(round): \(x.shape.array) \(indices)")
      XCTAssertEqual(values(result), expected.values, "round \(round): \(x.shape.array) \(indices)")

      // Assignment changes just the picked elements.
      let target = try x.copied()
      try Indexing.set(target, indices, .int(-7))
      let picked = Set(expected.values)
      for (new, old) in zip(values(target), values(x)) {
        XCTAssertEqual(new, picked.contains(old) ? -7 : old, "round \(round) set")
      }
    }
  }

  func testMasks() throws {
    let x = try Tensor.make(Array(0..<6), [2, 3], .int64)
    let mask = try Tensor.make([true, false, true, false, false, true], [2, 3], .bool)
    XCTAssertEqual(values(try Indexing.get(x, [.tensor(mask)])), [0, 2, 5])
    let rows = try Tensor.make([false, true], [2], .bool)
    XCTAssertEqual(values(try Indexing.get(x, [.tensor(rows), .int(1)])), [4])
    let cube = try Tensor.make(Array(0..<24), [2, 3, 4], .int64)
    let part = try Indexing.get(cube, [.tensor(mask), .slice(1, 3, nil)])
    XCTAssertEqual(part.shape.array, [3, 2])
    XCTAssertEqual(values(part), [1, 2, 9, 10, 21, 22])
    XCTAssertEqual(try Indexing.get(x, [.bool(true)]).shape.array, [1, 2, 3])
    XCTAssertEqual(try Indexing.get(x, [.bool(false)]).shape.array, [0, 2, 3])
  }

  func testErrors() throws {
    let x = try Tensor.make(Array(0..<6), [2, 3], .int64)
    func message(_ indices: [Index]) -> String {
      do throws(TensorError) { _ = try Indexing.get(x, indices) } catch {
        return "\(error.kind.rawValue): \(error.message)"
      }
      return "none"
    }
    XCTAssertEqual(message([.int(2)]), "IndexError: index 2 is out of bounds for dimension 0 with size 2")
    XCTAssertEqual(message([.ellipsis, .int(9)]), "IndexError: index 9 is out of bounds for dimension 1 with size 3")
    XCTAssertEqual(message([.int(0), .int(0), .int(0)]), "IndexError: too many indices for tensor of dimension 2")
    XCTAssertEqual(message([.slice(nil, nil, -1)]), "ValueError: step must be greater than zero")
    XCTAssertEqual(
      message([.tensor(try Tensor.vector([0, 5]))]), "IndexError: index 5 is out of bounds for dimension 0 with size 2")
    XCTAssertEqual(
      message([.tensor(try Tensor.vector([0, 1])), .tensor(try Tensor.vector([0, 1, 2]))]),
      "IndexError: shape mismatch: indexing tensors could not be broadcast together with shapes [2], [3]")
    XCTAssertEqual(
      message([.tensor(try Tensor.make([true, false, true], [3], .bool))]),
      "IndexError: The shape of the mask [3] at index 0 does not match the shape of the indexed tensor [2, 3] at index 0"
    )
    XCTAssertThrowsError(try Indexing.get(Tensor.scalar(.float(1), .float32), 0))
  }
}

/// NumPy's indexing, element by element.
private enum Reference {
  private enum Part {
    case range([Int])
    case new
    case pick([Int])
  }

  static func pick(_ x: Tensor, _ indices: [Index]) throws -> (shape: [Int], values: [Int]) {
    var parts: [Part] = []
    let used = indices.filter {
      switch $0 {
      case .none, .ellipsis: false
      default: true
      }
    }.count
    var dim = 0
    for index in indices {
      switch index {
      case .int(let i):
        // A single number takes its dimension away; it is kept as an empty marker.
        parts.append(.range([i < 0 ? i + x.shape[dim] : i, -1]))
        dim += 1
      case .slice(let start, let stop, let step):
        let size = x.shape[dim]
        func bound(_ b: Int) -> Int { b < 0 ? max(b + size, 0) : min(b, size) }
        parts.append(
          .range(
            Array(Swift.stride(from: start.map(bound) ?? 0, to: stop.map(bound) ?? size, by: step ?? 1)) + [-2]))
        dim += 1
      case .none: parts.append(.new)
      case .ellipsis:
        for _ in 0..<(x.ndim - used) {
          parts.append(.range(Array(0..<x.shape[dim]) + [-2]))
          dim += 1
        }
      case .tensor(let t):
        parts.append(.pick(t.uncheckedElementIndices().map { t.int(at: $0) }.map { $0 < 0 ? $0 + x.shape[dim] : $0 }))
        dim += 1
      case .bool: break
      }
    }
    while dim < x.ndim {
      parts.append(.range(Array(0..<x.shape[dim]) + [-2]))
      dim += 1
    }
    // Numbers first, as PyTorch takes them before it looks at index tensors.
    let kept = parts.filter { if case .range(let r) = $0, r.last == -1 { return false } else { return true } }
    let places = kept.indices.filter { if case .pick = kept[$0] { return true } else { return false } }
    let isAdjacent = places.isEmpty || places.last! - places.first! == places.count - 1
    let picks = places.map { i -> [Int] in if case .pick(let p) = kept[i] { return p } else { return [] } }
    let picked = picks.map(\.count).max() ?? 0
    // Axes of the result: the picked axis in place of the adjacent ones or in front.
    enum Axis { case picked, part(Int) }
    var axes: [Axis] = []
    for i in kept.indices {
      if places.contains(i) {
        if isAdjacent && i == places.first { axes.append(.picked) }
      } else {
        axes.append(.part(i))
      }
    }
    if !isAdjacent { axes.insert(.picked, at: 0) }
    func length(_ axis: Axis) -> Int {
      switch axis {
      case .picked: return picked
      case .part(let i): if case .range(let r) = kept[i] { return r.count - 1 } else { return 1 }
      }
    }
    let shape = axes.map(length)
    var values: [Int] = []
    func visit(_ depth: Int, _ chosen: [Int]) {
      if depth < axes.count {
        for k in 0..<shape[depth] { visit(depth + 1, chosen + [k]) }
        return
      }
      var coordinates: [Int] = []
      for (i, part) in kept.enumerated() {
        switch part {
        case .new: break
        case .range(let r):
          let axis = axes.firstIndex { if case .part(let j) = $0 { return j == i } else { return false } }!
          coordinates.append(r[chosen[axis]])
        case .pick(let p):
          let axis = axes.firstIndex { if case .picked = $0 { return true } else { return false } }!
          coordinates.append(p[p.count == 1 ? 0 : chosen[axis]])
        }
      }
      var place = x.offset
      var k = 0
      var d = 0
      for part in parts {
        switch part {
        case .new: continue
        case .range(let r) where r.last == -1:
          place += r[0] * x.strides[d]
        case .range, .pick:
          place += coordinates[k] * x.strides[d]
          k += 1
        }
        d += 1
      }
      values.append(x.int(at: place))
    }
    visit(0, [])
    return (shape, values)
  }
}
