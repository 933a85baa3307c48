/// Why an archive cannot be read or written.
package enum ArchiveError: Error {
  case file(FileError)
  /// The bytes are not what they should be.
  case damaged(String)
  /// A valid archive of a kind that is not read.
  case unsupported(String)
}

/// Lets an error of a file be thrown as an archive's.
func archive<T>(_ body: () throws(FileError) -> T) throws(ArchiveError) -> T {
  do throws(FileError) { return try body() } catch { throw .file(error) }
}
