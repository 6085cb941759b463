import Glibc
import Records

/// Recognises the common licence texts by phrases that only they have.
package enum InspectionLicense {
  /// The licences whose text, name or address stands in a licence file, in the order of `License`.
  ///
  /// A file may hold several (annotations under one, texts under another), so all are given.
  package static func licenses(in text: [UInt8]) -> [License] {
    let text = normalised(text)
    let found = Set(rules.filter { $0.matches(text) }.map(\.license))
    return License.allCases.filter(found.contains)
  }

  /// Whether an entry's or a file's name is that of a licence text: `LICENSE`, `COPYING.txt`,
  /// `LICENSE-MIT`, `licence.md`.
  package static func isLicenseName(_ path: String) -> Bool {
    let name = (path.split(separator: "/").last.map(String.init) ?? "").lowercased()
    let suffixes = ["", ".txt", ".md", ".rst", ".html"]
    return stems.contains { stem in
      guard name.hasPrefix(stem) else { return false }
      let rest = name.dropFirst(stem.count)
      return suffixes.contains(String(rest)) || rest.hasPrefix("-") || rest.hasPrefix("_")
    }
  }

  private static let stems = ["license", "licence", "licenses", "licences", "copying", "unlicense"]

  private struct Rule {
    var license: License
    /// Any of these shows the licence.
    var phrases: [String]
    /// What must be there as well, and what must not.
    var required: String?
    var absent: String?

    func matches(_ text: [UInt8]) -> Bool {
      guard phrases.contains(where: text.containsText) else { return false }
      return required.map(text.containsText) ?? true && !(absent.map(text.containsText) ?? false)
    }
  }

  private static let rules: [Rule] =
    creativeCommons + [
      Rule(
        license: .cc0,
        phrases: ["cc0 1.0 universal", "creativecommons.org/publicdomain/zero/1.0", "cc0-1.0"]),
      Rule(license: .ccPDM, phrases: ["creativecommons.org/publicdomain/mark/1.0"]),
      Rule(
        license: .pddl,
        phrases: ["odc public domain dedication and licence", "opendatacommons.org/licenses/pddl"]),
      Rule(
        license: .usGovernment,
        phrases: ["united states government work", "u.s. government work"]),
      Rule(
        license: .odcBy,
        phrases: ["open data commons attribution license", "opendatacommons.org/licenses/by"]),
      Rule(
        license: .odbl,
        phrases: [
          "odc open database license (odbl)", "opendatacommons.org/licenses/odbl", "odbl-1.0",
        ]),
      Rule(
        license: .mit,
        phrases: [
          "permission is hereby granted, free of charge, to any person obtaining a copy of this software"
        ]),
      Rule(
        license: .apache2,
        phrases: [
          "apache license version 2.0", "apache license, version 2.0", "licenses/license-2.0",
        ]),
      Rule(license: .bsd2, phrases: [bsdGrant], absent: "neither the name"),
      Rule(license: .bsd3, phrases: [bsdGrant], required: "neither the name"),
      Rule(
        license: .gpl3,
        phrases: ["gnu general public license version 3"]),
      Rule(
        license: .physioNetCredentialed,
        phrases: ["physionet credentialed health data license"]),
      Rule(
        license: .cdlaPermissive2,
        phrases: ["community data license agreement - permissive - version 2.0"]),
      Rule(
        license: .ogl3,
        phrases: ["open government licence v3.0", "open-government-licence/version/3"]),
      Rule(license: .nlmTerms, phrases: ["courtesy of the u.s. national library of medicine"]),
    ]

  private static let bsdGrant =
    "redistribution and use in source and binary forms, with or without modification, are "
    + "permitted provided that the following conditions are met"

  /// Title, address and short names of the Creative Commons licences.
  private static let creativeCommons: [Rule] = [
    (.ccBy2, "by", "2.0"), (.ccBy25, "by", "2.5"), (.ccBy3, "by", "3.0"), (.ccBy4, "by", "4.0"),
    (.ccBySA3, "by-sa", "3.0"), (.ccBySA4, "by-sa", "4.0"), (.ccByNC2, "by-nc", "2.0"),
    (.ccByNC3, "by-nc", "3.0"), (.ccByNC4, "by-nc", "4.0"), (.ccByNCSA3, "by-nc-sa", "3.0"),
    (.ccByNCSA4, "by-nc-sa", "4.0"), (.ccByND4, "by-nd", "4.0"), (.ccByNCND3, "by-nc-nd", "3.0"),
    (.ccByNCND4, "by-nc-nd", "4.0"),
  ].map(creativeCommonsRule)

  private static func creativeCommonsRule(
    _ license: License, _ elements: String, _ version: String
  ) -> Rule {
    let words = elements.split(separator: "-").map { titles[String($0)] ?? "" }
    return Rule(
      license: license,
      phrases: [
        " \(words.joined(separator: "-")) \(version)",
        "creativecommons.org/licenses/\(elements)/\(version)",
        " cc-\(elements)-\(version)", " cc \(elements) \(version)",
      ])
  }

  private static let titles = [
    "by": "attribution", "sa": "sharealike", "nc": "noncommercial", "nd": "noderivatives",
  ]

  /// The text in lower case with every run of white space folded to a blank, a blank before it.
  private static func normalised(_ text: [UInt8]) -> [UInt8] {
    var folded: [UInt8] = [0x20]
    folded.reserveCapacity(text.count + 2)
    for byte in text {
      if byte > 0x20 {
        folded.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
      } else if folded.last != 0x20 {
        folded.append(0x20)
      }
    }
    folded.append(0x20)
    return folded
  }
}

extension [UInt8] {
  /// Whether a text stands somewhere in the bytes.
  func containsText(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { wanted in
      withUnsafeBytes { bytes in
        guard let text = wanted.baseAddress, var place = bytes.baseAddress else { return false }
        let end = place + bytes.count
        while end - place >= wanted.count,
          let found = memchr(place, Int32(text.pointee), end - place - wanted.count + 1)
        {
          if memcmp(found, text, wanted.count) == 0 { return true }
          place = UnsafeRawPointer(found) + 1
        }
        return false
      }
    }
  }
}
