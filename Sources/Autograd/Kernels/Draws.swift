import CKernels

extension Tensor {
  /// Overwrites these contiguous elements, of 4 or 8 bytes, with `value`, with probability `p`, or 0:
  /// what comparing `Double.uniform(&engine)` with p gives for each in turn.
  func fillBernoulli(_ p: Double, value: Double, _ engine: inout MersenneTwister) {
    // A draw is k/2⁵³ for an integer k.
    let threshold = UInt64((p * 0x1p53).rounded(.up))
    Tensor.withElement(.float(value), dtype) { one in
      engine.forEachRunOfPairs(numel) { first, count, words in
        ck_bernoulli(Int64(count), Int64(dtype.itemSize), words, threshold, one, address(first))
      }
    }
  }
}
