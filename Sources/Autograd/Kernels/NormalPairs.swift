import CKernels

/// The Box–Muller method for many numbers at once, with vectorised functions.
struct NormalPairs<T: RandomReal> {
  private let mean: T
  private let std: T
  private let log: ck_map_fn
  private let sin: ck_map_fn
  private let cos: ck_map_fn
  /// The number of pairs per iteration, so that the buffers fit the first-level cache.
  private static var chunk: Int { 512 }

  init(_ dtype: DType, _ mean: T, _ std: T) {
    self.mean = mean
    self.std = std
    log = Kernels.elementwise(.log, dtype, op: "normal_")
    sin = Kernels.elementwise(.sin, dtype, op: "normal_")
    cos = Kernels.elementwise(.cos, dtype, op: "normal_")
  }

  /// Transforms each 16 uniform numbers of `x`, in [0, 1), to normal ones: the i-th, u, and the (i
  /// + 8)-th, v, become mean + std·r·cos(2πv) and mean + std·r·sin(2πv) with r = √(−2 ln(1 − u)).
  func transform(_ x: UnsafeMutableBufferPointer<T>) {
    launch((), units: x.count / 16, cost: 16 * 8) { blocks in
      transformPart(.init(rebasing: x[16 * blocks.lowerBound..<16 * blocks.upperBound]))
    }
  }

  private func transformPart(_ x: UnsafeMutableBufferPointer<T>) {
    withUnsafeTemporaryAllocation(of: T.self, capacity: 4 * Self.chunk) { scratch in
      for start in stride(from: 0, to: x.count / 2, by: Self.chunk) {
        let end = min(start + Self.chunk, x.count / 2)
        transform(.init(rebasing: x[2 * start..<2 * end]), scratch.baseAddress!)
      }
    }
  }

  private func transform(_ x: UnsafeMutableBufferPointer<T>, _ scratch: UnsafeMutablePointer<T>) {
    let count = x.count / 2
    let (u, v) = (scratch, scratch + Self.chunk)
    let (sine, cosine) = (scratch + 2 * Self.chunk, scratch + 3 * Self.chunk)
    // Not T.pi, which is rounded towards zero.
    let turn = T(2 * Double.pi)
    for block in 0..<count / 8 {
      for j in 0..<8 {
        u[8 * block + j] = 1 - x[16 * block + j]
        v[8 * block + j] = turn * x[16 * block + 8 + j]
      }
    }
    ck_map1(log, Int64(count), u, u, Parameters())
    ck_map1(sin, Int64(count), sine, v, Parameters())
    ck_map1(cos, Int64(count), cosine, v, Parameters())
    for i in 0..<count { u[i] = (-2 * u[i]).squareRoot() }
    for block in 0..<count / 8 {
      for j in 0..<8 {
        let i = 8 * block + j
        x[16 * block + j] = u[i] * cosine[i] * std + mean
        x[16 * block + 8 + j] = u[i] * sine[i] * std + mean
      }
    }
  }
}
