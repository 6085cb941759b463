import Glibc
import Testing

/// A folder that is gone when the test is; files of stages have no name in it.
final class WorkFolderFixture {
  let path: String

  init() throws {
    var template = Array("/tmp/materia-stages-XXXXXX".utf8CString)
    path = try template.withUnsafeMutableBufferPointer { buffer in
      let base = try #require(buffer.baseAddress)
      return String(cString: try #require(mkdtemp(base)))
    }
  }

  deinit { rmdir(path) }
}
