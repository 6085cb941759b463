/// The names of fields, columns or elements, with how many of their values are filled.
package struct InspectionFields: Sendable, Equatable {
  /// One name with its counts.
  package struct Field: Sendable, Equatable {
    package var name: String
    /// How many values are not empty.
    package var filled: Int
    /// How many values there could be: the records for columns and keys, the elements for XML.
    package var count: Int

    package init(_ name: String, filled: Int, of count: Int) {
      self.name = name
      self.filled = filled
      self.count = count
    }

    /// The filled values in percent, rounded down so that 100 means all.
    package var percent: Int { count == 0 ? 0 : filled * 100 / count }
  }

  /// The fields in the order they were met.
  package private(set) var all: [Field] = []
  /// How many names were left out for the bound.
  package private(set) var omitted = 0
  private var places: [String: Int] = [:]

  /// Enough for any published table; MIMIC's widest has 40 columns.
  private static let maximumNames = 200

  package init() {}

  package init(_ fields: [Field]) { for field in fields { add(field) } }

  package var names: [String] { all.map(\.name) }

  package var isEmpty: Bool { all.isEmpty }

  package func contains(_ name: String) -> Bool { places[name] != nil }

  /// Counts one value of a field.
  mutating func add(_ name: String, isFilled: Bool) {
    add(Field(name, filled: isFilled ? 1 : 0, of: 1))
  }

  mutating func add(_ field: Field) {
    if let place = places[field.name] {
      all[place].filled += field.filled
      all[place].count += field.count
    } else if all.count < Self.maximumNames {
      places[field.name] = all.count
      all.append(field)
    } else {
      omitted += 1
    }
  }

  mutating func add(_ other: InspectionFields) { for field in other.all { add(field) } }

  /// Makes every field's count that of the records, so that a missing key counts as empty.
  mutating func setCounts(to records: Int) {
    for place in all.indices { all[place].count = records }
  }

  package static func == (first: InspectionFields, second: InspectionFields) -> Bool {
    first.all == second.all && first.omitted == second.omitted
  }
}
