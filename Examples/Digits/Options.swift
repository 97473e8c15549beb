/// The options of the command line.
struct Options {
  enum OptimizerName: String, CaseIterable { case sgd, adam, adamw, rmsprop, adagrad }

  var epochs = 40
  var batchSize = 32
  var learningRate: Double?
  var seed = 0
  var optimizer = OptimizerName.adam

  static let help = """
    Trains a small network on 1,797 handwritten digits and prints its accuracy on unseen ones.

    Usage: Digits [options]

      --epochs N        passes over the training images (default 40)
      --batch-size N    images in a step (default 32)
      --lr X            learning rate (default: one that suits the optimizer)
      --seed N          of the split, the weights and the shuffling (default 0)
      --optimizer NAME  \(OptimizerName.allCases.map(\.rawValue).joined(separator: ", ")) (default adam)
      --help            this text
    """

  /// What is wrong with the command line.
  struct Mistake: Error { let message: String }

  /// Reads the arguments; nil if they ask for help.
  static func parse(_ arguments: [String]) throws(Mistake) -> Options? {
    var options = Options()
    var rest = arguments[...]
    while let flag = rest.popFirst() {
      switch flag {
      case "--help", "-h": return nil
      case "--epochs": options.epochs = try whole(flag, rest.popFirst(), from: 1)
      case "--batch-size": options.batchSize = try whole(flag, rest.popFirst(), from: 1)
      case "--seed": options.seed = try whole(flag, rest.popFirst(), from: 0)
      case "--lr":
        let text = try value(flag, rest.popFirst())
        guard let rate = Double(text), rate > 0, rate.isFinite else {
          throw Mistake(message: "--lr takes a positive number, not '\(text)'")
        }
        options.learningRate = rate
      case "--optimizer":
        let text = try value(flag, rest.popFirst())
        guard let name = OptimizerName(rawValue: text) else {
          let known = OptimizerName.allCases.map(\.rawValue).joined(separator: ", ")
          throw Mistake(message: "--optimizer knows \(known), not '\(text)'")
        }
        options.optimizer = name
      default:
        throw Mistake(message: "'\(flag)' is no option of this program; --help lists them")
      }
    }
    return options
  }

  private static func value(_ flag: String, _ text: String?) throws(Mistake) -> String {
    guard let text else { throw Mistake(message: "\(flag) needs a value") }
    return text
  }

  private static func whole(_ flag: String, _ text: String?, from least: Int) throws(Mistake) -> Int
  {
    let text = try value(flag, text)
    guard let number = Int(text), number >= least else {
      throw Mistake(message: "\(flag) takes a whole number from \(least) on, not '\(text)'")
    }
    return number
  }
}
