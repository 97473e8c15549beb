import Autograd
import TestSupport
import Testing

/// The number of threads does not change a bit of the results.
@Suite struct ThreadTests {
  private func random(_ shape: [Int]) -> Tensor {
    var random = SplitMix(seed: 7)
    let count = shape.reduce(1, *)
    return Tensor((0..<count).map { _ in Float(random.uniform() - 0.4) }, shape: shape)
  }

  private func bits(_ x: Tensor) -> [UInt32] { x.array(of: Float.self).map(\.bitPattern) }

  private func slope(of function: (Tensor) -> Tensor, at x: Tensor) -> Tensor {
    let x = x.clone()
    x.requiresGrad = true
    return grad(of: function(x), wrt: x, gradient: x.detach())
  }

  @Test func threadsDoNotChangeABit() {
    let ops: [(Tensor) -> Tensor] = [
      { $0.sum() }, { $0.sum(dim: 0) }, { $0.sum(dim: 1) }, { $0.mean() }, { $0.var(dim: 1) },
      { $0.softmax(dim: 1) }, { $0.logSoftmax(dim: 0) }, { $0.logsumexp(dim: 1) },
      { slope(of: { $0.softmax(dim: 0) }, at: $0) },
      { slope(of: { $0.logSoftmax(dim: 1) }, at: $0) },
      { $0.max(dim: 1).values }, { $0.cumsum(dim: 1) }, { $0.cumsum(dim: 0) },
      { $0.cumprod(dim: 0) }, { $0.logcumsumexp(dim: 0) }, { $0.norm(3) }, { $0.prod(dim: 0) },
      { $0.matmul($0.mT) }, { $0.mT.matmul($0) }, { linear($0, $0[0..<130], $0[0..<130, 0]) },
      { $0.reshape([300 * 77, 13]).norm(dim: 1) }, { $0.mT.sum(dim: 0) },
      { $0.mT.max(dim: 1).values },
      { $0.reshape([-1]).dot($0.reshape([-1])) },
      { $0.reshape([10, 30, 1001]).matmul($0.reshape([10, 1001, 30])) },
    ]
    let x = random([300, 1001])
    for (i, op) in ops.enumerated() {
      let single = withThreads(1) { bits(op(x)) }
      for threads in [2, 3, 8] {
        #expect(withThreads(threads) { bits(op(x)) } == single, "op \(i) with \(threads) threads")
      }
    }
  }
}
