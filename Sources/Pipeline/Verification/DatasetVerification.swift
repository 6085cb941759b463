import Emitters
import Formats
import Glibc
import Recipes
import Records
import Schemas

/// Checks a published dataset against its own manifest, and repeats its proof.
///
/// What it finds is told by file, line and count, never by text.
package struct DatasetVerification: Sendable {
  private let root: String
  private let threads: Int
  private let memoryBytes: Int

  package init(folder: String, threads: Int, memoryBytes: Int) {
    root = folder
    self.threads = threads
    self.memoryBytes = memoryBytes
  }

  /// What a verification found.
  package struct Result: Sendable {
    /// How many files and rows were read.
    package var files = 0
    package var rows = 0
    /// How many pairs of splits the proof was repeated for; 0 when it could not be.
    package var provedPairs = 0
    /// Whether the repeated proof found the splits apart.
    package var isDisjoint = true
    package var problems: [Diagnostic] = []

    package var isValid: Bool { problems.isEmpty }
  }

  /// Verifies the folder.
  ///
  /// - Throws: a `Diagnostic` when it holds no manifest.
  package func run() async throws -> Result {
    let manifest = try PublishedManifest(in: root)
    var result = Result(problems: manifest.problems)
    guard manifest.problems.isEmpty else { return result }
    result.problems += listProblems(of: manifest)
    let root = root
    let present = manifest.files.filter { FileSize.isFile("\(root)/\($0.path)") }
    let checks = try await OrderedTasks.run(present, width: threads) { _, file in
      FileCheck(of: file, in: root)
    }
    result.files = checks.count
    result.rows = checks.reduce(0) { $0 + $1.rows }
    result.problems += checks.flatMap(\.problems)
    result.problems += manifest.countProblems.map(problem)
    await repeatProof(manifest, checks.compactMap(\.reading), &result)
    let dataset = PublishedDataset(root: root, manifest: manifest)
    result.problems += await DialectAgreement(dataset: dataset, threads: threads).problems()
    return result
  }

  /// Files that are missing, and files that nobody wrote.
  private func listProblems(of manifest: PublishedManifest) -> [Diagnostic] {
    let listed = Set(manifest.files.map(\.path))
    let missing = manifest.files.filter { !FileSize.isFile("\(root)/\($0.path)") }.map {
      Diagnostic(
        at: place($0.path), "the file is missing",
        hint: "take the dataset whole from where it was published, or build it again")
    }
    let added = FolderTree.files(in: root).filter {
      !listed.contains($0) && $0 != PublishedManifest.fileName
    }.map {
      Diagnostic(
        at: place($0), "the file is not in the manifest",
        hint: "take it out of the folder: it is not part of the dataset")
    }
    return missing + added
  }

  // MARK: The proof

  private func repeatProof(
    _ manifest: PublishedManifest, _ readings: [FileReading], _ result: inout Result
  ) async {
    let path = ProofDocument.fileName
    guard FileSize.isFile("\(root)/\(path)") else {
      result.problems.append(
        Diagnostic(
          at: place(path), "there is no proof to repeat",
          hint: "datasets of earlier builds have none; build it again"))
      return
    }
    do {
      let stated = try document(path)
      result.problems += lockProblems(of: ProofSettings(stated.root))
      let document = try await repeated(stated, manifest, readings)
      result.provedPairs = document.leaks.pairs.count
      result.isDisjoint = document.isDisjoint
      result.problems += document.violations.map {
        problem("the splits are not apart: \($0)")
      }
      let found = try JSONDocument(parsing: document.file)
      result.problems += differences(stated.root, found.root).map {
        Diagnostic(
          at: place(path), "'\($0)' is not what the rows say",
          hint: "rows were changed after they were proved; build the dataset again")
      }
    } catch PipelineError.unproven(let what), PipelineError.torn(let what) {
      result.problems.append(problem(what))
    } catch let error as any DiagnosticError {
      result.problems.append(error.diagnostic)
    } catch {
      result.problems.append(problem("the proof cannot be repeated"))
    }
  }

  /// Where the proof was made by other settings than the locked recipe asks for.
  private func lockProblems(of stated: ProofSettings) -> [Diagnostic] {
    guard let lock = try? PublishedLock(in: root), let node = lock.recipe else {
      return [
        Diagnostic(
          at: place(RecipeLock.fileName), "the lock file cannot be read",
          hint: "take the dataset whole from where it was published, or build it again")
      ]
    }
    let asked = ProofSettings(Recipe(locked: node))
    let pairs: [(String, Bool)] = [
      ("compared.dialect", stated.dialect == asked.dialect),
      ("compared", stated.leaks == asked.leaks),
      ("stops_at.groups", stated.requiresGroups == asked.requiresGroups),
      ("stops_at.copies", stated.requiresCopies == asked.requiresCopies),
      ("stops_at.near", stated.requiresNear == asked.requiresNear),
    ]
    return pairs.filter { !$0.1 }.map { key, _ in
      Diagnostic(
        at: place(ProofDocument.fileName), "'\(key)' is not what \(RecipeLock.fileName) asks for",
        hint: "the proof or the lock was changed after the build; build the dataset again")
    }
  }

  private func document(_ path: String) throws -> JSONDocument {
    let full = "\(root)/\(path)"
    let bytes = try FileRange.bytes(of: full, offset: 0, count: FileSize.of(full))
    let document = try JSONDocument(parsing: bytes)
    guard try Schema(embedded: "proof").isValid(document.root) else {
      throw Diagnostic(
        at: place(path), "the proof does not fit its schema",
        hint: "'materia validate --whole --schema proof' says where")
    }
    return document
  }

  private func repeated(
    _ stated: JSONDocument, _ manifest: PublishedManifest, _ readings: [FileReading]
  ) async throws -> ProofDocument {
    let settings = ProofSettings(stated.root)
    let proof = try ProofReading(
      root: root, isSplitByGroup: false, hasExemplars: true, threads: threads
    ).proof(from: readings)
    let found = try await LeakSearch(
      root: root, paths: manifest.files.map(\.path), settings: settings, threads: threads,
      memoryBytes: memoryBytes / 2
    ).findings()
    return ProofDocument(
      settings: settings, proof: proof, found: found, benchmarks: manifest.benchmarkHits)
  }

  /// The keys under which two documents differ.
  private func differences(_ stated: JSONNode, _ found: JSONNode) -> [String] {
    found.members.map(\.name).filter { key in
      guard let one = stated[key], let two = found[key] else { return true }
      return CanonicalText.of(one) != CanonicalText.of(two)
    }
  }

  private func place(_ path: String) -> Position { Position(file: "\(root)/\(path)") }

  private func problem(_ message: String) -> Diagnostic {
    Diagnostic(
      at: Position(file: root), message,
      hint: "the dataset is not as it was built; build it again")
  }
}

/// A JSON value as text, without the spaces between its parts.
private enum CanonicalText {
  static func of(_ node: JSONNode) -> [UInt8] {
    node.withSourceBytes { bytes in
      guard let value = try? JSON(parsing: Array(bytes)) else { return Array(bytes) }
      var json = JSONWriter()
      json.value(value)
      return json.take()
    }
  }
}

extension FileSize {
  /// Whether a regular file stands at a path, and no link.
  static func isFile(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }
}
