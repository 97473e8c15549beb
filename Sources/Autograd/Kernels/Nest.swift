import CKernels

// Loop nests: how an op walks arrays of any strides.

extension ck_nest {
  /// The loop nest over `shape`, with sizes of 1 left out and dimensions merged that all operands walk
  /// as one.
  init(collapsing shape: [Int], _ operands: [Operand]) {
    self.init()
    self.operands = Int32(operands.count)
    let strides = operands.map { $0.strides ?? Layout.rowMajorStrides(shape) }
    var dims: [(size: Int, strides: [Int])] = []
    for d in shape.indices.reversed() where shape[d] != 1 {
      let here = strides.map { $0[d] }
      if let last = dims.last, zip(here, last.strides).allSatisfy({ $0 == $1 * last.size }) {
        dims[dims.count - 1].size *= shape[d]
      } else {
        dims.append((shape[d], here))
      }
    }
    if dims.isEmpty { dims.append((1, strides.map { _ in 0 })) }
    require(
      dims.count <= Int(CK_MAX_RANK),
      "the shape \(shape) needs \(dims.count) nested loops; at most \(CK_MAX_RANK) are supported")
    rank = Int32(dims.count)
    withUnsafeMutableBytes(of: &self.shape) { bytes in
      let sizes = bytes.bindMemory(to: Int64.self)
      for (d, dim) in dims.enumerated() { sizes[d] = Int64(dim.size) }
    }
    withUnsafeMutableBytes(of: &stride) { bytes in
      let table = bytes.bindMemory(to: Int64.self)
      for (d, dim) in dims.enumerated() {
        for (k, s) in dim.strides.enumerated() { table[d * Int(CK_MAX_OPERANDS) + k] = Int64(s) }
      }
    }
    withUnsafeMutableBytes(of: &item) { bytes in
      let sizes = bytes.bindMemory(to: Int32.self)
      for (k, operand) in operands.enumerated() { sizes[k] = Int32(operand.itemSize) }
    }
  }

  /// Reorders the loops, where their order does not matter: innermost the one along which y lies densest;
  /// then, if the first input that is walked in longer steps there lies denser along another, that one.
  mutating func putNeighboursFirst() {
    let rank = Int(rank)
    if rank < 2 { return }
    func stride(_ d: Int, _ k: Int) -> Int64 {
      withUnsafeBytes(of: self.stride) {
        abs($0.bindMemory(to: Int64.self)[d * Int(CK_MAX_OPERANDS) + k])
      }
    }
    exchange(0, (0..<rank).min { stride($0, 0) < stride($1, 0) }!)
    guard let k = (1..<Int(operands)).first(where: { stride(0, $0) > 1 }) else { return }
    let next = (1..<rank).min { stride($0, k) < stride($1, k) }!
    if stride(next, k) < stride(0, k), stride(next, k) > 0 { exchange(1, next) }
  }

  private mutating func exchange(_ a: Int, _ b: Int) {
    if a == b { return }
    withUnsafeMutableBytes(of: &shape) {
      $0.bindMemory(to: Int64.self).swapAt(a, b)
    }
    let width = Int(CK_MAX_OPERANDS)
    withUnsafeMutableBytes(of: &stride) { bytes in
      let table = bytes.bindMemory(to: Int64.self)
      for k in 0..<width { table.swapAt(a * width + k, b * width + k) }
    }
  }

  /// How many rows one thread should have at least, if `elements` are worth starting it: whole tiles of
  /// them where an input is transposed on the way. (Of a single run, how many elements.)
  func fewestRows(elements: Int) -> Int {
    if rank == 1 { return elements }
    let rows = max(1, elements / Int(shape.0))
    let isTiled = withUnsafePointer(to: self) { nest in
      (1..<operands).contains { ck_lies_across(nest, $0) != 0 }
    }
    return isTiled ? (rows + 63) / 64 * 64 : rows
  }
}
