// Members by their paths.

import Autograd

extension Module {
  /// The module of that path, such as "layers.0"; this one for "". Stops if there is none.
  public func getSubmodule(_ path: String) -> Module {
    var found: Module?
    walk { module, parts in
      let here = parts.joined(separator: ".")
      if here == path, found == nil { found = module }
      return found == nil && (here.isEmpty || path.hasPrefix(here + "."))
    }
    guard let found else {
      fail(
        """
        getSubmodule: \(type(of: self)) has no module "\(path)"; it has \
        \(listed(namedModules.map(\.name).filter { !$0.isEmpty }))
        """)
    }
    return found
  }

  /// The parameter of that path, such as "layers.0.weight". Stops if there is none.
  public func getParameter(_ path: String) -> Tensor {
    let slots = tensorSlots.filter { $0.slot is any AnyParameter && $0.slot.held != nil }
    guard let slot = slots.first(where: { $0.path == path })?.slot else {
      fail(
        """
        getParameter: \(type(of: self)) has no parameter "\(path)"; it has \
        \(listed(slots.map(\.path)))
        """)
    }
    return slot.held!
  }

  /// The buffer of that path, such as "bn.running_mean". Stops if there is none.
  public func getBuffer(_ path: String) -> Tensor {
    let slots = tensorSlots.filter { $0.slot is any AnyBuffer && $0.slot.held != nil }
    guard let slot = slots.first(where: { $0.path == path })?.slot else {
      fail(
        """
        getBuffer: \(type(of: self)) has no buffer "\(path)"; it has \(listed(slots.map(\.path)))
        """)
    }
    return slot.held!
  }

  /// The places of the parameters and buffers of this module and all below it, by every path:
  /// parents first, and in each module parameters before buffers.
  var tensorSlots: [(path: String, slot: any TensorSlot)] {
    var found: [(path: String, slot: any TensorSlot)] = []
    walk { module, parts in
      let members = Members(of: module)
      for (name, slot) in members.parameters {
        found.append(((parts + [name]).joined(separator: "."), slot))
      }
      for (name, slot) in members.buffers {
        found.append(((parts + [name]).joined(separator: "."), slot))
      }
      return true
    }
    return found
  }
}
