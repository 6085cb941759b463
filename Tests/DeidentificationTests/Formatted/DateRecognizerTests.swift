import Testing

@testable import Deidentification

@Suite struct DateRecognizerTests {
  @Test(arguments: [
    "03/14/2024", "3-14-24", "2024-03-14", "14.03.2024", "14.03.24", "3/14/24", "2024/3/14",
    "03 / 14 / 2024", "12/2023", "2023-12", "20240314", "20240314093000",
    "2024-03-14T09:30:00.250+01:00", "2024-03-14 09:30:11", "20240314T0930", "03/\n14/2024",
  ])
  func `dates in figures are found`(date: String) {
    #expect(found("Seen \(date), well.", by: NumericDateRecognizer()) == ["DATE \(date)"])
  }

  @Test(arguments: [
    ("on 3/14 he fell", ["DATE 3/14"]), ("from 03/14 to 3/20.", ["DATE 03/14", "DATE 3/20"]),
    ("stay 3/14/24-3/20/24", ["DATE 3/14/24", "DATE 3/20/24"]),
    ("Mon 3/14", ["DATE 3/14"]), ("CT 6/20 neg", ["DATE 6/20"]), ("el 4.3.07 y", ["DATE 4.3.07"]),
    ("\n3/14: seen", ["DATE 3/14"]),
    ("DOB 01021956", ["DATE 01021956"]),
    ("date of birth: 01 02 1956", ["DATE 01 02 1956"]), ("２０２４-03-14", ["DATE ２０２４-03-14"]),
  ])
  func `days without a year need a word or a place`(text: String, dates: [String]) {
    #expect(found(text, by: NumericDateRecognizer()) == dates)
  }

  @Test(arguments: [
    "BP 120/80", "Norco 5/325 mg", "1/2 tablet", "on 1/2 tablet", "version 3.14.24.1", "v1.2.10",
    "in 2023", "pain 7/10", "strength 5/5", "ratio 1:20", "I25.10", "10/12 cases", "2019-20",
    "0.03-14", "24/7", "MRN 789-03-456", "1.5-2.5", "2010-2015", "biopsy 2/3",
  ])
  func `measures, versions and years stay`(text: String) {
    #expect(found(text, by: NumericDateRecognizer()).isEmpty)
  }

  @Test(arguments: [
    "March 14, 2024", "March\n9, 1957", "9\nMarch 1957", "March\r\n9, 1957", "Mar 14th",
    "14 March 2024", "14th of March", "March 2024", "Mar '24",
    "14-MAR-2024", "14MAR24", "Mar. 3, 2024", "March 3-5, 2024", "12-14 March", "2024 March 14",
    "Jan 20th '23", "May 5th, 2022", "12 de marzo de 2015", "julio de 2002", "mayo 2001",
    "1er mars 2020", "3 févr. 1950", "14. März 2024", "Jul 21st 2021", "April, 2023",
    "3 and 4 March 2021",
    "March 14,\n2024", "fourth of June", "12-IV-2007", "2024Mar14", "enero del año 2005",
    "November fifth",
    "twenty-first of May",
  ])
  func `dates with the month in letters are found`(date: String) {
    #expect(found("Seen \(date); well.", by: NamedMonthDateRecognizer()) == ["DATE \(date)"])
  }

  @Test(arguments: [
    ("since last March", ["DATE March"]), ("in mid-April he", ["DATE April"]),
    ("Jan-Feb 2023", ["DATE Jan", "DATE Feb 2023"]), ("en enero y", ["DATE enero"]),
    ("a finales de marzo", ["DATE marzo"]),
    ("between March and June 2022", ["DATE March", "DATE June 2022"]),
    ("febrero y abril de 2002", ["DATE febrero", "DATE abril de 2002"]),
  ])
  func `months alone need a word`(text: String, dates: [String]) {
    #expect(found(text, by: NamedMonthDateRecognizer()) == dates)
  }

  @Test(arguments: [
    "it may 10 times", "he may march on", "May 5 mg be given", "mar de 12", "the dec 5 trial",
    "patients may 3", "FEV1 2.2 L", "doctors may first", "Jan reported 12 episodes",
  ])
  func `words that look like months stay`(text: String) {
    #expect(found(text, by: NamedMonthDateRecognizer()).isEmpty)
  }

  @Test(arguments: [
    ("2024年3月14日に受診", ["DATE 2024年3月14日"]), ("令和6年3月14日", ["DATE 令和6年3月14日"]),
    ("患者は平成30年 4月 入院", ["DATE 平成30年 4月"]), ("３月１４日、発熱", ["DATE ３月１４日"]),
    ("令和元年5月1日", ["DATE 令和元年5月1日"]), ("生年月日 S30.1.2", ["DATE S30.1.2"]),
    ("于2023年11月5日入院", ["DATE 2023年11月5日"]), ("2024년 3월 14일", ["DATE 2024년 3월 14일"]),
    ("2019年に3か月間", []), ("6月齢の", []), ("14日間", []),
  ])
  func `dates of eastern Asia are found`(text: String, dates: [String]) {
    #expect(found(text, by: EastAsianDateRecognizer()) == dates)
  }

  @Test(arguments: [
    ("二〇二四年三月十四日入院", ["DATE 二〇二四年三月十四日"]), ("昭和二十五年三月生", ["DATE 昭和二十五年三月"]),
    ("三月十四日、発熱", ["DATE 三月十四日"]), ("令和元年五月", ["DATE 令和元年五月"]), ("三十年前から", []),
    ("二月間", []), ("一日三回", []),
  ])
  func `dates in ideographs are found`(text: String, dates: [String]) {
    #expect(found(text, by: IdeographicDateRecognizer()) == dates)
  }

  @Test(arguments: [
    ("seen on Tuesday", ["DATE Tuesday"]), ("Friday he left", ["DATE Friday"]),
    ("last friday", ["DATE friday"]), ("every Monday", []), ("on Mondays", []),
    ("on the 14th.", ["DATE 14th"]), ("on the 3rd floor", []),
    ("Christmas Eve 2022", ["DATE Christmas Eve 2022"]), ("Christmas disease", []),
    ("New Year's; Labor Day", ["DATE Labor Day"]),
  ])
  func `days by their names are found`(text: String, dates: [String]) {
    #expect(found(text, by: DayNameRecognizer()) == dates)
  }
}
