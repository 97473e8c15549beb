import Autograd
import TestSupport
import Testing

/// Derivatives of the rows for views and indexing against central differences.
@Suite struct ViewGradientTests {
  @Test(arguments: OpCase.views + OpCase.indexing)
  func gradientsOfOrdersOneAndTwo(_ row: OpCase) {
    let inputs = row.inputs.enumerated().map { $1.tensor(seed: UInt64($0)) }
    check(inputs, row) { probe(row.call($0)) }
    check(inputs, row) { x in
      let wanted = zip(x, row.inputs).filter { $1.isDifferentiable }.map(\.0)
      // Under noGrad, as in the differences, the first derivative still needs a graph.
      return enableGrad {
        for x in wanted where !x.requiresGrad { x.requiresGrad = true }
        let first = grad(
          of: probe(row.call(x)), wrt: wanted, createGraph: true, materializeGrads: true)
        return first.map { probe($0!) }.reduce(Tensor.zeros([], dtype: .float64), +)
      }
    }
  }

  /// A sum with unequal weights, so that a permuted gradient is noticed.
  private func probe(_ y: Tensor) -> Tensor {
    let weights = (0..<y.numel).map { 0.3 + 0.7 * Double($0 % 5) }
    return (y * Tensor(weights, shape: y.shape, dtype: .float64)).sum()
  }

  private func check(_ inputs: [Tensor], _ row: OpCase, _ f: ([Tensor]) -> Tensor) {
    let leaves = zip(inputs, row.inputs).map { x, sample in
      let leaf = x.clone()
      leaf.requiresGrad = sample.isDifferentiable
      return leaf
    }
    let wanted = leaves.filter(\.requiresGrad)
    let exact = grad(of: f(leaves), wrt: wanted, materializeGrads: true)
    var next = 0
    for (k, sample) in row.inputs.enumerated() where sample.isDifferentiable {
      let numbers = inputs[k].array(of: Double.self)
      let analytic = exact[next]!.array(of: Double.self)
      next += 1
      for i in numbers.indices {
        func value(_ shift: Double) -> Double {
          var moved = numbers
          moved[i] += shift
          var x = inputs.map { $0.clone() }
          x[k] = Tensor(moved, shape: inputs[k].shape, dtype: .float64)
          return f(x).item()
        }
        let difference = (value(1e-5) - value(-1e-5)) / 2e-5
        #expect(
          abs(difference - analytic[i]) <= 1e-6 * max(1, abs(difference)),
          "\(row): input \(k), element \(i)")
      }
    }
  }
}
