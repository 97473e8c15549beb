import CKernels

// Loop nests: how an op walks arrays of any strides.

extension ck_nest {
  /// The loop nest over `shape`, with sizes of 1 left out and dimensions merged that all operands walk
  /// as one.
  init(collapsing shape: [Int], _ operands: [Operand]) {
    self.init()
    self.operands = Int32(operands.count)
    withUnsafeMutableBytes(of: &item) { bytes in
      let sizes = bytes.bindMemory(to: Int32.self)
      for (k, operand) in operands.enumerated() { sizes[k] = Int32(operand.itemSize) }
    }
    // Without arrays of strides on the way: a small op is over in a microsecond.
    withUnsafeTemporaryAllocation(of: Int.self, capacity: operands.count) { strides in
      var rowMajor = 1
      for d in shape.indices.reversed() where shape[d] != 1 {
        for (k, operand) in operands.enumerated() {
          strides.initializeElement(at: k, to: operand.strides?[d] ?? rowMajor)
        }
        require(
          ck_add_loop(&self, shape[d], strides.baseAddress!) != 0,
          "the shape \(shape) needs more than the \(CK_MAX_RANK) nested loops that are supported")
        rowMajor &*= shape[d]
      }
    }
    if rank == 0 {
      rank = 1
      self.shape.0 = 1
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
