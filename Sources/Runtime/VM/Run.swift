import CKernels
import Language
import Tensor

extension VM {
  /// Runs the topmost frame, an entry frame, until it returns. Frames it calls run in the same loop.
  func run() throws(ExceptionObject) -> Value {
    var code = top.pointee.code
    var window = top.pointee.window
    var pc = top.pointee.pc
    while true {
      do throws(ExceptionObject) {
        newFrame: while true {
          let frame = top
          code = frame.pointee.code
          window = frame.pointee.window
          pc = frame.pointee.pc
          let constants = code._withUnsafeGuaranteedRef { $0.constantBase }
          let globals = frame.pointee.function._withUnsafeGuaranteedRef { Unmanaged.passUnretained($0.globals) }
          while true {
            let i = pc.pointee
            pc += 1
            let a = window.at(i.a)
            switch i.op {
            // MARK: Moves and constants
            case .loadConst:
              a.copy(from: constants.at(i.b))
            case .loadInt:
              a.setInt(Int(i.b))
            case .loadNone:
              a.setNone()
            case .loadBool:
              a.setBool(i.b != 0)
            case .move:
              a.copy(from: window.at(i.b))
            case .clear:
              if a.tag == ValueLayout.object {
                frame.pointee.pc = pc
                try letGo(a)
              }
              a.setUnbound()

            // MARK: Variables
            case .loadGlobal:
              let slot = globals._withUnsafeGuaranteedRef { $0.values }.at(i.b)
              if slot.holdsUnbound {
                frame.pointee.pc = pc
                let cache = cache(of: code, before: pc)
                try builtin(a, globals, i.indexB, cache)
              } else {
                a.copy(from: slot)
              }
            case .storeGlobal:
              globals._withUnsafeGuaranteedRef { $0.willChange() }
              globals._withUnsafeGuaranteedRef { $0.values }.at(i.b).copy(from: a)
            case .deleteGlobal:
              if !globals.takeUnretainedValue().delete(i.indexB) {
                throw nameError(globals.takeUnretainedValue().names[i.indexB])
              }
            case .checkLocal:
              if a.holdsUnbound {
                throw unboundLocal(code.takeUnretainedValue().names[i.indexB])
              }
            case .makeCell:
              a.setObject(Cell(a.take()), ValueLayout.object)
            case .loadCell:
              let value = cellValue(window.at(i.b).address)
              if value.holdsUnbound { throw unboundLocal(code.takeUnretainedValue().names[i.indexC]) }
              a.copy(from: value)
            case .storeCell:
              a.reference(as: Object.self)._withUnsafeGuaranteedRef { $0.willChange() }
              cellValue(a.address).copy(from: window.at(i.b))
            case .deleteCell:
              let value = cellValue(a.address)
              if value.holdsUnbound { throw unboundLocal(code.takeUnretainedValue().names[i.indexB]) }
              a.reference(as: Object.self)._withUnsafeGuaranteedRef { $0.willChange() }
              value.setUnbound()
            case .loadFree:
              let cell = (frame.pointee.function._withUnsafeGuaranteedRef { $0.cells } + i.indexB).pointee
              let value = cellValue(cell.toOpaque())
              if value.holdsUnbound { throw unboundFree(code.takeUnretainedValue().names[i.indexC]) }
              a.copy(from: value)
            case .storeFree:
              let cell = (frame.pointee.function._withUnsafeGuaranteedRef { $0.cells } + i.indexB).pointee
              cell._withUnsafeGuaranteedRef { $0.willChange() }
              cellValue(cell.toOpaque()).copy(from: a)
            case .deleteFree:
              let cell = (frame.pointee.function._withUnsafeGuaranteedRef { $0.cells } + i.indexB).pointee
              cell._withUnsafeGuaranteedRef { $0.willChange() }
              cellValue(cell.toOpaque()).setUnbound()
            case .loadName:
              frame.pointee.pc = pc
              a.pointee = try loadName(frame, code.takeUnretainedValue().names[i.indexB])
            case .loadClassFree:
              frame.pointee.pc = pc
              a.pointee = try loadClassFree(frame, i.indexB, code.takeUnretainedValue().names[i.indexC])
            case .storeName:
              let value = a.pointee
              frame.pointee.namespace?.takeUnretainedValue().set(code.takeUnretainedValue().names[i.indexB], value)
            case .deleteName:
              let name = code.takeUnretainedValue().names[i.indexB]
              if frame.pointee.namespace?.takeUnretainedValue().remove(name) != true { throw nameError(name) }
            case .loadAnnotations:
              a.pointee = annotations(frame)

            // MARK: Arithmetic
            case .add:
              let x = window.at(i.b)
              let y = window.at(i.c)
              if x.tag == ValueLayout.int && y.tag == ValueLayout.int {
                let (sum, overflow) = x.intPayload.addingReportingOverflow(y.intPayload)
                if !overflow {
                  a.setInt(sum)
                  continue
                }
              } else if x.tag == ValueLayout.float && y.tag == ValueLayout.float {
                a.setFloat(x.floatPayload + y.floatPayload)
                continue
              }
              frame.pointee.pc = pc
              if try arithmetic(.add, a, x, y) { continue newFrame }
            case .sub:
              let x = window.at(i.b)
              let y = window.at(i.c)
              if x.tag == ValueLayout.int && y.tag == ValueLayout.int {
                let (difference, overflow) = x.intPayload.subtractingReportingOverflow(y.intPayload)
                if !overflow {
                  a.setInt(difference)
                  continue
                }
              } else if x.tag == ValueLayout.float && y.tag == ValueLayout.float {
                a.setFloat(x.floatPayload - y.floatPayload)
                continue
              }
              frame.pointee.pc = pc
              if try arithmetic(.subtract, a, x, y) { continue newFrame }
            case .mul:
              let x = window.at(i.b)
              let y = window.at(i.c)
              if x.tag == ValueLayout.int && y.tag == ValueLayout.int {
                let (product, overflow) = x.intPayload.multipliedReportingOverflow(by: y.intPayload)
                if !overflow {
                  a.setInt(product)
                  continue
                }
              } else if x.tag == ValueLayout.float && y.tag == ValueLayout.float {
                a.setFloat(x.floatPayload * y.floatPayload)
                continue
              }
              frame.pointee.pc = pc
              if try arithmetic(.multiply, a, x, y) { continue newFrame }
            case .div:
              let x = window.at(i.b)
              let y = window.at(i.c)
              if x.tag == ValueLayout.float && y.tag == ValueLayout.float && y.floatPayload != 0 {
                a.setFloat(x.floatPayload / y.floatPayload)
                continue
              }
              frame.pointee.pc = pc
              if try arithmetic(.divide, a, x, y) { continue newFrame }
            case .floorDiv:
              let x = window.at(i.b)
              let y = window.at(i.c)
              if x.tag == ValueLayout.int && y.tag == ValueLayout.int && y.intPayload > 0 {
                a.setInt(floorDivide(x.intPayload, y.intPayload))
                continue
              }
              frame.pointee.pc = pc
              if try arithmetic(.floorDivide, a, x, y) { continue newFrame }
            case .mod:
              let x = window.at(i.b)
              let y = window.at(i.c)
              if x.tag == ValueLayout.int && y.tag == ValueLayout.int && y.intPayload > 0 {
                a.setInt(floorModulo(x.intPayload, y.intPayload))
                continue
              }
              frame.pointee.pc = pc
              if try arithmetic(.modulo, a, x, y) { continue newFrame }
            case .pow:
              frame.pointee.pc = pc
              if try arithmetic(.power, a, window.at(i.b), window.at(i.c)) { continue newFrame }
            case .matmul:
              frame.pointee.pc = pc
              if try arithmetic(.matmul, a, window.at(i.b), window.at(i.c)) { continue newFrame }
            case .shl:
              frame.pointee.pc = pc
              if try arithmetic(.leftShift, a, window.at(i.b), window.at(i.c)) { continue newFrame }
            case .shr:
              frame.pointee.pc = pc
              if try arithmetic(.rightShift, a, window.at(i.b), window.at(i.c)) { continue newFrame }
            case .bitAnd:
              let x = window.at(i.b)
              let y = window.at(i.c)
              if x.tag == ValueLayout.int && y.tag == ValueLayout.int {
                a.setInt(x.intPayload & y.intPayload)
                continue
              }
              frame.pointee.pc = pc
              if try arithmetic(.bitAnd, a, x, y) { continue newFrame }
            case .bitOr:
              frame.pointee.pc = pc
              if try arithmetic(.bitOr, a, window.at(i.b), window.at(i.c)) { continue newFrame }
            case .bitXor:
              let x = window.at(i.b)
              let y = window.at(i.c)
              if x.tag == ValueLayout.int && y.tag == ValueLayout.int {
                a.setInt(x.intPayload ^ y.intPayload)
                continue
              }
              frame.pointee.pc = pc
              if try arithmetic(.bitXor, a, x, y) { continue newFrame }

            case .addK:
              let x = window.at(i.b)
              let y = constants.at(i.c)
              if x.tag == ValueLayout.int && y.tag == ValueLayout.int {
                let (sum, overflow) = x.intPayload.addingReportingOverflow(y.intPayload)
                if !overflow {
                  a.setInt(sum)
                  continue
                }
              } else if x.tag == ValueLayout.float {
                a.setFloat(x.floatPayload + number(y))
                continue
              }
              frame.pointee.pc = pc
              if try arithmetic(.add, a, x, y) { continue newFrame }
            case .subK:
              let x = window.at(i.b)
              let y = constants.at(i.c)
              if x.tag == ValueLayout.int && y.tag == ValueLayout.int {
                let (difference, overflow) = x.intPayload.subtractingReportingOverflow(y.intPayload)
                if !overflow {
                  a.setInt(difference)
                  continue
                }
              } else if x.tag == ValueLayout.float {
                a.setFloat(x.floatPayload - number(y))
                continue
              }
              frame.pointee.pc = pc
              if try arithmetic(.subtract, a, x, y) { continue newFrame }
            case .mulK:
              let x = window.at(i.b)
              let y = constants.at(i.c)
              if x.tag == ValueLayout.int && y.tag == ValueLayout.int {
                let (product, overflow) = x.intPayload.multipliedReportingOverflow(by: y.intPayload)
                if !overflow {
                  a.setInt(product)
                  continue
                }
              } else if x.tag == ValueLayout.float {
                a.setFloat(x.floatPayload * number(y))
                continue
              }
              frame.pointee.pc = pc
              if try arithmetic(.multiply, a, x, y) { continue newFrame }
            case .divK:
              let x = window.at(i.b)
              let y = constants.at(i.c)
              if x.tag == ValueLayout.float, case let divisor = number(y), divisor != 0 {
                a.setFloat(x.floatPayload / divisor)
                continue
              }
              frame.pointee.pc = pc
              if try arithmetic(.divide, a, x, y) { continue newFrame }
            case .floorDivK:
              let x = window.at(i.b)
              let y = constants.at(i.c)
              if x.tag == ValueLayout.int && y.tag == ValueLayout.int && y.intPayload > 0 {
                a.setInt(floorDivide(x.intPayload, y.intPayload))
                continue
              }
              frame.pointee.pc = pc
              if try arithmetic(.floorDivide, a, x, y) { continue newFrame }
            case .modK:
              let x = window.at(i.b)
              let y = constants.at(i.c)
              if x.tag == ValueLayout.int && y.tag == ValueLayout.int && y.intPayload > 0 {
                a.setInt(floorModulo(x.intPayload, y.intPayload))
                continue
              }
              frame.pointee.pc = pc
              if try arithmetic(.modulo, a, x, y) { continue newFrame }
            case .powK:
              let x = window.at(i.b)
              let y = constants.at(i.c)
              if y.tag == ValueLayout.int && y.intPayload == 2 {
                if x.tag == ValueLayout.float {
                  // What is not finite may be an OverflowError.
                  let square = x.floatPayload * x.floatPayload
                  if square.isFinite {
                    a.setFloat(square)
                    continue
                  }
                } else if x.tag == ValueLayout.int {
                  let (product, overflow) = x.intPayload.multipliedReportingOverflow(by: x.intPayload)
                  if !overflow {
                    a.setInt(product)
                    continue
                  }
                }
              }
              frame.pointee.pc = pc
              if try arithmetic(.power, a, x, y) { continue newFrame }

            case .inplace:
              let y = window.at(i.b)
              if a.tag == ValueLayout.int && y.tag == ValueLayout.int {
                if i.c == 0 {
                  let (sum, overflow) = a.intPayload.addingReportingOverflow(y.intPayload)
                  if !overflow {
                    a.setInt(sum)
                    continue
                  }
                }
              } else if a.tag == ValueLayout.float && y.tag == ValueLayout.float {
                if i.c == 0 {
                  a.setFloat(a.floatPayload + y.floatPayload)
                  continue
                } else if i.indexC == 1 {
                  a.setFloat(a.floatPayload - y.floatPayload)
                  continue
                } else if i.indexC == 2 {
                  a.setFloat(a.floatPayload * y.floatPayload)
                  continue
                }
              }
              frame.pointee.pc = pc
              try inplaceArithmetic(VM.operators[i.indexC], a, y)
            case .inplaceAddK:
              let y = constants.at(i.b)
              if a.tag == ValueLayout.int && y.tag == ValueLayout.int {
                let (sum, overflow) = a.intPayload.addingReportingOverflow(y.intPayload)
                if !overflow {
                  a.setInt(sum)
                  continue
                }
              } else if a.tag == ValueLayout.float {
                a.setFloat(a.floatPayload + number(y))
                continue
              }
              frame.pointee.pc = pc
              try inplaceArithmetic(.add, a, y)
            case .inplaceSubK:
              let y = constants.at(i.b)
              if a.tag == ValueLayout.int && y.tag == ValueLayout.int {
                let (difference, overflow) = a.intPayload.subtractingReportingOverflow(y.intPayload)
                if !overflow {
                  a.setInt(difference)
                  continue
                }
              } else if a.tag == ValueLayout.float {
                a.setFloat(a.floatPayload - number(y))
                continue
              }
              frame.pointee.pc = pc
              try inplaceArithmetic(.subtract, a, y)

            case .neg:
              let x = window.at(i.b)
              if x.tag == ValueLayout.float {
                a.setFloat(-x.floatPayload)
              } else if x.tag == ValueLayout.int && x.intPayload != .min {
                a.setInt(-x.intPayload)
              } else {
                frame.pointee.pc = pc
                a.pointee = try unary(.minus, x.pointee)
              }
            case .pos:
              frame.pointee.pc = pc
              a.pointee = try unary(.plus, window.at(i.b).pointee)
            case .invert:
              frame.pointee.pc = pc
              a.pointee = try unary(.invert, window.at(i.b).pointee)
            case .not:
              let x = window.at(i.b)
              if x.tag == ValueLayout.bool {
                a.setBool(!x.boolPayload)
              } else {
                frame.pointee.pc = pc
                a.setBool(try !isTrue(x.pointee))
              }

            // MARK: Comparison
            case .eq:
              let x = window.at(i.b)
              let y = window.at(i.c)
              if x.tag == ValueLayout.int && y.tag == ValueLayout.int {
                a.setBool(x.intPayload == y.intPayload)
              } else {
                frame.pointee.pc = pc
                a.pointee = try compare(.equal, x.pointee, y.pointee)
              }
            case .ne:
              let x = window.at(i.b)
              let y = window.at(i.c)
              if x.tag == ValueLayout.int && y.tag == ValueLayout.int {
                a.setBool(x.intPayload != y.intPayload)
              } else {
                frame.pointee.pc = pc
                a.pointee = try compare(.notEqual, x.pointee, y.pointee)
              }
            case .lt:
              let x = window.at(i.b)
              let y = window.at(i.c)
              if x.tag == ValueLayout.int && y.tag == ValueLayout.int {
                a.setBool(x.intPayload < y.intPayload)
              } else if x.tag == ValueLayout.float && y.tag == ValueLayout.float {
                a.setBool(x.floatPayload < y.floatPayload)
              } else {
                frame.pointee.pc = pc
                a.pointee = try compare(.less, x.pointee, y.pointee)
              }
            case .le:
              let x = window.at(i.b)
              let y = window.at(i.c)
              if x.tag == ValueLayout.int && y.tag == ValueLayout.int {
                a.setBool(x.intPayload <= y.intPayload)
              } else {
                frame.pointee.pc = pc
                a.pointee = try compare(.lessEqual, x.pointee, y.pointee)
              }
            case .gt:
              let x = window.at(i.b)
              let y = window.at(i.c)
              if x.tag == ValueLayout.int && y.tag == ValueLayout.int {
                a.setBool(x.intPayload > y.intPayload)
              } else if x.tag == ValueLayout.float && y.tag == ValueLayout.float {
                a.setBool(x.floatPayload > y.floatPayload)
              } else {
                frame.pointee.pc = pc
                a.pointee = try compare(.greater, x.pointee, y.pointee)
              }
            case .ge:
              let x = window.at(i.b)
              let y = window.at(i.c)
              if x.tag == ValueLayout.int && y.tag == ValueLayout.int {
                a.setBool(x.intPayload >= y.intPayload)
              } else {
                frame.pointee.pc = pc
                a.pointee = try compare(.greaterEqual, x.pointee, y.pointee)
              }
            case .is:
              a.setBool(isIdentical(window.at(i.b), window.at(i.c)))
            case .isNot:
              a.setBool(!isIdentical(window.at(i.b), window.at(i.c)))
            case .contains:
              frame.pointee.pc = pc
              a.setBool(try contains(window.at(i.c), window.at(i.b)))
            case .notContains:
              frame.pointee.pc = pc
              a.setBool(try !contains(window.at(i.c), window.at(i.b)))

            case .jumpIfNotEq:
              let y = window.at(i.b)
              if a.tag == ValueLayout.int && y.tag == ValueLayout.int {
                if a.intPayload != y.intPayload { pc = pc.after(i.c) }
              } else {
                frame.pointee.pc = pc
                if try !isTrue(compare(.equal, a.pointee, y.pointee)) { pc = pc.after(i.c) }
              }
            case .jumpIfNotNe:
              let y = window.at(i.b)
              if a.tag == ValueLayout.int && y.tag == ValueLayout.int {
                if a.intPayload == y.intPayload { pc = pc.after(i.c) }
              } else {
                frame.pointee.pc = pc
                if try !isTrue(compare(.notEqual, a.pointee, y.pointee)) { pc = pc.after(i.c) }
              }
            case .jumpIfNotLt:
              let y = window.at(i.b)
              if a.tag == ValueLayout.int && y.tag == ValueLayout.int {
                if !(a.intPayload < y.intPayload) { pc = pc.after(i.c) }
              } else if a.tag == ValueLayout.float && y.tag == ValueLayout.float {
                if !(a.floatPayload < y.floatPayload) { pc = pc.after(i.c) }
              } else {
                frame.pointee.pc = pc
                if try !isTrue(compare(.less, a.pointee, y.pointee)) { pc = pc.after(i.c) }
              }
            case .jumpIfNotLe:
              let y = window.at(i.b)
              if a.tag == ValueLayout.int && y.tag == ValueLayout.int {
                if !(a.intPayload <= y.intPayload) { pc = pc.after(i.c) }
              } else {
                frame.pointee.pc = pc
                if try !isTrue(compare(.lessEqual, a.pointee, y.pointee)) { pc = pc.after(i.c) }
              }
            case .jumpIfNotGt:
              let y = window.at(i.b)
              if a.tag == ValueLayout.int && y.tag == ValueLayout.int {
                if !(a.intPayload > y.intPayload) { pc = pc.after(i.c) }
              } else if a.tag == ValueLayout.float && y.tag == ValueLayout.float {
                if !(a.floatPayload > y.floatPayload) { pc = pc.after(i.c) }
              } else {
                frame.pointee.pc = pc
                if try !isTrue(compare(.greater, a.pointee, y.pointee)) { pc = pc.after(i.c) }
              }
            case .jumpIfNotGe:
              let y = window.at(i.b)
              if a.tag == ValueLayout.int && y.tag == ValueLayout.int {
                if !(a.intPayload >= y.intPayload) { pc = pc.after(i.c) }
              } else {
                frame.pointee.pc = pc
                if try !isTrue(compare(.greaterEqual, a.pointee, y.pointee)) { pc = pc.after(i.c) }
              }
            case .jumpIfNotEqK:
              let y = constants.at(i.b)
              if a.tag == ValueLayout.int && y.tag == ValueLayout.int {
                if a.intPayload != y.intPayload { pc = pc.after(i.c) }
              } else {
                frame.pointee.pc = pc
                if try !isTrue(compare(.equal, a.pointee, y.pointee)) { pc = pc.after(i.c) }
              }
            case .jumpIfNotNeK:
              let y = constants.at(i.b)
              if a.tag == ValueLayout.int && y.tag == ValueLayout.int {
                if a.intPayload == y.intPayload { pc = pc.after(i.c) }
              } else {
                frame.pointee.pc = pc
                if try !isTrue(compare(.notEqual, a.pointee, y.pointee)) { pc = pc.after(i.c) }
              }
            case .jumpIfNotLtK:
              let y = constants.at(i.b)
              if a.tag == ValueLayout.int && y.tag == ValueLayout.int {
                if !(a.intPayload < y.intPayload) { pc = pc.after(i.c) }
              } else if a.tag == ValueLayout.float {
                if !(a.floatPayload < number(y)) { pc = pc.after(i.c) }
              } else {
                frame.pointee.pc = pc
                if try !isTrue(compare(.less, a.pointee, y.pointee)) { pc = pc.after(i.c) }
              }
            case .jumpIfNotLeK:
              let y = constants.at(i.b)
              if a.tag == ValueLayout.int && y.tag == ValueLayout.int {
                if !(a.intPayload <= y.intPayload) { pc = pc.after(i.c) }
              } else {
                frame.pointee.pc = pc
                if try !isTrue(compare(.lessEqual, a.pointee, y.pointee)) { pc = pc.after(i.c) }
              }
            case .jumpIfNotGtK:
              let y = constants.at(i.b)
              if a.tag == ValueLayout.int && y.tag == ValueLayout.int {
                if !(a.intPayload > y.intPayload) { pc = pc.after(i.c) }
              } else if a.tag == ValueLayout.float {
                if !(a.floatPayload > number(y)) { pc = pc.after(i.c) }
              } else {
                frame.pointee.pc = pc
                if try !isTrue(compare(.greater, a.pointee, y.pointee)) { pc = pc.after(i.c) }
              }
            case .jumpIfNotGeK:
              let y = constants.at(i.b)
              if a.tag == ValueLayout.int && y.tag == ValueLayout.int {
                if !(a.intPayload >= y.intPayload) { pc = pc.after(i.c) }
              } else {
                frame.pointee.pc = pc
                if try !isTrue(compare(.greaterEqual, a.pointee, y.pointee)) { pc = pc.after(i.c) }
              }

            // MARK: Control
            case .jump:
              pc = pc.after(i.b)
            case .jumpBack:
              // Raised at the jump itself: the place before its target may lie outside of a `try` around the loop.
              if tnb_interrupt_pending() != 0 {
                frame.pointee.pc = pc
                throw interrupt()
              }
              pc = pc.after(i.b)
            case .jumpIfTrue:
              if a.tag == ValueLayout.bool {
                if a.boolPayload { pc = pc.after(i.b) }
              } else {
                frame.pointee.pc = pc
                if try isTrue(a.pointee) { pc = pc.after(i.b) }
              }
            case .jumpIfFalse:
              if a.tag == ValueLayout.bool {
                if !a.boolPayload { pc = pc.after(i.b) }
              } else {
                frame.pointee.pc = pc
                if try !isTrue(a.pointee) { pc = pc.after(i.b) }
              }
            case .jumpIfNone:
              if a.holdsNone { pc = pc.after(i.b) }
            case .jumpIfNotNone:
              if !a.holdsNone { pc = pc.after(i.b) }
            case .jumpIfUnbound:
              if a.holdsUnbound { pc = pc.after(i.b) }

            // MARK: Iteration
            case .getIter:
              frame.pointee.pc = pc
              try iterator(a, of: window.at(i.b))
            case .forIter:
              switch try iterate(frame, pc, a, window, following: pc) {
              case .item: break
              case .pair: pc += 1
              case .end: pc = pc.after(i.b)
              }
            case .forNext:
              // Raised here, within the loop: the place before the `forIter` may lie outside of a `try` around the loop.
              if tnb_interrupt_pending() != 0 { throw interrupt() }
              let body = pc.after(i.b)
              switch try iterate(frame, pc, a, window, following: body) {
              case .item: pc = body
              case .pair: pc = body + 1
              case .end: pc = body.after((body - 1).pointee.b)
              }

            // MARK: Attributes and items
            case .loadAttr:
              let x = window.at(i.b)
              let cache = cache(of: code, before: pc)
              if x.tag == ValueLayout.instance {
                let instance = x.reference(as: Instance.self)
                if cache.matches(instance) {
                  a.copy(from: instance.slots + Int(cache.pointee.slot))
                  continue
                }
              }
              frame.pointee.pc = pc
              try loadAttribute(a, x, code.takeUnretainedValue(), name: i.indexC, cache)
            case .storeAttr:
              let cache = cache(of: code, before: pc)
              if a.tag == ValueLayout.instance {
                let instance = a.reference(as: Instance.self)
                if cache.matches(instance) {
                  instance._withUnsafeGuaranteedRef { $0.willChange() }
                  if cache.pointee.slot >= 0 {
                    (instance.slots + Int(cache.pointee.slot)).copy(from: window.at(i.b))
                    continue
                  }
                  if let next = cache.pointee.nextShape {
                    let value = window.at(i.b)
                    instance._withUnsafeGuaranteedRef { $0.append(value, next) }
                    continue
                  }
                }
              }
              frame.pointee.pc = pc
              try storeAttribute(a, window.at(i.b), code.takeUnretainedValue(), name: i.indexC, cache)
            case .deleteAttr:
              frame.pointee.pc = pc
              try deleteAttribute(a.pointee, code.takeUnretainedValue().names[i.indexC])
            case .loadMethod:
              frame.pointee.pc = pc
              let x = window.at(i.b)
              let cache = cache(of: code, before: pc)
              let tag = x.tag
              if tag == ValueLayout.instance {
                let instance = x.reference(as: Instance.self)
                if cache.matches(instance) {
                  if cache.pointee.slot < 0 {
                    // The receiver first: it may stand in the target's register.
                    (a + 1).copy(from: x)
                    a.copy(from: cache.valueAddress)
                  } else {
                    a.copy(from: instance.slots + Int(cache.pointee.slot))
                    (a + 1).setUnbound()
                  }
                  continue
                }
              } else if cache.pointee.slot == -2 - Int32(tag) {
                if tag != ValueLayout.tensor
                  || x.reference(as: Tensor.self)._withUnsafeGuaranteedRef({ $0.attachment == nil })
                {
                  // The receiver first: it may stand in the target's register.
                  (a + 1).copy(from: x)
                  a.copy(from: cache.valueAddress)
                  continue
                }
              }
              try loadMethod(a, x, code.takeUnretainedValue(), name: i.indexC, cache)
            case .getItem:
              let x = window.at(i.b)
              let y = window.at(i.c)
              if x.tag == ValueLayout.list && y.tag == ValueLayout.int {
                if let item = x.reference(as: List.self).item(at: y.intPayload) {
                  a.copy(from: item)
                  continue
                }
              }
              frame.pointee.pc = pc
              try item(a, x, y)
            case .getItemK:
              let x = window.at(i.b)
              let y = constants.at(i.c)
              if x.tag == ValueLayout.list {
                if let item = x.reference(as: List.self).item(at: y.intPayload) {
                  a.copy(from: item)
                  continue
                }
              } else if x.tag == ValueLayout.tuple {
                if let item = x.reference(as: Tuple.self).item(at: y.intPayload) {
                  a.copy(from: item)
                  continue
                }
              }
              frame.pointee.pc = pc
              try item(a, x, y)
            case .setItem:
              let y = window.at(i.b)
              if a.tag == ValueLayout.list && y.tag == ValueLayout.int {
                if let item = a.reference(as: List.self).item(at: y.intPayload) {
                  a.reference(as: List.self)._withUnsafeGuaranteedRef { $0.willChangeItems() }
                  item.copy(from: window.at(i.c))
                  continue
                }
              }
              frame.pointee.pc = pc
              if a.tag == ValueLayout.dict {
                let dict = a.reference(as: Dict.self)
                let value = window.at(i.c)
                if y.tag == ValueLayout.str {
                  dict._withUnsafeGuaranteedRef { $0.storeText(y, value) }
                } else {
                  try dict.takeUnretainedValue().set(y.pointee, window.at(i.c).pointee, self)
                }
                continue
              }
              try setItem(a.pointee, y.pointee, window.at(i.c).pointee)
            case .deleteItem:
              frame.pointee.pc = pc
              try deleteItem(a.pointee, window.at(i.b).pointee)

            // MARK: Building
            case .buildList:
              a.setObject(List(copying: window.at(i.b), count: i.indexC), ValueLayout.list)
            case .buildTuple:
              a.pointee = i.c == 0 ? .tuple(Tuple.empty) : .tuple(Tuple(copying: window.at(i.b), count: i.indexC))
            case .buildSet:
              frame.pointee.pc = pc
              a.pointee = try makeSet(values(window.at(i.b), i.indexC))
            case .buildDict:
              frame.pointee.pc = pc
              a.pointee = try makeDict(window.at(i.b), i.indexC)
            case .buildSlice:
              let from = window.at(i.b)
              a.pointee = makeSlice(from[0], from[1], from[2])
            case .buildString:
              a.pointee = joinStrings(window.at(i.b), i.indexC)
            case .format:
              let conversion = pc.pointee.indexA
              pc += 1
              frame.pointee.pc = pc
              a.pointee = try formatted(
                window.at(i.b).pointee, conversion, spec: i.c < 0 ? nil : window.at(i.c))
            case .listAppend:
              a.reference(as: List.self).appendNew(copying: window.at(i.b))
            case .listExtend:
              frame.pointee.pc = pc
              let callee = i.c > 0 ? window + (i.indexC - 1) : nil
              if case .list(let list) = a.pointee {
                try list.append(contentsOf: starredItems(window.at(i.b).pointee, callee: callee?.pointee))
              }
            case .setAdd:
              frame.pointee.pc = pc
              try addToSet(a.pointee, window.at(i.b).pointee)
            case .setUpdate:
              frame.pointee.pc = pc
              try updateSet(a.pointee, window.at(i.b).pointee)
            case .dictSet:
              frame.pointee.pc = pc
              if case .dict(let dict) = a.pointee { try dict.set(window.at(i.b).pointee, window.at(i.c).pointee, self) }
            case .dictUpdate:
              frame.pointee.pc = pc
              if case .dict(let dict) = a.pointee { try updateDict(dict, window.at(i.b).pointee) }
            case .dictMerge:
              frame.pointee.pc = pc
              if case .dict(let dict) = a.pointee {
                try mergeKeywords(dict, window.at(i.b).pointee, callee: window.at(i.c).pointee)
              }
            case .listToTuple:
              if case .list(let list) = window.at(i.b).pointee {
                a.pointee = .tuple(Tuple(copying: list.base, count: list.count))
              }
            case .unpack:
              frame.pointee.pc = pc
              try unpack(a, into: window.at(i.b), count: i.indexC)
            case .unpackStar:
              frame.pointee.pc = pc
              try unpackStar(a, into: window.at(i.b), before: i.indexC & 0xFF, after: i.indexC >> 8)

            // MARK: Calls
            case .call:
              frame.pointee.pc = pc
              if a.tag == ValueLayout.function {
                let function = a.reference(as: Function.self)
                if try enterSimple(function, a + 1, i.indexB) { continue newFrame }
              } else if a.tag == ValueLayout.object {
                let family = a.reference(as: Object.self)._withUnsafeGuaranteedRef { $0.family }
                if family == .native {
                  try callNative(a.reference(as: NativeFunction.self), a, i.indexB, nil)
                  continue
                }
                if family == .type, try constructPlainly(a.reference(as: TypeObject.self), a, i.indexB, nil) {
                  continue newFrame
                }
              }
              if try invoke(a, i.indexB, nil) == .entered { continue newFrame }
            case .callKeywords:
              frame.pointee.pc = pc
              if case .tuple(let names) = constants.at(i.c).pointee {
                if try invoke(a, i.indexB, names) == .entered { continue newFrame }
              }
            case .callMethod:
              frame.pointee.pc = pc
              var names: Tuple?
              if i.c >= 0, case .tuple(let given) = constants.at(i.c).pointee { names = given }
              if (a + 1).holdsUnbound {
                // Not a method: close the gap that the receiver left.
                var k = 1
                let end = i.indexB + (names?.count ?? 0)
                while k <= end {
                  (a + k).move(from: a + k + 1)
                  k &+= 1
                }
                if names == nil, a.tag == ValueLayout.function {
                  let function = a.reference(as: Function.self)
                  if try enterSimple(function, a + 1, i.indexB) { continue newFrame }
                } else if names == nil, isNative(a) {
                  try callNative(a.reference(as: NativeFunction.self), a, i.indexB, nil)
                  continue
                }
                if try invoke(a, i.indexB, names) == .entered { continue newFrame }
              } else {
                if names == nil, a.tag == ValueLayout.function {
                  let function = a.reference(as: Function.self)
                  if try enterSimple(function, a + 1, i.indexB + 1) { continue newFrame }
                } else if names == nil, isNative(a) {
                  try callNative(a.reference(as: NativeFunction.self), a, i.indexB + 1, nil)
                  continue
                }
                if try invoke(a, i.indexB + 1, names) == .entered { continue newFrame }
              }
            case .callSpread:
              frame.pointee.pc = pc
              try callSpread(a)
            case .returnValue:
              if try leave(a) { continue newFrame }
              return takeReturned()
            case .returnNone:
              // Register 0 carries it out; a frame has at least one.
              window.setNone()
              if try leave(window) { continue newFrame }
              return takeReturned()

            // MARK: Functions and classes
            case .makeFunction:
              a.pointee = makeFunction(frame, constants.at(i.b).pointee, i.c < 0 ? nil : window.at(i.c))
            case .buildClass:
              frame.pointee.pc = pc
              try buildClass(a, code.takeUnretainedValue().names[i.indexB])

            // MARK: Generators
            case .makeGenerator:
              frame.pointee.pc = pc
              let generator = suspendNew(frame)
              window.setObject(generator, ValueLayout.object)
              if try leave(window) { continue newFrame }
              return takeReturned()
            case .yieldValue:
              let value = window.at(i.b).pointee
              frame.pointee.pc = pc
              suspend(frame, resumeRegister: i.indexA)
              return value
            case .yieldFrom:
              frame.pointee.pc = pc
              if let value = try delegate(window.at(i.b), a) {
                // The same instruction runs again with what is sent next.
                frame.pointee.pc = pc - 1
                suspend(frame, resumeRegister: i.indexA)
                return value
              }

            // MARK: Exceptions
            case .raise:
              frame.pointee.pc = pc
              throw try raised(a.pointee, cause: i.b < 0 ? nil : window.at(i.b).pointee)
            case .reraise:
              if case .object(let object) = handled, let exception = object as? ExceptionObject {
                throw exception
              }
              throw .runtime("No active exception to reraise")
            case .pushHandled:
              let previous = handled
              handled = a.pointee
              window.at(i.b).pointee = previous
            case .popHandled:
              handled = a.take()
            case .jumpIfNotMatch:
              frame.pointee.pc = pc
              if try !matches(a.pointee, window.at(i.b).pointee) { pc = pc.after(i.c) }
            case .rethrow:
              if case .object(let object) = a.pointee, let exception = object as? ExceptionObject {
                throw exception
              }
            case .assertFail:
              throw ExceptionObject(Types.assertionError, i.a < 0 ? [] : [a.pointee])

            // MARK: With
            case .withEnter:
              frame.pointee.pc = pc
              try enterContext(a, window.at(i.b).pointee)
            case .withExit:
              frame.pointee.pc = pc
              a.setBool(try exitContext(window.at(i.b).pointee, window.at(i.c).pointee))

            // MARK: Modules
            case .importName:
              frame.pointee.pc = pc
              a.pointee = try importModule(constants.at(i.b).pointee.string ?? "", top: i.indexC == 1)
            case .importFrom:
              frame.pointee.pc = pc
              a.pointee = try importAttribute(window.at(i.b).pointee, code.takeUnretainedValue().names[i.indexC])
            case .importStar:
              frame.pointee.pc = pc
              try importAll(a.pointee, globals.takeUnretainedValue())

            case .extra:
              // Not reached: the instruction before reads it and steps over it.
              frame.pointee.pc = pc
            case .display:
              displayed = a.pointee
            }
          }
        }
      } catch {
        if raisesInCaller {
          raisesInCaller = false
        } else if depth > 0 {
          top.pointee.pc = pc
        }
        try unwind(error)
      }
    }
  }

  /// One step of the iterator in the register before `a`, which takes the item. At the end the iterator is let go of.
  @inline(__always) private func iterate(
    _ frame: UnsafeMutablePointer<Frame>, _ pc: UnsafePointer<Step>, _ a: UnsafeMutablePointer<Value>,
    _ window: UnsafeMutablePointer<Value>, following: UnsafePointer<Step>
  ) throws(ExceptionObject) -> LoopStep {
    let iterator = a - 1
    if iterator.tag == ValueLayout.object {
      let family = iterator.reference(as: Object.self)._withUnsafeGuaranteedRef { $0.family }
      if family == .rangeIterator {
        let range = iterator.reference(as: RangeIterator.self)
        let remaining = range._withUnsafeGuaranteedRef { $0.remaining }
        if remaining > 0 {
          let current = range._withUnsafeGuaranteedRef { $0.current }
          range._withUnsafeGuaranteedRef {
            $0.remaining = remaining &- 1
            $0.current = current &+ $0.step
          }
          a.setInt(current)
          return .item
        }
        iterator.release()
        return .end
      }
      if family == .listIterator {
        if let item = iterator.reference(as: ListIterator.self)._withUnsafeGuaranteedRef({ $0.step() }) {
          a.copy(from: item)
          return .item
        }
        iterator.release()
        return .end
      }
      if family == .tupleIterator {
        if let item = iterator.reference(as: TupleIterator.self)._withUnsafeGuaranteedRef({ $0.step() }) {
          a.copy(from: item)
          return .item
        }
        iterator.release()
        return .end
      }
    }
    frame.pointee.pc = pc
    return try advance(iterator, a, window, following: following)
  }

  /// The cache of the instruction before `pc`.
  @inline(__always) private func cache(
    of code: Unmanaged<Code>, before pc: UnsafePointer<Step>
  ) -> UnsafeMutablePointer<InlineCache> {
    let address = code._withUnsafeGuaranteedRef { $0.cacheOrigin } &+ UInt(bitPattern: pc) &* 3
    return UnsafeMutablePointer(bitPattern: address).unsafelyUnwrapped
  }

  /// Whether a register holds a function written in Swift.
  @inline(__always) private func isNative(_ register: UnsafeMutablePointer<Value>) -> Bool {
    register.tag == ValueLayout.object
      && register.reference(as: Object.self)._withUnsafeGuaranteedRef { $0.family == .native }
  }

  /// Where the variable of a cell stands.
  @inline(__always) private func cellValue(_ cell: UnsafeMutableRawPointer) -> UnsafeMutablePointer<Value> {
    (cell + Cell.valueOffset).assumingMemoryBound(to: Value.self)
  }

  /// A number constant as a float.
  @inline(__always) private func number(_ constant: UnsafeMutablePointer<Value>) -> Double {
    constant.tag == ValueLayout.float ? constant.floatPayload : Double(constant.intPayload)
  }

  static let operators = BinaryOperator.allCases
}

/// Python's `//` for a positive divisor.
@inline(__always) func floorDivide(_ x: Int, _ y: Int) -> Int {
  let q = x / y
  return x % y < 0 ? q - 1 : q
}

/// Python's `%` for a positive divisor.
@inline(__always) func floorModulo(_ x: Int, _ y: Int) -> Int {
  let r = x % y
  return r < 0 ? r + y : r
}
