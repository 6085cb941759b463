/// Words of addresses, by language.
enum PlaceWords {
  /// Kinds of streets that stand last: `Elm Street`.
  enum StreetKind: Sendable {
    /// Such as `Street`; enough without a house number.
    case full
    /// Such as `St`, which are other words too.
    case short
  }

  static let streetKinds = WordTable<StreetKind>(
    words(
      """
      street avenue road boulevard lane drive crescent highway parkway terrace turnpike streets
      """, .full)
      + words(
        """
        st str ave av rd blvd ln dr ct court circle cir way place pl ter pkwy hwy square sq trail
        trl row alley aly loop close gardens grove mews walk hill hills ridge run path pike pass
        passage plaza expressway expy freeway fwy causeway esplanade quay creek manor estate heights
        village view park green crossing bend cove point landing junction union squares cliffs
        parade promenade terr cres route
        """, .short))

  /// Kinds of streets that stand first: `Calle Serrano`, `rue de Kairouan`.
  static let leadingKinds = WordSet(
    """
    rue calle avenida avda avd av via viale rua paseo plaza pza plz pz praca placa carrer carretera
    crta ctra camino ronda travesia urb urbanizacion ul ulica strada corso piazza boulevard allee
    chemin impasse quai avenue route trg jalan c rambla glorieta poligono autovia callejon
    bulevar passeig cite rruga
    """)

  /// Those among them that are other words too and need a point or slash after them.
  static let markedKinds = WordSet("av ul c urb pz plz")

  /// Small words within the names of streets.
  static let particles = WordSet(
    """
    de del la las los el da do dos das des du di al y e en of the der den van von le les a l d sur
    della delle degli san st
    """)

  static let directions = WordSet(
    "n s e w ne nw se sw north south east west northeast northwest southeast southwest")

  static let units = WordSet(
    "apt apartment suite ste unit floor fl bldg building lot trailer flat appt apto piso")
  /// Units that show an address by themselves.
  static let soleUnits = WordSet("apt suite ste apartment flat appt apto")

  /// Words after the house number of Spanish addresses.
  static let floors = WordSet(
    """
    esc escalera piso pta puerta planta bajo izq izda dcha bloque portal local no num n º ª a b c d
    e f g h i j k ed edif edificio s bis izquierda derecha
    """)

  static let addressCues = WordSet(
    "domicilio direccion adresse anschrift address residence indirizzo endereco")
  static let otherAddresses = WordSet(
    "please ip email mail e web mac url website network to will also should must")

  /// Ends of the names of streets in one word: `Kiannonkatu`, `Bundesstrasse`.
  static let compoundEnds = [
    "strasse", "straße", "strase", "gasse", "weg", "platz", "allee", "damm", "ufer", "straat",
    "laan", "plein",
    "dreef", "kade", "gracht", "vej", "gade", "vegen", "veien", "gata", "gatan", "vägen", "katu",
    "kuja",
    "polku", "utca", "körút", "stræti", "straeti", "gränd", "vangen", "veg", "stien", "str", "tie",
    "lein",
    "stigen",
  ]

  /// Words for streets that follow the name as a word of its own: `Augsburger strasse 36`.
  static let separateEnds = WordSet(
    "strasse straße gade vej gate katu utca utja väg vägen veien gatan weg allee")

  /// Words after which a number and a name are an address.
  static let dwelling = WordSet("lives live lived living resides reside residing address resident")

  /// States, provinces and armed forces areas, by the two letters of post.
  static let states = WordSet(
    """
    AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY
    NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR GU VI AS MP AA AE AP
    """)

  /// The last words of the names of states.
  static let stateNames = WordSet(
    """
    alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii
    idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan
    minnesota mississippi missouri montana nebraska nevada hampshire jersey mexico york carolina
    dakota ohio oklahoma oregon pennsylvania island tennessee texas utah vermont virginia washington
    wisconsin wyoming columbia
    """)

  /// Countries, after whose names postal codes are written.
  static let countries = WordSet(
    """
    austria australia belgium brazil canada cyprus czechia denmark estonia finland france germany
    greece greenland hungary iceland ireland italy japan netherlands norway poland portugal slovenia
    spain sweden switzerland tunisia turkey uruguay argentina chile colombia peru china india
    kingdom zealand africa states republic greenlander slovakia croatia serbia romania bulgaria
    ukraine russia korea singapore malaysia thailand vietnam israel egypt morocco algeria usa uk
    españa alemania francia deutschland osterreich schweiz nederland sverige norge danmark suomi
    """)

  private static func words(_ words: String, _ kind: StreetKind) -> [(String, StreetKind)] {
    words.split { $0 == " " || $0 == "\n" }.map { (String($0), kind) }
  }
}
