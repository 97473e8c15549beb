import Autograd
import NN

/// A case of `random`: the numbers after a seed, of a call made twice.
struct RandomCase {
  let file: CaseFile
  let one: Value

  func verdict() throws -> Verdict {
    guard case .int(let seed) = one["seed"], case .string(let name) = one["dtype"],
      let dtype = DType(named: name)
    else { throw NotSupported("the seed or the dtype") }
    let draw = try self.draw(dtype)
    // Not the default generator, which other cases may use at the same time.
    let got = Generator.withDefault(Generator(seed: seed)) { draw() + draw() }
    let want = try (one["values"]?.elements ?? []).map { try file.tensor($0) }
    guard got.count == want.count else { return .failed("\(got.count) values") }
    for (i, (got, want)) in zip(got, want).enumerated() {
      if let trouble = Tolerance(one).difference(got, want) {
        return .failed("value \(i): \(trouble)")
      }
    }
    return .passed
  }

  /// The call that the case describes.
  private func draw(_ dtype: DType) throws -> () -> [Tensor] {
    let call = Call(one["args"]?.elements ?? [], [:]) { try file.tensor($0) }
    func filled(_ fill: @escaping (Tensor) -> Void) throws -> () -> [Tensor] {
      let shape: [Int] = try call[0, "size"]
      return {
        let x = Tensor.empty(shape, dtype: dtype)
        fill(x)
        return [x]
      }
    }
    let name = one["call"]?.text ?? ""
    switch name {
    case "rand", "randn":
      let shape: [Int] = try call[0, "size"]
      return { [name == "rand" ? .rand(shape, dtype: dtype) : .randn(shape, dtype: dtype)] }
    case "randint":
      let (low, high): (Int, Int) = (try call[0], try call[1])
      let shape: [Int] = try call[2]
      return { [.randint(low, high, shape)] }
    case "randperm":
      let count: Int = try call[0]
      return { [.randperm(count)] }
    case "Tensor.uniform_":
      let (low, high): (Double, Double) = (try call[1], try call[2])
      return try filled { $0.uniform_(low, high) }
    case "Tensor.normal_":
      let (mean, std): (Double, Double) = (try call[1], try call[2])
      return try filled { $0.normal_(mean, std) }
    case "Tensor.exponential_":
      let rate: Double = try call[1]
      return try filled { $0.exponential_(rate) }
    case "init.xavier_uniform_": return try filled { xavierUniform_($0) }
    case "init.xavier_normal_": return try filled { xavierNormal_($0) }
    case "init.kaiming_uniform_":
      let a: Double = try call[1]
      return try filled { kaimingUniform_($0, a: a) }
    case "init.kaiming_normal_": return try filled { kaimingNormal_($0) }
    case "init.trunc_normal_": return try filled { truncNormal_($0) }
    case "init.orthogonal_": return try filled { orthogonal_($0) }
    case "Linear":
      let (inputs, outputs): (Int, Int) = (try call[0], try call[1])
      return { Linear(inputs, outputs, dtype: dtype).parameters }
    case "LSTM":
      let (inputs, hidden): (Int, Int) = (try call[0], try call[1])
      return { LSTM(inputs, hidden, dtype: dtype).parameters }
    default: throw NotSupported("the call \(name)")
    }
  }
}
