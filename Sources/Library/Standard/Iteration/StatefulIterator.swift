import Runtime

/// An iterator made of a state and a closure that takes it one item further.
///
/// All that the steps change is in the state, so that the undo journal can keep it: a struct of numbers and values, or of objects
/// that note their own changes. What does not change is there too, since what can be reached from the iterator is looked for
/// there; the closure itself holds nothing.
///
/// A step may run code of the user's that takes the next item of the very same iterator. Therefore it gets the iterator and not
/// the state as `inout`: each use of `state` is over before such code runs.
package final class StatefulIterator<State>: IteratorObject {
  private let iteratorType: TypeObject
  private let step: (StatefulIterator<State>, VM) throws(ExceptionObject) -> Value?
  private let text: ((State, VM) throws(ExceptionObject) -> String)?
  private let endsAtErrors: Bool
  private var isFinished = false
  var state: State

  /// With `endsAtErrors` there are no more items after a step that threw.
  init(
    _ type: TypeObject, _ state: State, endsAtErrors: Bool = false,
    text: ((State, VM) throws(ExceptionObject) -> String)? = nil,
    _ step: @escaping (StatefulIterator<State>, VM) throws(ExceptionObject) -> Value?
  ) {
    iteratorType = type
    self.state = state
    self.endsAtErrors = endsAtErrors
    self.text = text
    self.step = step
  }
  package override var builtinType: TypeObject { iteratorType }

  package override var contents: Any? {
    get { (state, isFinished) }
    set { if let old = newValue as? (State, Bool) { (state, isFinished) = old } }
  }

  package override func next(_ vm: VM) throws(ExceptionObject) -> Value? {
    if isFinished { return nil }
    do throws(ExceptionObject) {
      if let value = try step(self, vm) { return value }
    } catch {
      if endsAtErrors { isFinished = true }
      throw error
    }
    isFinished = true
    return nil
  }
  package override func nativeRepr(_ vm: VM) throws(ExceptionObject) -> String? { try text?(state, vm) }
}
