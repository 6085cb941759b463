/// Names that are words of English, or of medicine, too: in lower case they are taken for the word.
enum CommonNameWords {
  static func contains(_ word: String) -> Bool { words.contains(word) }

  private static let words: Set<String> = Set(
    """
    april arch august autumn banks bath bell berry best bill bird black blood bloom bond bone bones \
    booth bowl bowel brand brook brooks brown burn burns bush butler case cash chance chase christian \
    church clay cole cook cope coral cotton cross curry daisy dale dash dawn day dean dove drew duke \
    early east english eve faith fall field fields fish fisher flower flowers foot ford forest foster \
    fox frank free french friend frost gale game gene ginger glass gold good grace grant graves gray \
    green grey gross guy hale hall hand handy hands hardy head heart heath heather hill holly hood hook \
    hope house hunt hunter iris ivory ivy jack jade jasmine jewel joint joy june justice king knee \
    lake lamb lance lane large lily little long lord love low major major marina mark marks marsh \
    mason maxi maxim may mayo means mercy merit miles mill mills mobile mole moody moon moore more \
    moss nail neck nice noble norm north nurse ocean olive orange pace page pain paris park parks \
    parson patience payne peace peak pearl penny pepper pierce pike pine pond pope porter post power \
    powers pray price pride prince quick rain rash ray read reading reed rest rice rich rivers robin \
    root rose ruby rush rusty sage salt sandy savage self sharp shell shields shore short sierra silver \
    singer skin sky small snow south spring stark steel sterling stone storm strong summer sunny swift \
    temple teller tender thrush true valentine vein victor viola violet virgin walker wall walls ward \
    waters weeks wells west wheeler white will wing wise wolf wood woods work worth wound young
    """.split { $0.isWhitespace }.map(String.init))
}

/// Words of streets with their short forms.
enum StreetWords {
  static func group(of word: String) -> [String]? { groups.first { $0.contains(word) } }

  private static let groups: [[String]] = [
    ["street", "st", "str"], ["avenue", "ave", "av"], ["road", "rd"], ["drive", "dr"],
    ["lane", "ln"], ["boulevard", "blvd"], ["court", "ct"], ["place", "pl"], ["square", "sq"],
    ["terrace", "ter", "terr"], ["circle", "cir"], ["highway", "hwy"], ["parkway", "pkwy"],
    ["trail", "trl"], ["apartment", "apt", "unit", "suite", "ste", "#"], ["north", "n"],
    ["south", "s"], ["east", "e"], ["west", "w"], ["straße", "strasse", "str"], ["calle", "c"],
    ["avenida", "av", "avda"],
  ]
}
