import Autograd

/// A program over a tensor, its views, and changes of them in place.
///
/// A line names an op, the number of the tensor that it is applied to, and its arguments: the base
/// is tensor 0, each view the next. An operand is an element of a leaf (`s 2`), the first elements
/// of a leaf in the shape of the tensor (`f 1`), or another tensor (`t 0`).
struct ViewProgram {
  private let shape: [Int]
  private let lines: [[Substring]]

  init(_ text: Substring) {
    let parts = text.split(separator: ";")
    shape = parts[0].split(separator: " ").map { Int($0)! }
    lines = parts.dropFirst().map { $0.split(separator: " ") }
  }
}

/// Numbers from 0.1 to 1.1.
private func ramp(_ count: Int, _ a: Double, _ b: Double) -> Tensor {
  Tensor.arange(1, Double(count + 1), dtype: .float64).mul(a).add(b).sin().mul(0.5).add(0.6)
}

/// A weighted sum of all elements.
private func digest(_ tensors: [Tensor]) -> Double {
  tensors.enumerated().reduce(0) { sum, pair in
    let (i, t) = pair
    return sum
      + (t.detach().reshape([t.numel]) * ramp(t.numel, 0.77, 3.1 * Double(i) + 0.3)).sum().item()
  }
}

extension ViewProgram {
  /// Digests of the values of all tensors, of the gradients of a sum over them with respect to the
  /// leaves, and of the gradients of the squares of those.
  func run() -> [Double] {
    let x = ramp(shape.reduce(1, *), 1.3, 0.2).reshape(shape)
    let w = ramp(4, 2.1, 0.7)
    let u = [ramp(24, 0.9, 1.1), ramp(24, 1.7, 2.3)]
    let leaves = [x, w] + u
    for leaf in leaves { leaf.requiresGrad = true }
    var tensors: [Tensor?] = []
    var read = Tensor.zeros([], dtype: .float64)
    for line in lines {
      if line[0] == "base" {
        tensors.append(base(line[1], x))
        continue
      }
      let i = Int(line[1])!
      let t = tensors[i]!
      let n = line.dropFirst(2).map { Int($0) ?? 0 }
      func operand(_ words: ArraySlice<Substring>, _ shape: [Int]) -> Tensor {
        let k = Int(words[words.startIndex + 1])!
        switch words.first {
        case "s": return w[k]
        case "f": return u[k][..<shape.reduce(1, *)].reshape(shape)
        default: return tensors[k]!
        }
      }
      if let view = view(line[0], of: t, n) {
        tensors.append(view)
      } else if line[0] == "drop" {
        tensors[i] = nil
      } else if let part = part(line[0], of: t) {
        read = read + part.sum()
      } else if ["set", "imul"].contains(line[0]) {
        let value = operand(line[3...], Array(t.shape.dropFirst()))
        if line[0] == "set" { t[n[0]] = value } else { t[n[0]] *= value }
      } else if line.count > 3 {
        change(t, line[0], by: operand(line[2...], t.shape), alpha: line.count > 4 ? 0.5 : 1)
      } else {
        change(t, line, w, u)
      }
    }
    let live = tensors.compactMap { $0 }
    let values = digest(live)
    var loss = read
    for (j, t) in live.enumerated() {
      loss = loss + (t.reshape([t.numel]) * ramp(t.numel, 1.9, Double(j) * 0.9)).sum()
      loss = loss + 0.1 * (t * t * t).sum()
    }
    let g = grad(of: [loss], wrt: leaves, createGraph: true, materializeGrads: true).map { $0! }
    let square = g.reduce(Tensor(0.0, dtype: .float64)) { $0 + ($1 * $1).sum() }
    let h =
      square.requiresGrad
      ? grad(of: [square], wrt: leaves, materializeGrads: true).map { $0! } : []
    return [values, digest(g), digest(h)]
  }

  private func base(_ kind: Substring, _ x: Tensor) -> Tensor {
    switch kind {
    case "mul": x * 2
    case "zeros": Tensor.zeros(shape, dtype: .float64)
    case "exp": x.exp()
    case "perm": (x * 2).transpose(0, 1).detach()
    default: (x * 2)[.ellipsis, .slice(by: 2)].detach()
    }
  }

  private func view(_ op: Substring, of t: Tensor, _ n: [Int]) -> Tensor? {
    switch op {
    case "select": t.select(dim: n[0], index: n[1])
    case "narrow": t.narrow(dim: n[0], start: n[1], length: n[2])
    case "slice":
      t[
        indices: Array(repeating: TensorIndex.all, count: n[0])
          + [TensorIndex.slice(from: n[1], by: n[2])]]
    case "transpose": t.transpose(n[0], n[1])
    case "permute": t.permute(n)
    case "unsqueeze": t.unsqueeze(n[0])
    case "squeeze": t.squeeze()
    case "diagonal": t.diagonal(offset: n[0])
    case "reshape": t.reshape(n)
    case "flatten": t.flatten()
    case "expand": t.expand([2] + t.shape)
    case "unfold": t.unfold(dim: n[0], size: 2, step: 1)
    case "unbind": t.unbind(dim: n[0])[n[1]]
    case "chunk": t.chunk(2, dim: n[0])[0]
    case "detach": t.detach()
    case "same": t.isContiguous ? t.view(t.shape) : t.transpose(0, 0)
    default: nil
    }
  }

  private func part(_ op: Substring, of t: Tensor) -> Tensor? {
    switch op {
    case "read": t * 0.3
    case "readsq": t * t
    case "readsin": t.sigmoid()
    default: nil
    }
  }

  private func change(_ t: Tensor, _ op: Substring, by other: Tensor, alpha: Double) {
    switch op {
    case "mul": t.mul_(other)
    case "add": t.add_(other, alpha: alpha)
    case "sub": t.sub_(other)
    case "div": t.div_(other)
    default: t.copy_(other)
    }
  }

  private func change(_ t: Tensor, _ line: [Substring], _ w: Tensor, _ u: [Tensor]) {
    func every(_ k: Int) -> Tensor { (Tensor.arange(t.numel).remainder(k) .== 0).reshape(t.shape) }
    switch line[0] {
    case "fill": t.fill_(0.7)
    case "zero": t.zero_()
    case "muln": t.mul_(1.5)
    case "clamp": t.clamp_(0.5, 1.4)
    case "tanh": t.tanh_()
    case "sigmoid": t.sigmoid_()
    case "pow": t.pow_(2)
    case "addcmul": t.addcmul_(w[0], w[1], value: 0.5)
    case "maskfill": t.maskedFill_(every(2), line[2] == "c" ? w[2].detach() : w[2])
    case "cumsum": t.cumsum_(dim: 0)
    case "indexadd":
      let rows = t[..<1].shape
      t.indexAdd_(dim: 0, index: Tensor([0]), source: u[0][..<rows.reduce(1, *)].reshape(rows))
    case "setmask": t[every(3)] = w[1]
    case "nograd": noGrad { t.mul_(0.5) }
    default: fatalError("\(line)")
    }
  }
}
