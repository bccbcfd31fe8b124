//! Symbols that are something else: what each is called, and what only looks like it.
//!
//! All of it is made up; hosts end in `.invalid`.

use super::{Draft, hints};

pub(super) fn drafts() -> Vec<Draft> {
    let written = [IDENTITY, CERTIFICATES, EVERYDAY].concat();
    let written = written
        .into_iter()
        .map(|[code, name, why, text]| hints(code, name, why).text(text));
    written.chain(made()).collect()
}

/// Those that are not worth writing out.
fn made() -> Vec<Draft> {
    let compressed = |head: [u8; 3]| {
        let mut bytes = vec![0x5a; 900];
        bytes[..3].copy_from_slice(&head);
        decimal(&bytes)
    };
    // ICAO 9303-13: mark, version 4, `UTO` in C40, and bytes up to a signature's length.
    let mut seal = vec![0xdc, 0x03, 0xd9, 0xc5];
    seal.resize(120, 0x51);
    let mut no_state = seal.clone();
    no_state[2..4].fill(0);
    vec![
        hints(
            "hint.aadhaar",
            "foreign/aadhaar",
            "a gzip stream as one number, with room for its signature",
        )
        .text(compressed([0x1f, 0x8b, 0x08])),
        hints(
            "hint.unrecognised",
            "foreign/large-number",
            "as long, and no gzip stream",
        )
        .text(compressed([0x1f, 0x8b, 0x18])),
        hints(
            "hint.desk_challenge",
            "foreign/desk-challenge",
            "what a desk asks, with room for its signature",
        )
        .text(format!("HWC1:{}", "0".repeat(600))),
        hints(
            "hint.unrecognised",
            "foreign/desk-challenge-too-short",
            "no room for a signature",
        )
        .text("HWC1:ABC"),
        hints("hint.icao_seal", "foreign/vds", "ICAO VDS: bytes, not text").text(seal),
        hints(
            "hint.unrecognised",
            "foreign/vds-of-no-state",
            "the mark alone is a byte like any other",
        )
        .text(no_state),
        hints(
            "hint.unrecognised",
            "foreign/link-longer-than-a-symbol",
            "no symbol holds as much",
        )
        .text(format!("https://hwagin.invalid/{}", "a".repeat(7_089))),
    ]
}

/// The digits of the number that these bytes are.
fn decimal(bytes: &[u8]) -> String {
    let mut digits = vec![0_u8];
    for byte in bytes {
        let mut carry = u32::from(*byte);
        for digit in &mut digits {
            carry += u32::from(*digit) * 256;
            *digit = u8::try_from(carry % 10).unwrap();
            carry /= 10;
        }
        while carry > 0 {
            digits.push(u8::try_from(carry % 10).unwrap());
            carry /= 10;
        }
    }
    digits
        .iter()
        .rev()
        .map(|digit| char::from(digit + b'0'))
        .collect()
}

/// Of those that are for showing who somebody is: code, name, why, and the symbol's content.
const IDENTITY: &[[&str; 4]] = &[
    [
        "hint.korean_mobile_id",
        "foreign/korean-holder",
        "M120: a pointer to a relay, named and not followed",
        "eyJ0eXBlIjoibWlwIiwidmVyc2lvbiI6IjEuMC4wIiwiY21kIjoiMTIwIiwidHJ4Y29kZSI6IjIwMjYxMTI2MDkzMDAwMDAwQUIxMkNEMzQiLCJtb2RlIjoicHJveHkiLCJob3N0Ijoid3NzOi8vcmVsYXkuaHdhZ2luLmludmFsaWQ6OTA5MCJ9",
    ],
    [
        "hint.korean_mobile_id",
        "foreign/korean-holder-version-2",
        "a later message of the family, in base64url with line breaks",
        "ewogICJ0eXBlIjogIm1pcCIsCiAgInZlcnNpb24iOiAiMi4wLjAiLAogICJjbWQiOiAiY3BtIiwKICAidHJ4Y29kZSI6ICIyMDI2MTEyNjA5MzAwMDAwMEFCMTJDRDM0IiwKICAiaG9zdCI6ICJ3c3M6Ly9yZWxheS5od2FnaW4uaW52YWxpZCIKfQ",
    ],
    [
        "hint.korean_mobile_id_nearby",
        "foreign/korean-bluetooth",
        "M150: the data would travel by Bluetooth",
        "eyJ0eXBlIjoibWlwIiwidmVyc2lvbiI6IjEuMC4wIiwiY21kIjoiMTUwIiwidHJ4Y29kZSI6IjIwMjYxMTI2MDkzMDAwMDAwQUIxMkNEMzQiLCJibGVpZCI6IjAwMDAwMDAwLTAwMDAtNDAwMC04MDAwLTAwMDAwMDAwMDAwMCIsImJsZXB3ZCI6IjAwMDAwMDAwMDAifQ==",
    ],
    [
        "hint.korean_mobile_id_verifier",
        "foreign/korean-verifier",
        "M200: a request of an office and nobody's ID",
        "eyJ0eXBlIjoibWlwIiwidmVyc2lvbiI6IjEuMC4wIiwiY21kIjoiMjAwIiwidHJ4Y29kZSI6IjIwMjYxMTI2MDkzMDAwMDAwQUIxMkNEMzQiLCJtb2RlIjoiZGlyZWN0IiwiaW1hZ2UiOiJsaW5rIiwiY2kiOmZhbHNlLCJob3N0IjoiaHR0cHM6Ly9kZXNrLmh3YWdpbi5pbnZhbGlkIn0=",
    ],
    [
        "hint.unrecognised",
        "foreign/korean-of-another-type",
        "a message that is not `mip`",
        "eyJ0eXBlIjoibWFwIiwidmVyc2lvbiI6IjEuMC4wIiwiY21kIjoiMTIwIn0=",
    ],
    [
        "hint.mdoc_engagement",
        "foreign/mdoc-in-capitals",
        "a scheme has no case",
        "MDOC:owBjMS4wAYIB2BhYS6QBAiABIVgg",
    ],
    [
        "hint.wallet_request",
        "foreign/openid4vp",
        "OpenID4VP 1.0: somebody's request",
        "openid4vp://?client_id=x509_san_dns%3Adesk.hwagin.invalid&request_uri=https%3A%2F%2Fdesk.hwagin.invalid%2F1",
    ],
    [
        "hint.wallet_request",
        "foreign/mdoc-openid4vp",
        "ISO/IEC 18013-7 annex B",
        "mdoc-openid4vp://?client_id=desk.hwagin.invalid&request_uri=https%3A%2F%2Fdesk.hwagin.invalid%2F1",
    ],
    [
        "hint.wallet_request",
        "foreign/haip-vp",
        "HAIP 1.0",
        "haip-vp://?client_id=desk.hwagin.invalid&request_uri=https%3A%2F%2Fdesk.hwagin.invalid%2F1",
    ],
    [
        "hint.wallet_request",
        "foreign/eudi-openid4vp",
        "the scheme of the European reference wallet",
        "eudi-openid4vp://desk.hwagin.invalid?client_id=desk&request_uri=https%3A%2F%2Fdesk.hwagin.invalid%2F1",
    ],
    [
        "hint.wallet_request",
        "foreign/mdoc-request-of-a-site",
        "ISO/IEC 18013-7 annex A: an engagement of a reader",
        "mdoc://owBjMS4wAYIB2BhYS6QBAiABIVgg",
    ],
    [
        "hint.wallet_offer",
        "foreign/credential-offer",
        "OpenID4VCI 1.0: whoever scans it may get the credential",
        "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fissuer.hwagin.invalid%2F1",
    ],
    [
        "hint.wallet_offer",
        "foreign/credential-offer-behind-a-link",
        "OpenID4VCI 1.0 4.1: the parameter tells it from a link",
        "https://wallet.hwagin.invalid/?credential_offer_uri=https%3A%2F%2Fissuer.hwagin.invalid%2F1",
    ],
    [
        "hint.web_token",
        "foreign/sd-jwt",
        "RFC 9901: three parts and a disclosure",
        "eyJhbGciOiJFUzI1NiIsInR5cCI6ImRjK3NkLWp3dCJ9.eyJpc3MiOiJodHRwczovL2lzc3Vlci5od2FnaW4uaW52YWxpZCJ9.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA~WyJzYWx0IiwiZ2l2ZW5fbmFtZSIsIlNhbXBsZSJd~",
    ],
    [
        "hint.unrecognised",
        "foreign/token-of-two-parts",
        "no signature, no token",
        "eyJhbGciOiJFUzI1NiIsInR5cCI6ImRjK3NkLWp3dCJ9.eyJpc3MiOiJodHRwczovL2lzc3Vlci5od2FnaW4uaW52YWxpZCJ9",
    ],
];

/// Of certificates and cards.
const CERTIFICATES: &[[&str; 4]] = &[
    [
        "hint.health_certificate",
        "foreign/smart-health-card",
        "a JWS in digits",
        "shc:/567629095243206034602924374044603156762909524320603460292437404460315676290952432060346029243740446031567629095243206034602924374044603156762909524320603460292437404460315676290952432060346029243740446031567629095243206034602924374044603156762909524320603460292437404460315676290952432060346029243740446031567629095243206034602924374044603156762909524320603460292437404460315676290952432060346029243740446031",
    ],
    [
        "hint.health_certificate",
        "foreign/dutch-proof",
        "CoronaCheck: an Idemix proof",
        "NL2:6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDE6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDE6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDE",
    ],
    [
        "hint.health_certificate",
        "foreign/later-hcert",
        "a kind of HCERT that is yet to come",
        "HC2:6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDE6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDE6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDE",
    ],
    [
        "hint.health_certificate",
        "foreign/later-nzcp",
        "a version of NZCP that is yet to come",
        "NZCP:/2/2KCEVIQEIVVWK6JNGEASNICZAEP2KALYDZSGSZB2O5SWEOTOP2KCEVIQEIVVWK6JNGEASNICZAEP2KALYDZSGSZB2O5SWEOTOP2KCEVIQEIVVWK6JNGEASNICZAEP2KALYDZSGSZB2O5SWEOTOP",
    ],
    [
        "hint.unrecognised",
        "foreign/prefix-of-a-health-certificate",
        "no room for a signature: a note, maybe",
        "HC2:6BFOXN",
    ],
    [
        "hint.health_link",
        "foreign/health-link",
        "a SMART Health Link: named, not followed",
        "shlink:/eyJ1cmwiOiJodHRwczovL3JlY29yZHMuaHdhZ2luLmludmFsaWQvMSIsImZsYWciOiJQIn0",
    ],
    [
        "hint.health_link",
        "foreign/health-link-behind-a-viewer",
        "the same behind the address of a viewer",
        "https://viewer.hwagin.invalid/#shlink:/eyJ1cmwiOiJodHRwczovL3JlY29yZHMuaHdhZ2luLmludmFsaWQvMSIsImZsYWciOiJQIn0",
    ],
    [
        "hint.icao_seal",
        "foreign/vds-nc",
        "ICAO VDS-NC: JSON with its own certificate",
        r#"{"data":{"hdr":{"is":"UTO","t":"icao.vacc","v":1},"msg":{"uvci":"U0001"}},"sig":{"alg":"ES256","cer":"AA","sigvl":"AA"}}"#,
    ],
    [
        "hint.other_credential",
        "foreign/vpqr",
        "W3C, CBOR-LD behind a prefix",
        "VP1-B3ECQDIYACEMHIGDODB6KQAMDCELBIGD23ECQDIYACEMHIGDODB6KQAMDCELBIGD23ECQDIYACEMHIGDODB6KQAMDCELBIGD23ECQDIYACEMHIGDODB6KQAMDCELBIGD2",
    ],
    [
        "hint.other_credential",
        "foreign/vc-barcode",
        "W3C VC Barcodes 1.0, base45",
        "VC1-RSJRPWCR803A3P0098G3A3-B02-J743853U53KGK0XJ6MKJ1OI0M.FO053SJRPWCR803A3P0098G3A3-B02-J743853U53KGK0XJ6MKJ1OI0M.FO053",
    ],
    [
        "hint.other_credential",
        "foreign/zada",
        "a vendor's COSE with a prefix of its own and no known issuer",
        "ZADA:6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDE6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDE6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDE",
    ],
    [
        "hint.other_credential",
        "foreign/pixelpass-zip",
        "PixelPass: a zip in base45, signed by nobody",
        "Z6A7H0X9000000000K3/XIV0W23NTDEK3/XIV0W23NTDEK3/XIV0W23NTDEK3/XIV0W23NTDE",
    ],
    [
        "hint.other_credential",
        "foreign/w3c-json",
        "the W3C data model as JSON",
        r#"{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"credentialSubject":{"id":"did:example:1"}}"#,
    ],
    [
        "hint.national_card",
        "foreign/viet-nam",
        "Viet Nam's card: fields in a row, signed by nobody",
        "012345678901|012345678|Nguyễn Văn Mẫu|01011990|Nam|Phường Mẫu, Hà Nội|15042021",
    ],
    [
        "hint.national_card",
        "foreign/philippines",
        "the Philippines' card: signed JSON of its own kind",
        r#"{"DateIssued":"01 January 2026","Issuer":"PSA","subject":{"lName":"SAMPLE","fName":"HOLDER","PCN":"0000-0000-0000-0000"},"alg":"EDDSA","signature":"AA"}"#,
    ],
    [
        "hint.unrecognised",
        "foreign/fields-in-a-row",
        "seven fields, and no day in its place",
        "012345678901|012345678|A|19900101|Nam|B|15042021",
    ],
];

/// Of what lies about or comes up on a phone.
const EVERYDAY: &[[&str; 4]] = &[
    [
        "hint.account_key",
        "foreign/passkey",
        "CTAP 2.2: signs somebody in",
        "FIDO:/083692581470369258147036925814703692581470369258108369258147036925814703692581470369258147036925810836925814703692581470369258147036925814703692581",
    ],
    [
        "hint.account_key",
        "foreign/authenticator",
        "the secret of one-time passwords",
        "otpauth://totp/Sample:holder?secret=JBSWY3DPEHPK3PXP&issuer=Sample",
    ],
    [
        "hint.account_key",
        "foreign/telephone-line",
        "GSMA SGP.22: sets up a telephone line",
        "LPA:1$smdp.hwagin.invalid$SAMPLE-0000",
    ],
    [
        "hint.other_parts",
        "foreign/bbqr",
        "BBQr: the first part of three",
        "B$ZC0300FMUE4KXZZ7EFRDTR6M",
    ],
    [
        "hint.other_parts",
        "foreign/ur-of-another-type",
        "BCR-2020-005: another type than `bytes`",
        "UR:CRYPTO-SEED/OEADGDSTASLPLABGHYDRPFMKBGGUFGLUDPRFGMAOTPIECFFLTNLPQDENOS",
    ],
    [
        "hint.payment",
        "foreign/payment-at-the-counter",
        "EMV: merchant-presented, its checksum in order",
        "00020101021126350014hwagin.invalid011300000000000005204599953034105802KR5911SAMPLE SHOP6005SEOUL63049454",
    ],
    [
        "hint.payment",
        "foreign/payment-of-a-customer",
        "EMV: consumer-presented",
        "hQVDUFYwMWEaTwegAAAAVVVVVw8SNFZ4kBI0WNGRIgESNF8=",
    ],
    [
        "hint.payment",
        "foreign/coins",
        "an address to pay coins to",
        "bitcoin:BC1QSAMPLE?amount=0.001",
    ],
    [
        "hint.unrecognised",
        "foreign/payment-wrong-checksum",
        "EMV: one letter is another",
        "00020101021126350014hwagin.invalid011300000000000005204599953034105802KR5911SAMPLE SHOP6005SEOUL63049455",
    ],
    [
        "hint.boarding_pass",
        "foreign/boarding-pass",
        "IATA resolution 792",
        "M1SAMPLE/HOLDER       EABC123 ICNGMPXX 0834 326J001A0025 100",
    ],
    [
        "hint.unrecognised",
        "foreign/boarding-pass-on-day-399",
        "a year has 366 days at most",
        "M1SAMPLE/HOLDER       EABC123 ICNGMPXX 0834 399J001A0025 100",
    ],
    [
        "hint.wifi",
        "foreign/wifi",
        "the notice at the desk, maybe",
        "WIFI:T:WPA;S:Sample;P:sample-0000;;",
    ],
    [
        "hint.contact_card",
        "foreign/vcard",
        "RFC 6350",
        "BEGIN:VCARD\nVERSION:4.0\nFN:Sample Holder\nEND:VCARD\n",
    ],
    [
        "hint.contact_card",
        "foreign/mecard",
        "a business card of Japanese and Korean phones",
        "MECARD:N:Sample,Holder;TEL:0000;;",
    ],
    [
        "hint.phone_action",
        "foreign/call",
        "RFC 3966",
        "tel:+8200000000",
    ],
    [
        "hint.phone_action",
        "foreign/calendar",
        "RFC 5545",
        "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nSUMMARY:Sample\nEND:VEVENT\nEND:VCALENDAR\n",
    ],
    [
        "hint.app_link",
        "foreign/app-link",
        "opens an app and proves nothing",
        "sampleapp://open?page=1",
    ],
    [
        "hint.plain_number",
        "foreign/number",
        "the number of a queue, a product or a member",
        "8801234567893",
    ],
    [
        "hint.unrecognised",
        "foreign/long-number",
        "too long for a number and no Aadhaar",
        "123456789123456789123456789123456789123456789123456789123456789123456789123456789123456789",
    ],
];
