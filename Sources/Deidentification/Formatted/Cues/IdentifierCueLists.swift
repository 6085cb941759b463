/// The cues of European languages, in phrases with commas between.
enum IdentifierCueLists {
  struct List {
    var kind: IdentifierClass
    var minimumDigits = 2
    var isWeak = false
    var isSpaced = false
    var phrases: String
  }

  static let languages: Set<String> = ["en", "es", "fr", "de"]

  static let all: [List] = [
    List(
      kind: .medicalRecordNumber,
      phrases: """
        mrn, mrns, mrn ending in, mrn ending, emrn, patientennummer, patienten id, fallnummer,
        medrec, medical record, med record, med rec, medical rec, medical number, patient id,
        patient ids, patient identifier, patient identification, patient number, patient no,
        patient code, pt id, pt identifier, pt number, pt no, chart number, chart no, chart id,
        hospital number, hospital no, hospital id, unit number, unit no, record number, record no,
        record id, empi, mpi, nhc, historia clinica, historia, numero de historia, n historia, nº
        historia, nº de historia, cipa, cip, ipp, numero de dossier, dossier medical
        """),
    List(
      kind: .medicalRecordNumber, minimumDigits: 6, isSpaced: true,
      phrases: "nhs, nhs number, nhs no, chi number"),
    List(
      kind: .medicalRecordNumber, minimumDigits: 3, isWeak: true,
      phrases:
        """
        mr, m r, record, records, medical records, chart, patient, pt, emr, ehr, unit,
        dossier, expediente
        """
    ),
    List(
      kind: .healthPlanNumber, minimumDigits: 3,
      phrases: """
        insurance card, insurance card number, insurance code, insurance identification, insured
        id, hpbn, hpb, plan number, plan no, plan code, health insurance, health insurance id,
        health plan beneficiary, health plan beneficiary number, coverage id, coverage number,
        medicare beneficiary, member num, policyholder id, ins number, beneficiary num, beneficiary
        code, insurance id, insurance number, insurance no, insurance policy, insurance plan,
        insurance member, insur id, insur policy, ins id, ins policy, ins plan, ins no, plan id,
        policy number, policy no, policy id, policy num, member id, member number, member no,
        subscriber id, subscriber number, subscriber no, beneficiary id, beneficiary number,
        beneficiary no, medicare id, medicare number, medicare no, medicaid id, medicaid number,
        medicaid no, health plan id, health plan number, health plan, hicn, mbi, group number,
        group no, group id, payer id, health insurance number, health card, ohip, poliza, numero de
        poliza, mutuelle, vers nr, versicherungsnummer, versichertennummer,
        krankenversichertennummer
        """),
    List(
      kind: .healthPlanNumber, minimumDigits: 4, isSpaced: true,
      phrases: """
        nass, nss, nuhsa, tsi, tarjeta sanitaria, numero ss, n ss, nº ss, sip, numero de
        afiliacion, n afiliacion, numero de seguridad social
        """),
    List(
      kind: .healthPlanNumber, minimumDigits: 4, isWeak: true,
      phrases: """
        insurance, insur, ins, policy, plan, member, subscriber, beneficiary, medicare, medicaid,
        coverage, group, claim, insurer, insured, payer, policyholder, hmo, ppo
        """),
    List(
      kind: .socialSecurityNumber, minimumDigits: 4, isSpaced: true,
      phrases: """
        ssn, ssns, ss, social security, social security number, social security no, soc sec,
        social, itin, tin, nir, numero de securite sociale, securite sociale, taxpayer id, tax id,
        ssn last four, ssn last 4, sin
        """),
    List(
      kind: .account, minimumDigits: 4,
      phrases: """
        account number, account no, account id, acct, acct number, acct no, accounts number, bank
        account, card ending in, card ending, account ending in, billing number, billing id,
        routing number, routing, aba, invoice number, invoice no, numero de cuenta, cuenta, compte
        """),
    List(kind: .account, minimumDigits: 4, isWeak: true, phrases: "account, invoice, acc, billing"),
    List(
      kind: .account, minimumDigits: 12, isSpaced: true,
      phrases: """
        card, cards, card number, card no, credit card, debit card, credit card number, debit card
        number, cc, visa, mastercard, amex, discover, iban, tarjeta
        """),
    List(
      kind: .license, minimumDigits: 4,
      phrases: """
        license number, licence number, license no, licence no, lic no, lic number, driver license,
        drivers license, driver s license, driver licence, driving licence, driving license, driver
        s licence, license, licence, dea, dea number, dea no, npi, npi number, upin, certificate
        number, certificate no, cert no, registration number, registration no, colegiado, numero de
        colegiado, n colegiado, rpps, permiso de conducir, s license
        """),
    List(
      kind: .license, minimumDigits: 2, isSpaced: true,
      phrases: """
        nºcol, n col, nº col, ncol, col nº, n°col, n° col, nº colegiado, nº de colegiado, cias
        """),
    List(kind: .license, minimumDigits: 4, isWeak: true, phrases: "lic, certificate, cert, gmc"),
    List(kind: .license, minimumDigits: 6, isWeak: true, phrases: "dl"),
    List(
      kind: .vehicle, minimumDigits: 2,
      phrases: """
        vin, license plate, licence plate, plate number, plate no, plates, number plate,
        registration plate, tag number, vehicle id, vehicle identification, matricula
        """),
    List(kind: .vehicle, minimumDigits: 2, isWeak: true, phrases: "plate"),
    List(
      kind: .device, minimumDigits: 3,
      phrases: """
        serial number, serial no, serial num, serial, device id, device identifier, device number,
        device serial, device serial number, udi, imei, implant id, implant number, numero de
        serie, mac address
        """),
    List(kind: .device, minimumDigits: 4, isWeak: true, phrases: "sn, s n, device, implant"),
    List(
      kind: .uniqueIdentifier, minimumDigits: 3,
      phrases: """
        passport, passport number, passport no, pasaporte, passeport, accession number, accession
        no, encounter number, encounter id, encounter no, visit number, visit id, visit no, episode
        number, episode id, path no, path number, pathology number, pathology no, surgical number,
        lab no, lab number, specimen number, specimen id, specimen no, sample id, sample number,
        order number, order id, order no, case number, case no, case id, csn, fin, employee id,
        employee number, badge number, badge no, student id, staff id, file number, file no,
        reference number, reference no, ref number, ref no, confirmation number, requisition
        number, subject id, subject number, participant id, study id, member code, prescription
        number, rx number, claim number, claim no, claim id, user id, login id, episodio, numero de
        episodio, dni, nie, nif, cedula, numero de identificacion, authorization number,
        authorization no, auth no, auth number, approval number, tracking number, ticket number,
        barcode, identification number, id number, national id
        """),
    List(
      kind: .uniqueIdentifier, minimumDigits: 3, isWeak: true,
      phrases: """
        id, ids, identifier, auth, authorization, qq, ref, reference, case, accession, encounter,
        visit, episode, specimen, sample, order, requisition, confirmation, ticket, badge,
        employee, file, folio, rx, prescription, number, pin, subject, participant, identificacion,
        registro
        """),
  ]
}
