import Autograd
import TestSupport

extension OpCase {
  static let arithmetic: [OpCase] = [
    OpCase("+", [.real([2, 3]), .real([2, 3])]) { $0[0] + $0[1] },
    OpCase("+", "broadcast", [.real([2, 1, 3]), .real([4, 1])]) { $0[0] + $0[1] },
    OpCase("+", "number", [.real([3])]) { $0[0] + 1.5 },
    OpCase("-", [.real([2, 3]), .real([3])]) { $0[0] - $0[1] },
    OpCase("-", "from a number", [.real([3])]) { 2 - $0[0] },
    OpCase("-", "negation", [.real([3])]) { -$0[0] },
    OpCase("*", [.real([2, 3]), .real([2, 1])]) { $0[0] * $0[1] },
    OpCase("*", "0-d", [.real([]), .real([2])]) { $0[0] * $0[1] },
    OpCase("*", "number", [.real([3])]) { $0[0] * 3 },
    OpCase("/", [.real([2, 3]), .real([3], in: 0.5...2)]) { $0[0] / $0[1] },
    OpCase("/", "number", [.real([3])]) { $0[0] / 3 },
    OpCase("/", "of a number", [.real([3], in: 0.5...2)]) { 2 / $0[0] },
  ]
}
