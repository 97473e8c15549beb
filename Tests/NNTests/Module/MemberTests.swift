import Autograd
import TestSupport
import Testing

@testable import NN

/// A module with one parameter, `w`.
private class Leaf: Module {
  @Parameter var w = Tensor.ones([1])
}

private func names(_ module: Module) -> [String] { module.namedParameters.map(\.name) }

// MARK: - Where members are found

private enum Part: String, Hashable {
  case encoder
  case decoder = "dec"
}

private enum Plain { case up, down }

@Test func keysOfAnyTypeAreNames() {
  final class Net: Module {
    let byInt = [10: Leaf(), 9: Leaf(), -1: Leaf()]
    let byPart: [Part: Leaf] = [.encoder: Leaf(), .decoder: Leaf()]
    let byPlain = [Plain.up: Leaf(), .down: Leaf()]
    let byAny: [AnyHashable: Leaf] = ["b": Leaf(), 1: Leaf()]
    let byName = ["wQ": Leaf(), "A": Leaf()]
    let optional: [String: Leaf?] = ["a": nil, "b": Leaf()]
  }
  #expect(
    names(Net()) == [
      "by_int.-1.w", "by_int.9.w", "by_int.10.w", "by_part.dec.w", "by_part.encoder.w",
      "by_plain.down.w", "by_plain.up.w", "by_any.1.w", "by_any.b.w", "by_name.A.w",
      "by_name.wQ.w", "optional.b.w",
    ])
}

@Test func structsAreLookedInto() {
  struct Head {
    let fc: Leaf
    @Parameter var scale = Tensor.ones([1])
    @Buffer var meanSoFar = Tensor.zeros([1])
    let sizes = (1, 2)
  }
  struct Both {
    let first: Head
    let others: [Head]
  }
  final class Net: Module {
    let heads = Both(first: Head(fc: Leaf()), others: [Head(fc: Leaf())])
  }
  #expect(
    names(Net()) == [
      "heads.first.scale", "heads.others.0.scale", "heads.first.fc.w", "heads.others.0.fc.w",
    ])
  #expect(
    Net().namedBuffers.map(\.name) == [
      "heads.first.mean_so_far", "heads.others.0.mean_so_far",
    ])
}

@Test func payloadsOfEnumsAreLookedInto() {
  enum Block {
    case plain(Leaf)
    case both(Leaf, Leaf)
    case residual(main: Leaf, skip: Leaf?)
    case nothing
    indirect case after(Leaf, Block)
  }
  final class Net: Module {
    let plain = Block.plain(Leaf())
    let both = Block.both(Leaf(), Leaf())
    let residual = Block.residual(main: Leaf(), skip: nil)
    let nothing = Block.nothing
    let chain = Block.after(Leaf(), .after(Leaf(), .plain(Leaf())))
    let result = Result<Leaf, CancellationError>.success(Leaf())
  }
  #expect(
    names(Net()) == [
      "plain.w", "both.0.w", "both.1.w", "residual.main.w", "chain.0.w", "chain.1.0.w",
      "chain.1.1.w", "result.w",
    ])
}

@Test func theFirstElementDoesNotDecide() {
  final class Net: Module {
    let optionals: [Leaf?] = [nil, Leaf()]
    let anything: [Any] = [1, "two", Leaf(), [Leaf()]]
    let nested: [[Leaf]] = [[], [Leaf()]]
    let tuples = [(1, Leaf()), (2, Leaf())]
    let labelled = (first: Leaf(), 3, Leaf())
    let slice = [Leaf(), Leaf()][1...]
    let parameters0 = [Parameter(wrappedValue: Tensor.ones([1]))]
    var later: Leaf?
  }
  let net = Net()
  let expected = [
    "optionals.1.w", "anything.2.w", "anything.3.0.w", "nested.1.0.w", "tuples.0.1.w",
    "tuples.1.1.w", "labelled.first.w", "labelled.2.w", "slice.0.w",
  ]
  #expect(names(net) == ["parameters0.0"] + expected)
  net.later = Leaf()
  #expect(names(net) == ["parameters0.0"] + expected + ["later.w"])
}

private protocol Block: Module {}
private final class Special: Leaf, Block {}

@Test func protocolsAndSuperclassesHideNothing() {
  class Base<Inner: Module>: Module {
    private let inner: Inner
    init(_ inner: Inner) { self.inner = inner }
  }
  final class Net: Base<Special> {
    let block: any Block = Special()
    let blocks: [any Block] = [Special()]
    let anything: Any = Special()
    let anyObject: AnyObject = Special()
  }
  #expect(
    names(Net(Special())) == ["inner.w", "block.w", "blocks.0.w", "anything.w", "any_object.w"])
}

@propertyWrapper private struct Frozen<Value> {
  var wrappedValue: Value
}

@Test func propertyWrappersAreTransparent() {
  final class Net: Module {
    @Frozen var upLayer = Leaf()
    @Frozen var layers = [Leaf()]
  }
  #expect(names(Net()) == ["up_layer.w", "layers.0.w"])
}

@Test func lazyPropertiesHaveTheirName() async {
  final class Net: Module {
    lazy var upLayer = Leaf()
    lazy var count = 3
  }
  let net = Net()
  _ = net.upLayer
  #expect(names(net) == ["up_layer.w"])
  let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    _ = Net().parameters
  }
  expectMessage(result, "Net: the lazy property upLayer has not been made yet")
}

// MARK: - What is no member

@Test func weakReferencesAreNoChildren() throws {
  final class Child: Leaf {
    weak var parent: Module?
    unowned var root: Module
    unowned(unsafe) var again: Module
    init(_ root: Module) { (self.root, again) = (root, root) }
  }
  struct Link {
    weak var target: Module?
    let leaf = Leaf()
  }
  final class Net: Module {
    var children0: [Child] = []
    var link: Link?
    weak var favourite: Child?
  }
  let net = Net()
  net.children0 = [Child(net), Child(net)]
  net.children0[0].parent = net
  net.link = Link(target: net)
  net.favourite = net.children0[1]
  #expect(names(net) == ["children0.0.w", "children0.1.w", "link.leaf.w"])
  #expect(net.stateDict().count == 3 && net.modules.count == 4)
  #expect(net.description.contains("(children0.0): Child()"))
  // What the references led to is gone.
  let orphan = Child(Module())
  #expect(names(orphan) == ["w"] && orphan.modules.count == 1)
}

@Test func numbersAndTextAreSkipped() {
  #expect(
    MemberKind([Float].self) == .nothing && MemberKind([String: (Int, Float)].self) == .nothing)
  #expect(MemberKind([[Tensor?]].self) == .nothing && MemberKind(Plain?.self) == .nothing)
  #expect(MemberKind([Any].self) == .container && MemberKind([String: [Leaf]].self) == .container)
  struct Word {
    let text = "a"
    let count = 1
  }
  final class Net: Module { let words = [Word()] }
  #expect(MemberKind(Word.self) == .container)
  #expect(Net().parameters.isEmpty && MemberKind(Word.self) == .nothing)
}

@Test func membersThatCannotBeFoundStop() async {
  final class Box { let leaves = [Leaf()] }
  let object = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    final class Net: Module { let innerBox = Box() }
    _ = Net().parameters
  }
  expectMessage(
    object, "Net: the property inner_box is an object of Box, which is no Module", "leaves")
  let nested = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    struct Pair { let leaves = [Leaf()] }
    final class Inner { let pair = Pair() }
    final class Outer { let inner: Inner? = Inner() }
    final class Net: Module { let outer = Outer() }
    _ = Net().parameters
  }
  expectMessage(
    nested, "Net: the property outer is an object of Outer, which is no Module", "inner")
  let any = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    final class Parts { let list: [Any] = [1, Leaf()] }
    final class Net: Module { let parts: Any = Parts() }
    _ = Net().parameters
  }
  expectMessage(any, "Net: the property parts is an object of Parts, which is no Module", "list")
  let set = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    final class Net: Module { let set: Set<Element> = [Element()] }
    _ = Net().parameters
  }
  expectMessage(set, "Net: the property set is a set, which has no order")
  let mirror = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    final class Net: Module, CustomReflectable {
      let leaf = Leaf()
      var customMirror: Mirror { Mirror(self, children: ["x": 1], displayStyle: .class) }
    }
    _ = Net().parameters
  }
  expectMessage(mirror, "Net: its members cannot be found, since its customMirror does not show")
}

@Test func containersThatDoNotShowTheirContentsStop() async {
  let one = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    final class Net: Module { let one = [CollectionOfOne(Leaf())] }
    _ = Net().parameters
  }
  expectMessage(
    one, "Net: the property one.0 is of type CollectionOfOne<Leaf>, which does not show")
  let mirror = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    struct Pair: CustomReflectable {
      let leaf = Leaf()
      var customMirror: Mirror { Mirror(self, children: []) }
    }
    final class Net: Module { let pair = Pair() }
    _ = Net().parameters
  }
  expectMessage(
    mirror, "Net: the property pair is of type Pair, which does not show", "customMirror")
  let lazy = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    struct Pair { let leaf = Leaf() }
    final class Net: Module { lazy var pair = Pair() }
    _ = Net().parameters
  }
  expectMessage(lazy, "Net: the lazy property pair has not been made yet")
}

@available(macOS 26, *)
@Test func arraysOfFixedSizeStop() async {
  let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    final class Net: Module { let leaves: InlineArray<2, Leaf> = [Leaf(), Leaf()] }
    _ = Net().parameters
  }
  expectMessage(result, "Net: the property leaves is of type InlineArray<2, Leaf>, which does not")
}

@Test func objectsWithoutModulesAreSkipped() {
  final class Log {
    var lines: [Any] = ["a", 1]
    weak var model: Module?
    var next: Log?
    var write: (Leaf) -> Void = { _ in }
  }
  final class Net: Module {
    let leaf = Leaf()
    let log = Log()
    let result: Result<Leaf, any Error> = .success(Leaf())
  }
  let net = Net()
  net.log.model = net
  net.log.next = net.log
  #expect(names(net) == ["leaf.w", "result.w"])
  net.log.next = nil
}

private final class Element: Leaf, Hashable {
  static func == (a: Element, b: Element) -> Bool { a === b }
  func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

// MARK: - Names

@Test func anyNameCanBeHad() throws {
  final class Net: Module {
    @Parameter var W = Tensor.ones([1])
    @Parameter var w = Tensor.ones([1])
    @Parameter var W_q = Tensor.ones([1])
    @Parameter var _h = Tensor.ones([1])
    @Parameter("fcA") var first = Tensor.ones([1])
    @Parameter("fcB") var second: Tensor
    @Parameter("fcC") var third: Tensor?
    @Buffer("fcD") var fourth = Tensor.ones([1])
    @Buffer("fcE", persistent: false) var fifth: Tensor
    let _g = Leaf()
    let Wk = Leaf()
    @Named("layer_1") var sixth = Leaf()
    @Named("layer_2") var seventh: [Leaf]
    @Named("layer_3") var eighth: Leaf?
    @Named("layer_4") @Parameter var ninth = Tensor.ones([1])
    override init() {
      super.init()
      second = .ones([1])
      fifth = .ones([1])
      seventh = [Leaf()]
    }
  }
  #expect(
    Net().stateDict().names == [
      "W", "w", "W_q", "_h", "fcA", "fcB", "layer_4", "fcD", "_g.w", "Wk.w", "layer_1.w",
      "layer_2.0.w",
    ])
  let net = Net()
  #expect(net.second.requiresGrad && net.third == nil && net.eighth == nil)
  #expect(net.namedBuffers.map(\.name) == ["fcD", "fcE"])
  net.third = Tensor([1.0])
  #expect(net.third!.requiresGrad && net.parameters.count == 12)
}

@Test func aWrapperTakesItsNameInTheInitializer() {
  final class Net: Module {
    @Parameter var query: Tensor
    @Named var layers: [Leaf]
    init(_ size: Int) {
      _query = Parameter(wrappedValue: .ones([size]), "wQ")
      _layers = Named(wrappedValue: [Leaf()], "h")
    }
  }
  #expect(names(Net(2)) == ["wQ", "h.0.w"])
}

@Test func namesThatCannotBeTellApartStop() async {
  let twice = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    final class Net: Module {
      let aB = Leaf()
      @Parameter var a_b = Tensor.ones([1])
    }
    _ = Net().stateDict()
  }
  expectMessage(twice, "Net: two members have the name \"a_b\"", "@Named")
  let dot = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    final class Net: Module { let byName = ["a.b": Leaf()] }
    _ = Net().stateDict()
  }
  expectMessage(dot, "Net: a member has the name \"a.b\", but a name must not")
  let unset = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    final class Net: Module { @Parameter("v") var w: Tensor }
    _ = Net().parameters
  }
  expectMessage(unset, "@Parameter(\"v\"): the property is used before it has a value")
}
