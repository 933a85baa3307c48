import Runtime

/// `io`.
enum IOModule {
  nonisolated(unsafe) static let unsupportedOperation: TypeObject = {
    let type = TypeObject(
      "UnsupportedOperation", module: "io", bases: [Types.osError, Types.valueError], layout: .exception)
    type.setMRO([type, Types.osError, Types.valueError] + Types.exception.mro)
    return type
  }()

  static func make(_ vm: VM) -> Module {
    let m = ModuleBuilder("io", "Files, and text and bytes in memory that are used as files.")
    m.set("open", .object(OpenFunction.native))
    m.set("StringIO", StreamTypes.stringIO)
    m.set("BytesIO", StreamTypes.bytesIO)
    m.set("TextIOWrapper", StreamTypes.textIOWrapper)
    m.set("BufferedReader", StreamTypes.bufferedReader)
    m.set("BufferedWriter", StreamTypes.bufferedWriter)
    m.set("BufferedRandom", StreamTypes.bufferedRandom)
    m.set("FileIO", StreamTypes.fileIO)
    m.set("IOBase", StreamTypes.ioBase)
    m.set("RawIOBase", StreamTypes.rawIOBase)
    m.set("BufferedIOBase", StreamTypes.bufferedIOBase)
    m.set("TextIOBase", StreamTypes.textIOBase)
    m.set("UnsupportedOperation", unsupportedOperation)
    m.set("SEEK_SET", .int(0))
    m.set("SEEK_CUR", .int(1))
    m.set("SEEK_END", .int(2))
    m.set("DEFAULT_BUFFER_SIZE", .int(8192))
    return m.module
  }
}
