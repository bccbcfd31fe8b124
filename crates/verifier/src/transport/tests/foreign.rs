//! What else a symbol can be, of what says who somebody is; and what only looks like it.

use super::super::*;
use super::{are, are_nothing};

/// base64 without padding.
fn base64(text: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for group in text.as_bytes().chunks(3) {
        let mut bytes = [0; 4];
        bytes[1..=group.len()].copy_from_slice(group);
        let bits = u32::from_be_bytes(bytes);
        for at in 0..=group.len() {
            let value = bits >> (18 - 6 * at) & 63;
            out.push(char::from(LETTERS[usize::try_from(value).unwrap()]));
        }
    }
    out
}

/// Letters of base45, base32 and base64url alike, as many as a signed text has.
fn signed() -> String {
    "A7".repeat(60)
}

#[test]
fn tells_the_korean_messages_apart() {
    let message = |cmd: &str| {
        format!(
            r#"{{"type":"mip","version":"1.0.0","cmd":"{cmd}","trxcode":"2021110216273214","host":"wss://relay.invalid:9090"}}"#
        )
    };
    for (cmd, kind) in [
        ("120", Hint::KoreanMobileId),
        ("150", Hint::KoreanMobileIdNearby),
        ("200", Hint::KoreanMobileIdVerifier),
        ("cpm", Hint::KoreanMobileId),
        ("310", Hint::KoreanMobileId),
    ] {
        let bare = message(cmd);
        let coded = base64(&bare);
        let padded = format!("{coded}{}", &"=="[..(4 - coded.len() % 4) % 4]);
        let url = coded.replace('+', "-").replace('/', "_");
        are(
            kind,
            &[&bare, &coded, &padded, &url, &format!("{coded}\r\n")],
        );
    }
}

#[test]
fn knows_a_korean_message_as_the_manual_prints_it_and_at_every_offset() {
    // From the operator manual 2.1.1: line breaks, and a comma too many.
    let manual = "ewogICJ0eXBlIjoibWlwIiwKICAidmVyc2lvbiI6IjEuMC4wIiwKICAiY21kIjoiMTIwIiwKICAidHJ4Y29k\
        ZSI6IjIwMjExMTAyMTYyNzMyMTQ1NDMyMTc2NzkwIiwKICAibW9kZSI6InByb3h5IiwKICAiaG9zdCI6IndzczovL3By\
        b3h5LmNvbTo5MDkwIiwKfQ";
    are(Hint::KoreanMobileId, &[manual]);
    for blanks in ["", " ", "  ", "\r\n  "] {
        let text = format!(r#"{{{blanks}"cmd":{blanks}"150",{blanks}"type":{blanks}"mip"}}"#);
        are(Hint::KoreanMobileIdNearby, &[&base64(&text)]);
    }
}

#[test]
fn what_only_looks_korean_is_not() {
    let texts = [
        r#"{"type":"map","cmd":"120"}"#,
        r#"{"type":"MIP","cmd":"120"}"#,
        r#"{"type":"mip"}"#,
        r#"{"kind":"mip","cmd":"120"}"#,
        r#"{"note":"\"type\":\"mip\"","cmd":"120"}"#,
        r#"["type","mip","cmd","120"]"#,
        r#""type":"mip","cmd":"120""#,
        "",
    ];
    for text in texts {
        are_nothing(&[text, &base64(text)]);
    }
    let coded = base64(r#"{"type":"mip","cmd":"120"}"#);
    are_nothing(&[
        &coded[..coded.len() / 2],
        &coded.to_lowercase(),
        &format!("{coded} x"),
        &format!("X{coded}"),
        "eyJ0eXBlIjoibWlwI",
    ]);
}

#[test]
fn knows_what_is_for_wallets() {
    are(
        Hint::WalletRequest,
        &[
            "openid4vp://?client_id=x&request_uri=https%3A%2F%2Fexample.com",
            "OPENID4VP://?client_id=x",
            "mdoc-openid4vp://?client_id=x",
            "haip-vp://?client_id=x",
            "haip://?client_id=x",
            "eudi-openid4vp://example.com?client_id=x",
            "av://?client_id=x",
            "mdoc://owBjMS4w",
        ],
    );
    are(
        Hint::WalletOffer,
        &[
            "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fexample.com",
            "haip-vci://?credential_offer=x",
            "haip://?credential_offer=x",
            "https://wallet.example.com/open?a=b&credential_offer_uri=x",
        ],
    );
    are(
        Hint::MdocEngagement,
        &["mdoc:owBjMS4wAYIB2BhYS6", "MDOC:owBjMS4w"],
    );
    are(Hint::WebLink, &["https://example.com/credential_offer=x"]);
    are_nothing(&[
        "openid4vp:",
        "openid4vp",
        "mdoc:",
        "mdoc: a note",
        "mdoc",
        "haip",
        "av:x",
    ]);
}

#[test]
fn knows_tokens_by_their_head() {
    let head = base64(r#"{"alg":"ES256","typ":"dc+sd-jwt"}"#);
    are(
        Hint::WebToken,
        &[
            &format!("{head}.e30.c2ln"),
            &format!("{head}.e30.c2ln~WyJhIl0~WyJiIl0~"),
            &format!("{head}.e30.c2ln~WyJhIl0~{head}.e30.c2ln"),
            &format!("{head}..aXY.Y2lwaGVy.dGFn"),
        ],
    );
    are_nothing(&[
        &format!("{head}.e30"),
        &format!("{head}.e30.c2ln.x"),
        &format!("{head}.e30.c2 ln"),
        &format!("{}.e30.c2ln", base64(r#"{"typ":"JWT"}"#)),
        "eyJ.e30.c2ln",
        "e.g. this.",
        "example.com.kr",
    ]);
}

#[test]
fn knows_health_codes() {
    let body = signed();
    are(
        Hint::HealthCertificate,
        &[
            &format!("shc:/{}", "56".repeat(200)),
            &format!("SHC:/1/2/{}", "56".repeat(200)),
            &format!("NL2:{body}"),
            &format!("HC2:{body}"),
            &format!("LT3:{body}"),
            &format!("NZCP:/2/{body}"),
        ],
    );
    are(
        Hint::HealthLink,
        &[
            "shlink:/eyJ1cmwiOiJodHRwczovL2V4YW1wbGUuY29tIn0",
            "https://viewer.example.com/#shlink:/eyJ1cmwiOiJodHRwcyJ9",
        ],
    );
    are(Hint::WebLink, &["https://viewer.example.com/#shlink:/"]);
    are_nothing(&[
        "shc:/123",
        "shc:/5676290952432060346029243740446031222959532654603460292540772804336028",
        &format!("shc:/{}x", "56".repeat(200)),
        "HC2:HELLO",
        &format!("HC2:{}", body.to_lowercase()),
        &format!("HCX:{body}"),
        &format!("NZCP:/2/{}", body.replace('7', "8")),
        "shlink:/",
        "shlink:/about",
    ]);
}

#[test]
fn knows_credentials_in_other_formats() {
    let body = signed();
    are(
        Hint::OtherCredential,
        &[
            &format!("VP1-B{body}"),
            "VC1-RSJRPWCR803A3P0098G3A3-B02-J743853U53KGK0XJ6MKJ1OI0M.FO053.33963DN04$RAQS+4SMC8C3KM7VX4VAPL9%EILI:I1O$D:23%GJ0OUCPS0H8D2FB9D5G00U39.PXG49%SOGGB*K$Z6%GUSCLWEJ8%B95MOD0P NG-I:V8N63K53",
            &format!("ZADA:{body}"),
            &format!("{}{body}", ::base45::encode(b"PK\x03\x04")),
            r#"{"@context":["https://www.w3.org/ns/credentials/v2"],"credentialSubject":{},"proof":{}}"#,
        ],
    );
    are_nothing(&[
        "VP1-B",
        &format!("VP2-B{body}"),
        &format!("VP1-Q{body}"),
        &format!("ZADA: {}", body.to_lowercase()),
        "Z6A7H0 lower case",
        r#"{"@context":"https://schema.org","name":"x"}"#,
        r#"{"credentialSubject":{}}"#,
    ]);
}

#[test]
fn knows_a_seal_by_its_head_and_its_state() {
    let sealed = |version: u8, state: [u8; 2]| {
        let mut bytes = vec![0xdc, version, state[0], state[1]];
        bytes.resize(100, 0x51);
        match read(&bytes) {
            Ok(Scanned::Foreign(hint)) => hint,
            _ => panic!("a presentation"),
        }
    };
    // `D<<` is 17, 3 and 3 in C40: 1600 · 17 + 40 · 3 + 3 + 1
    let germany = 27_324_u16.to_be_bytes();
    assert_eq!(sealed(2, germany), Hint::IcaoSeal);
    assert_eq!(sealed(3, germany), Hint::IcaoSeal);
    assert_eq!(sealed(1, germany), Hint::Unrecognised);
    assert_eq!(sealed(3, [0, 0]), Hint::Unrecognised);
    assert_eq!(sealed(3, [0xff, 0xff]), Hint::Unrecognised);
    assert!(matches!(
        read(&[0xdc, 3, germany[0], germany[1]]),
        Ok(Scanned::Foreign(Hint::Unrecognised))
    ));
    are(
        Hint::IcaoSeal,
        &[
            r#"{"data":{"hdr":{"is":"UTO","t":"icao.vacc","v":1},"msg":{}},"sig":{"alg":"ES256"}}"#,
            r#"{"sig": {}, "data": {"hdr": {"t": "icao.test"}}}"#,
        ],
    );
    are_nothing(&[
        r#"{"data":{"hdr":{"t":"vacc"}},"sig":{}}"#,
        r#"{"data":{"hdr":{"t":"icao.vacc"}}}"#,
    ]);
}

#[test]
fn knows_cards_of_other_countries() {
    are(
        Hint::NationalCard,
        &[
            "012345678901|012345678|Nguyễn Văn Mẫu|01011990|Nam|Hà Nội|15042021",
            "012345678901||NGUYEN VAN MAU|01011990|Nam|Ha Noi|15042021|||",
            r#"{"DateIssued":"01 January 2021","Issuer":"PSA","subject":{"lName":"X","PCN":"0"},"alg":"EDDSA","signature":"x"}"#,
            r#"{"d":"2021","i":"PSA","img":"x","sb":{"PCN":"0","ln":"X"}}"#,
        ],
    );
    are(
        Hint::Aadhaar,
        &[
            r#"<?xml version="1.0" encoding="UTF-8"?> <PrintLetterBarcodeData uid="0" name="X"/>"#,
            r#"<PrintLetterBarcodeData uid="0"/>"#,
        ],
    );
    are_nothing(&[
        "01234567890|012345678|X|01011990|Nam|Y|15042021",
        "012345678901|01234567|X|01011990|Nam|Y|15042021",
        "012345678901||X|01131990|Nam|Y|15042021",
        "012345678901||X|19900101|Nam|Y|15042021",
        "012345678901||X|01011990|Nam|15042021",
        "a|b|c|d|e|f|g",
        r#"{"Issuer":"PSA","subject":{}}"#,
        r#"<?xml version="1.0"?><note/>"#,
    ]);
}
