// The computation of a gradient check: two matrices of derivatives for each pair of input and
// output.

/// A vector by which a Jacobian is multiplied.
enum Probe {
  /// The unit vector of one element.
  case element(Int)
  case direction([Double])

  /// |v|₁, which scales the tolerance.
  var size: Double {
    switch self {
    case .element: 1
    case .direction(let v): v.reduce(0) { $0 + abs($1) }
    }
  }

  func dot(_ x: [Double]) -> Double {
    switch self {
    case .element(let i): x[i]
    case .direction(let v): zip(v, x).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }

  /// `x` with `step` times this vector added.
  func moving(_ x: [Double], by step: Double) -> [Double] {
    switch self {
    case .element(let i):
      var x = x
      x[i] += step
      return x
    case .direction(let v):
      return zip(x, v).map { $0 + step * $1 }
    }
  }

  func tensor(_ shape: [Int]) -> Tensor {
    let zeros = [Double](repeating: 0, count: shape.reduce(1, *))
    return Tensor(moving(zeros, by: 1), shape: shape, dtype: .float64)
  }
}

/// A random number generator (SplitMix64) for checks only, so that they change no other generator.
struct ProbeGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  private mutating func uniform() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
  }

  /// An approximately normal number: the sum of twelve uniform ones.
  mutating func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + uniform() } }

  mutating func unitVector(_ count: Int) -> [Double] {
    let v = (0..<count).map { _ in normal() }
    let length = v.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length > 0 ? v.map { $0 / length } : v
  }
}

struct GradientCheck {
  let function: ([Tensor]) -> [Tensor]
  let inputs: [Tensor]
  let names: GradcheckNames
  let eps, atol, rtol, nondetTol: Double
  let mode: GradcheckMode

  /// The positions of the inputs to differentiate with respect to.
  var checked: [Int] { inputs.indices.filter { inputs[$0].requiresGrad } }

  func validate() throws(GradcheckError) {
    guard !checked.isEmpty else {
      throw GradcheckError(
        .unsupportedInput, names: names,
        "none of the \(inputs.count) inputs requires a gradient; set requiresGrad on those to check"
      )
    }
    for i in checked {
      if inputs[i].dtype != .float64 {
        throw GradcheckError(
          .unsupportedInput, names: names, input: i,
          """
          expected float64 for \(names.input(i)), since finite differences need its precision, \
          got \(inputs[i].dtype); cast it with to(.float64)
          """)
      }
      if inputs[i].layout.overlapsItself {
        throw GradcheckError(
          .unsupportedInput, names: names, input: i,
          """
          \(names.input(i)), of shape \(inputs[i].shape), is expanded: elements share memory and \
          cannot be changed one by one; expand inside the function, or pass a clone()
          """)
      }
    }
  }

  /// The outputs for copies of the inputs, with the elements of input `i` replaced by `values` if
  /// given.
  func call(moving i: Int? = nil, to values: [Double] = []) -> [Tensor] {
    enableGrad {
      function(
        inputs.indices.map { k in
          let copy = k == i ? inputs[k].replica(filledWith: values) : inputs[k].replica()
          copy.requiresGrad = inputs[k].requiresGrad
          return copy
        })
    }
  }

  func run() throws(GradcheckError) -> GradcheckReport {
    try validate()
    let outputs = try deterministicOutputs()
    let real = outputs.indices.filter { outputs[$0].dtype.isFloatingPoint }
    var random = ProbeGenerator(seed: 0)
    var probes: (Int) -> [Probe] = { count in (0..<count).map { .element($0) } }
    if case .directional(let seed, let directions) = mode {
      random = ProbeGenerator(seed: seed)
      probes = { count in (0..<directions).map { _ in .direction(random.unitVector(count)) } }
    }
    let u = checked.map { probes(inputs[$0].numel) }
    let v = real.map { probes(outputs[$0].numel) }
    let analytic = try analyticDerivatives(real, u, v)
    let numeric = numericDerivatives(real, u, v)
    var report = GradcheckReport()
    for (a, i) in checked.enumerated() {
      for (b, k) in real.enumerated() {
        let block = DerivativeBlock(
          analytic: analytic[a][b], numeric: numeric[a][b], input: i, output: k,
          inputShape: inputs[i].shape, outputShape: outputs[k].shape)
        try compare(
          block, u[a], v[b], isRecorded: outputs[k].requiresGrad, report: &report)
      }
    }
    return report
  }

  /// The outputs; throws if two runs differ.
  private func deterministicOutputs() throws(GradcheckError) -> [Tensor] {
    let outputs = call()
    for (k, (y, z)) in zip(outputs, call()).enumerated() where y.dtype.isFloatingPoint {
      if y.shape != z.shape || differ(y.array(), z.array()) {
        throw GradcheckError(
          .nondeterministic, names: names, output: k,
          """
          two runs of the function with the same inputs give different values of \
          \(names.output(k)); seed its random numbers, or switch modules to evaluation
          """)
      }
    }
    return outputs
  }

  private func differ(_ x: [Double], _ y: [Double]) -> Bool {
    !zip(x, y).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) || abs($0 - $1) <= nondetTol }
  }
}

// MARK: - Derivatives

extension GradientCheck {
  /// Products vᵀ·J·u by backward passes, as [input][output][v][u]; zeros for a gradient that is
  /// nil.
  private func analyticDerivatives(
    _ outputs: [Int], _ u: [[Probe]], _ v: [[Probe]]
  ) throws(GradcheckError) -> [[[[Double]]]] {
    let copies = inputs.map { input in
      let copy = input.replica()
      copy.requiresGrad = input.requiresGrad
      return copy
    }
    let y = enableGrad { function(copies) }
    let x = checked.map { copies[$0] }
    var result = u.map { _ in v.map { _ in [[Double]]() } }
    for (b, k) in outputs.enumerated() {
      for probe in v[b] {
        let gradients = try gradients(of: y[k], k, wrt: x, from: probe)
        for a in u.indices { result[a][b].append(u[a].map { $0.dot(gradients[a]) }) }
      }
      try checkProportional(y[k], k, x)
    }
    return result
  }

  private func gradients(
    of y: Tensor, _ k: Int, wrt x: [Tensor], from probe: Probe
  ) throws(GradcheckError) -> [[Double]] {
    guard y.requiresGrad else { return x.map { [Double](repeating: 0, count: $0.numel) } }
    let g = probe.tensor(y.shape).to(y.dtype)
    let first = grad(of: y, wrt: x, gradient: g, retainGraph: true, allowUnused: true)
    let again = grad(of: y, wrt: x, gradient: g, retainGraph: true, allowUnused: true)
    var result: [[Double]] = []
    for (a, i) in checked.enumerated() {
      guard let d = first[a] else {
        result.append([Double](repeating: 0, count: x[a].numel))
        continue
      }
      if d.shape != x[a].shape {
        throw GradcheckError(
          .gradientShape, names: names, input: i, output: k,
          "expected a gradient of shape \(x[a].shape) for \(names.input(i)), got \(d.shape)")
      }
      if d.dtype != x[a].dtype {
        throw GradcheckError(
          .gradientDType, names: names, input: i, output: k,
          "expected a gradient of dtype \(x[a].dtype) for \(names.input(i)), got \(d.dtype)")
      }
      result.append(d.array())
      if differ(result[a], again[a]!.array()) {
        throw GradcheckError(
          .nondeterministic, names: names, input: i, output: k,
          """
          two backward passes from \(names.output(k)) give different gradients of \
          \(names.input(i)): a rule changes what it saved, or draws random numbers
          """)
      }
    }
    return result
  }

  /// Checks that an output gradient of zeros gives zeros, as for every linear map of the gradient.
  private func checkProportional(_ y: Tensor, _ k: Int, _ x: [Tensor]) throws(GradcheckError) {
    guard y.requiresGrad else { return }
    let zeros = Tensor.zeros(y.shape, dtype: y.dtype)
    let gradients = grad(of: y, wrt: x, gradient: zeros, retainGraph: true, allowUnused: true)
    for (i, d) in zip(checked, gradients) {
      // NaN comes from an infinite derivative, which the comparison reports.
      if let d, d.array(of: Double.self).contains(where: { $0 != 0 && !$0.isNaN }) {
        throw GradcheckError(
          .notProportional, names: names, input: i, output: k,
          """
          a gradient of zeros for \(names.output(k)) gives a gradient of \(names.input(i)) that \
          is not zero: a rule does not multiply by its argument g
          """)
      }
    }
  }

  /// Products vᵀ·J·u by central differences, as [input][output][v][u].
  private func numericDerivatives(
    _ outputs: [Int], _ u: [[Probe]], _ v: [[Probe]]
  ) -> [[[[Double]]]] {
    zip(checked, u).map { i, directions in
      var result = v.map { $0.map { _ in [Double]() } }
      for direction in directions {
        let slopes = slopes(outputs, moving: i, along: direction)
        for (b, probes) in v.enumerated() {
          for (c, probe) in probes.enumerated() { result[b][c].append(probe.dot(slopes[b])) }
        }
      }
      return result
    }
  }

  /// The slope of each output along `direction` of input `i`: by default by central differences, on
  /// one side if `from` is 0 or `to` is 0.
  func slopes(
    _ outputs: [Int], moving i: Int, along direction: Probe, from: Double = -1, to: Double = 1
  ) -> [[Double]] {
    let x = inputs[i].array(of: Double.self)
    let upper = call(moving: i, to: direction.moving(x, by: to * eps))
    let lower = call(moving: i, to: direction.moving(x, by: from * eps))
    return outputs.map { k in
      zip(upper[k].array(of: Double.self), lower[k].array(of: Double.self)).map {
        ($0 - $1) / ((to - from) * eps)
      }
    }
  }
}

extension Tensor {
  /// A copy in its own storage with the same strides and offset, off the tape. Gaps between the
  /// elements are NaN, to expose ops that read them.
  func replica(filledWith values: [Double]? = nil) -> Tensor {
    let last = zip(shape, layout.explicitStrides).reduce(layout.offset) { last, dim in
      last + Swift.max(dim.0 - 1, 0) * Swift.max(dim.1, 0)
    }
    let copy = Tensor(Storage(count: last + 1, dtype: dtype), layout, dtype)
    Tensor(copy.storage, Layout([last + 1]), dtype).assign(.float(.nan))
    copy.assign(values.map { Tensor($0, shape: shape, dtype: dtype) } ?? self)
    return copy
  }
}
