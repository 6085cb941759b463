import Glibc

/// The system's words for an error number, in English whatever the locale.
func systemMessage(_ code: Int32) -> String {
  switch code {
  case ENOENT: "no such file"
  case EACCES, EPERM: "permission denied"
  case EISDIR: "it is a folder"
  case ENOTDIR: "a part of the path is not a folder"
  case ELOOP: "too many symbolic links"
  case EMFILE, ENFILE: "too many open files"
  case ENAMETOOLONG: "the name is too long"
  case EIO: "the device reports an error"
  default: "system error \(code)"
  }
}
