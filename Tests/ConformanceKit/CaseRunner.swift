import Autograd
import Foundation

/// The cases of one group, ready to run.
public struct CaseRunner {
  private let file: CaseFile

  /// Reads a group of a folder.
  public init(group: String, folder: URL) throws { file = try CaseFile(group, in: folder) }

  /// The groups of a folder, by name.
  public static func groups(in folder: URL) throws -> [String] { try CaseFile.groups(in: folder) }

  /// How many cases there are.
  public var count: Int { file.cases.count }

  /// The id of a case.
  public func id(_ index: Int) -> String { file.cases[index]["id"]?.text ?? "\(index)" }

  /// The op, module, optimizer, … of a case; reports have a line for each.
  public func subject(_ index: Int) -> String {
    let one = file.cases[index]
    for name in ["op", "module", "optimizer", "call"] {
      if let text = one[name]?.text { return text }
    }
    return one["spec"]?["scheduler"]?.text ?? id(index)
  }

  /// Whether the cases of the group are calls that must stop with a message.
  public var expectsRejection: Bool { file.group == "errors" }

  /// PyTorch's message for a call that it rejects.
  func error(_ index: Int) -> String { file.cases[index]["error"]?.text ?? "" }

  /// Runs a case. A case that must be rejected returns only if it is not, or if the compiler would
  /// reject it.
  public func run(_ index: Int) -> Verdict {
    let one = file.cases[index]
    do {
      switch file.group {
      case "errors":
        if let reason = acceptanceReason(index) {
          throw NotSupported("accepted on purpose: \(reason)")
        }
        try OperatorCase(file: file, one: one).call()
        return .failed("accepted; PyTorch: \(error(index))")
      case "modules": return try ModuleCase(file: file, one: one).verdict()
      case "optimizers": return try OptimizerCase(file: file, one: one).verdict()
      case "random": return try RandomCase(file: file, one: one).verdict()
      case "training": return try TrainingCase(file: file, one: one).verdict()
      case let group where group.hasPrefix("ops_"):
        return try OperatorCase(file: file, one: one).verdict()
      default: throw NotSupported("the group \(file.group)")
      }
    } catch let error as NoSuchCase {
      return expectsRejection ? .passed : .notSupported("the value \(error.value)")
    } catch let error as NotSupported {
      return .notSupported(error.reason)
    } catch {
      return .failed("\(error)")
    }
  }
}
