//! What else a symbol can be, of what lies about or comes up on a phone; and any bytes at all.

use super::super::*;
use super::{are, are_nothing};
use proptest::prelude::*;

#[test]
fn knows_secrets_and_parts_of_others() {
    are(
        Hint::AccountKey,
        &[
            &format!("FIDO:/{}", "1234567890".repeat(15)),
            "otpauth://totp/Example?secret=JBSWY3DPEHPK3PXP",
            "otpauth-migration://offline?data=Cg",
            "LPA:1$smdp.example.com$MATCHING-ID",
        ],
    );
    are(
        Hint::OtherParts,
        &[
            "B$ZC0300ABCDEF",
            "B$2P0102ABCDEF".replace("0102", "0301").as_str(),
            "ur:crypto-seed/oeadgdstaslplabghydrpfmkbggufgludprfgmaotpiecffltnlpqdenos",
            "UR:CRYPTO-PSBT/1-9/LPADASCFADAXCYWENBPLJKHDCAHK",
        ],
    );
    are_nothing(&[
        "FIDO:/123",
        "FIDO:/handle",
        "otpauth:",
        "LPA:2",
        "B$100",
        "B$ZC0003ABCDEF",
        "B$ZC0303ABCDEF",
        "B$zc0300abcdef",
        "ur:",
        "ur:nothing",
        "ur:a/b/c/d",
        "ur:a/1/lpad",
        "ur:a/lpa",
        "ur:a b/lpad",
    ]);
}

#[test]
fn knows_money() {
    are(
        Hint::Payment,
        &[
            "00020101021126350014hwagin.invalid011300000000000005204599953034105802KR5911SAMPLE SHOP6005SEOUL63049454",
            "0002010102115204599953034105802KR5904견본점6005SEOUL6304B911",
            "hQVDUFYwMWEaTwegAAAAVVVVVw8SNFZ4kBI0WNGRIgESNF8=",
            "bitcoin:bc1qexample?amount=1",
            "upi://pay?pa=x",
            "wxp://f2f0example",
        ],
    );
    are_nothing(&[
        "bitcoin: ask us",
        "bitcoin:",
        "00020101021163040000X",
        "hQVDUFYw",
    ]);
}

#[test]
fn knows_a_boarding_pass_by_its_sixty_characters() {
    const PASS: &str = "M1SAMPLE/HOLDER       EABC123 ICNGMPXX 0834 326J001A0025 100";
    assert_eq!(PASS.len(), 60);
    are(
        Hint::BoardingPass,
        &[
            PASS,
            &format!("{PASS}>5180 WARE"),
            &PASS.replace("M1", "M2"),
        ],
    );
    are_nothing(&[
        &PASS[..59].replace(' ', "_"),
        &PASS[..50],
        &PASS.replace("M1", "M5"),
        &PASS.replace("326J", "399J"),
        &PASS.replace("ICN", "icn"),
        &PASS.replace("0834", "08A4"),
        &format!("M1{}", "A".repeat(60)),
    ]);
}

#[test]
fn knows_everyday_codes() {
    are(
        Hint::Wifi,
        &["WIFI:T:WPA;S:desk;P:secret;;", "wifi:S:desk;;"],
    );
    are(
        Hint::ContactCard,
        &[
            "BEGIN:VCARD\r\nVERSION:3.0\r\nN:X\r\nEND:VCARD",
            "MECARD:N:X;TEL:1;;",
            "BIZCARD:N:X;;",
        ],
    );
    are(
        Hint::PhoneAction,
        &[
            "tel:+82212345678",
            "SMSTO:12:hello",
            "mailto:a@example.com",
            "MATMSG:TO:a@example.com;;",
            "geo:37.57,126.98",
            "BEGIN:VCALENDAR\nBEGIN:VEVENT",
            "BEGIN:VEVENT\r\nSUMMARY:x",
        ],
    );
    are(
        Hint::WebLink,
        &[
            "https://example.com/",
            "HTTP://EXAMPLE.COM",
            "www.example.com",
        ],
    );
    are(
        Hint::AppLink,
        &[
            "kakaotalk://open",
            "intent://x#Intent;end",
            "mobileid://verify?data=x",
        ],
    );
    are(Hint::PlainNumber, &["8801234567893", "7", "12345\r\n"]);
    are_nothing(&[
        "WIFI:",
        "WIFI: ask us",
        "MECARD: mine",
        "BEGIN:VCARDS",
        "geo:graphy",
        "tel:",
        "tel: ask us",
        "sms:later",
        "mailto:nobody",
        "mailto: a @ b",
        "www.",
        "www.x y",
        "https://",
        "://x",
        "1a://x",
        "see://the note",
        "a note: x",
        "홍길동",
        "010-1234-5678",
    ]);
}

#[test]
fn what_is_longer_than_a_symbol_is_nothing_of_anybodys() {
    let longest = format!("https://example.com/{}", "a".repeat(7_089 - 20));
    are(Hint::WebLink, &[&longest]);
    are_nothing(&[&format!("{longest}a"), &"1".repeat(64 * 1024)]);
    are(
        Hint::NewerVersion,
        &[&format!("HWG2:{}", "0".repeat(20_000))],
    );
}

#[test]
fn a_later_version_has_a_number() {
    are(Hint::NewerVersion, &["HWG2:", "hwg1:abc", "HWG9999:X"]);
    are_nothing(&["HWG:", "HWGX:", "HWG2", "HWG12345:", "HWG and: more"]);
}

proptest! {
    #[test]
    fn any_bytes_are_something_and_do_no_harm(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        start in prop::sample::select(STARTS),
        cut in 0_usize..40,
    ) {
        let _ = foreign::recognise(&bytes);
        let begun = [start.as_bytes(), &bytes].concat();
        let _ = foreign::recognise(&begun);
        let _ = foreign::recognise(start.as_bytes().get(..cut).unwrap_or_default());
    }

    #[test]
    fn any_text_of_few_letters_is_something_and_does_no_harm(
        start in prop::sample::select(STARTS),
        rest in "[0-9A-Z:/.|;,\"{}~$ -]{0,200}",
    ) {
        let _ = foreign::recognise(format!("{start}{rest}").as_bytes());
    }

    #[test]
    fn words_are_nothing(text in "[a-z가-힣]{1,12}( [a-z가-힣]{1,12}){0,20}") {
        prop_assert_eq!(foreign::recognise(text.as_bytes()), Hint::Unrecognised);
    }

    #[test]
    fn random_bytes_are_nothing(bytes in prop::collection::vec(128_u8.., 4..300)) {
        let is_seal = bytes.starts_with(&[0xdc]);
        prop_assert!(is_seal || foreign::recognise(&bytes) == Hint::Unrecognised);
    }
}

/// What the kinds begin with.
const STARTS: &[&str] = &[
    "HWG",
    "ur:",
    "ur:a/1-2/",
    "mdoc:",
    "openid4vp:",
    "haip:",
    "https://",
    "shc:/",
    "NL2:",
    "HC2:",
    "NZCP:/2/",
    "shlink:/",
    "VP1-B",
    "ZADA:",
    "Z6A7H0",
    "FIDO:/",
    "LPA:1$",
    "B$ZC0300",
    "000201",
    "hQVDUFYwMW",
    "WIFI:",
    "MECARD:",
    "geo:",
    "tel:",
    "M1SAMPLE/HOLDER       EABC123 ICNGMPXX 0834 ",
    "012345678901||X|",
    "{\"type\":\"mip\",",
    "{\"data\":",
    "eyJhbGciOi",
    "ewog",
    "9",
    "<?xml",
    "a://",
];
