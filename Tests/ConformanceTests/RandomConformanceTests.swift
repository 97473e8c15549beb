import Autograd
import Foundation
import NN
import Testing

/// The same numbers as PyTorch's CPU generator after the same seed.
@Suite struct RandomConformanceTests {
  @Test func numbersAfterManualSeed() throws {
    let file = try CaseFile("random")
    var compared = 0
    for one in file.cases {
      let id = one["id"] as! String
      guard let draw = Self.call(one) else { continue }
      // Of its own: other tests draw from the common one at the same time.
      let got = Generator.withDefault(Generator(seed: one.int("seed")!)) { draw() + draw() }
      let want = (one["values"] as! [Any]).map { file.tensor($0) }
      #expect(got.count == want.count, "\(id)")
      for (i, (g, w)) in zip(got, want).enumerated() {
        let trouble = difference(g, w, rtol: one.double("rtol")!, atol: one.double("atol")!)
        #expect(trouble == nil, "\(id), value \(i): \(trouble ?? "")")
      }
      compared += 1
    }
    #expect(compared >= 100)
  }

  /// The call that a case describes; nil for what this library does not have yet.
  static func call(_ one: [String: Any]) -> (() -> [Tensor])? {
    let args = one["args"] as! [Any]
    let dtype = DType(named: one["dtype"] as! String)
    func shape(_ i: Int) -> [Int] { args[i] as! [Int] }
    func int(_ i: Int) -> Int { args[i] as! Int }
    func real(_ i: Int) -> Double { (args[i] as! NSNumber).doubleValue }
    func filled(_ fill: @escaping (Tensor) -> Void) -> () -> [Tensor] {
      {
        let x = Tensor.empty(shape(0), dtype: dtype)
        fill(x)
        return [x]
      }
    }
    switch one["call"] as! String {
    case "rand": return { [.rand(shape(0), dtype: dtype)] }
    case "randn": return { [.randn(shape(0), dtype: dtype)] }
    case "randint": return { [.randint(int(0), int(1), shape(2))] }
    case "randperm": return { [.randperm(int(0))] }
    case "Tensor.uniform_": return filled { $0.uniform_(real(1), real(2)) }
    case "Tensor.normal_": return filled { $0.normal_(real(1), real(2)) }
    case "Tensor.exponential_": return filled { $0.exponential_(real(1)) }
    case "init.xavier_uniform_": return filled { xavierUniform_($0) }
    case "init.xavier_normal_": return filled { xavierNormal_($0) }
    case "init.kaiming_uniform_": return filled { kaimingUniform_($0, a: real(1)) }
    case "init.kaiming_normal_": return filled { kaimingNormal_($0) }
    case "init.trunc_normal_": return filled { truncNormal_($0) }
    case "Linear": return { Linear(int(0), int(1), dtype: dtype).parameters }
    default: return nil
    }
  }
}
