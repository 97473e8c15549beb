// Trains a small network on handwritten digits, shows what it reads, and saves its weights.

import Autograd
import Foundation
import NN
import Optim

func run(_ options: Options) throws {
  manualSeed(options.seed)
  let file = Bundle.module.url(forResource: "digits", withExtension: "csv")!
  let (train, test) = try Dataset.load(file).split(holdingOut: 360)
  print("\(train.count) images to learn from, \(test.count) held out for the test")

  let net = DigitNet()
  let criterion = CrossEntropyLoss()
  let optimizer = options.makeOptimizer(net.parameters)
  print(net)

  func evaluate() -> Report {
    net.eval()
    return noGrad {
      let scores = net(test.images)
      return Report(scores: scores, loss: criterion(scores, test.labels), labels: test.labels)
    }
  }

  let start = ContinuousClock.now
  for epoch in 1...options.epochs {
    net.train()
    var progress = Progress("epoch \(epoch)", total: (train.count - 1) / options.batchSize + 1)
    var total = 0.0
    for batch in train.shuffledBatches(of: options.batchSize) {
      optimizer.zeroGrad()
      let loss = criterion(net(batch.images), batch.labels)
      loss.backward()
      optimizer.step()
      total += loss.item() * Double(batch.count)
      progress.advance()
    }
    progress.clear()
    let report = evaluate()
    print(
      "epoch \(epoch)/\(options.epochs): training loss",
      String(format: "%.4f, test loss %.4f,", total / Double(train.count), report.loss),
      "test accuracy \(percent(report.accuracy))")
  }
  let seconds = (ContinuousClock.now - start) / .seconds(1)
  print(String(format: "trained in %.1f s", seconds))

  let report = evaluate()
  print("\nHow often each digit (row) was read as each (column):\n\n\(report.confusionMatrix)")
  let wrong = report.labels.indices.filter { report.labels[$0] != report.predictions[$0] }
  let shown = Array((Array(0..<3) + wrong.prefix(2)).prefix(5))
  print("\nSome of the test images, with what the network reads and how sure it is:\n")
  print(report.drawing(of: test.images, shown))

  let path = "digits.safetensors"
  try saveSafetensors(net.stateDict(), to: path)
  let reloaded = DigitNet()
  try reloaded.loadStateDict(loadSafetensors(path))
  reloaded.eval()
  let again = noGrad { reloaded(test.images).argmax(dim: 1) }
  let hits = zip(again.array(of: Int.self), report.labels).count { $0 == $1 }
  print(
    "\nWeights saved to \(path); loaded into a new network they read",
    percent(Double(hits) / Double(test.count)), "of the test images")
  print("test accuracy \(percent(report.accuracy))")
}

do {
  guard let options = try Options.parse(Array(CommandLine.arguments.dropFirst())) else {
    print(Options.help)
    exit(0)
  }
  try run(options)
} catch let mistake as Options.Mistake {
  FileHandle.standardError.write(Data("Digits: \(mistake.message)\n".utf8))
  exit(2)
} catch {
  FileHandle.standardError.write(Data("Digits: \(error)\n".utf8))
  exit(1)
}
