//! Symbols that are no presentation: what else lies on a desk's counter or comes up on a phone.
//!
//! Nothing is followed, fetched, kept or shown: what comes out is one [`Hint`]. A hint is given on
//! evidence that chance does not make (a prefix and what has to stand behind it, a checksum, a
//! fixed layout); without it the answer is [`Hint::Unrecognised`]. docs/foreign-codes.md has the
//! evidence for each and where it is from, and which codes are left out for want of any.

mod base64;
mod json;
mod layout;
mod number;
mod payment;
mod token;

use super::Hint;

/// Bytes looked at at most: the digits that one symbol holds, and it holds less of anything else.
/// What is longer is no code of anybody's. No look is more than a few passes over the text, and
/// none allocates more than its length.
const MAX_SYMBOL: usize = 7_089;

/// Letters of the shortest signed text: 64 bytes of signature take 86 letters of base64, more of
/// base45 and base32. It keeps words that happen to begin like a credential from being one.
const SIGNED: usize = 86;

/// Whether what stands behind a prefix is what has to.
type Rest = fn(&[u8]) -> bool;

/// Prefixes in any case, since a code in capitals is smaller. The first that fits is it.
const PREFIXES: &[(&str, Rest, Hint)] = &[
    // A desk's own question, seen in a mirror or on a poster
    ("HWC1:", is_signed_base45, Hint::DeskChallenge),
    // Wallets: OpenID4VP 1.0, HAIP 1.0, OpenID4VCI 1.0, ISO/IEC 18013-5 9.1, 18013-7 annex A
    ("openid-credential-offer:", any, Hint::WalletOffer),
    ("openid-initiate-issuance:", any, Hint::WalletOffer),
    ("haip-vci:", any, Hint::WalletOffer),
    ("haip:", offers_credential, Hint::WalletOffer),
    ("https://", offers_credential, Hint::WalletOffer),
    ("openid4vp:", any, Hint::WalletRequest),
    ("mdoc-openid4vp:", any, Hint::WalletRequest),
    ("eudi-openid4vp:", any, Hint::WalletRequest),
    ("haip-vp:", any, Hint::WalletRequest),
    ("haip:", any, Hint::WalletRequest),
    ("av://", any, Hint::WalletRequest),
    ("siopv2:", any, Hint::WalletRequest),
    ("mdoc://", any, Hint::WalletRequest),
    ("mdoc:", base64::is_url_text, Hint::MdocEngagement),
    // Health: SMART Health Cards and Links, IHE VHL, the Dutch proof, later kinds of HCERT and NZCP
    ("shc:/", is_numeric_jws, Hint::HealthCertificate),
    ("NL", is_numbered_base45, Hint::HealthCertificate),
    ("HC", is_numbered_base45, Hint::HealthCertificate),
    ("LT", is_numbered_base45, Hint::HealthCertificate),
    ("NZCP:/", is_numbered_base32, Hint::HealthCertificate),
    ("shlink:/", is_health_link, Hint::HealthLink),
    ("https://", leads_to_health_link, Hint::HealthLink),
    // Credentials of others: vpqr, W3C VC barcodes, a vendor's, PixelPass (base45 of a zip's head)
    ("VP1-B", is_signed_base32, Hint::OtherCredential),
    ("VC1-R", is_signed_base45, Hint::OtherCredential),
    ("ZADA:", is_signed_base45, Hint::OtherCredential),
    ("Z6A7H0", is_base45, Hint::OtherCredential),
    ("<?xml", is_aadhaar_letter, Hint::Aadhaar),
    ("<PrintLetterBarcodeData ", any, Hint::Aadhaar),
    // Secrets: CTAP 2.2 hybrid, the key URI of authenticator apps, GSMA SGP.22 4.1
    ("FIDO:/", is_long_number, Hint::AccountKey),
    ("otpauth://", any, Hint::AccountKey),
    ("otpauth-migration://", any, Hint::AccountKey),
    ("LPA:1$", any, Hint::AccountKey),
    // Parts: BBQr, UR (ours was told before)
    ("B$", is_bbqr, Hint::OtherParts),
    ("ur:", is_ur, Hint::OtherParts),
    // Money: EMV consumer-presented codes (base64 of `85 05 CPV01`), and URIs
    ("hQVDUFYwMW", any, Hint::Payment),
    ("bitcoin:", is_word, Hint::Payment),
    ("lightning:", is_word, Hint::Payment),
    ("ethereum:", is_word, Hint::Payment),
    ("litecoin:", is_word, Hint::Payment),
    ("solana:", is_word, Hint::Payment),
    ("tron:", is_word, Hint::Payment),
    ("upi://", any, Hint::Payment),
    ("wxp://", any, Hint::Payment),
    ("weixin://wxpay/", any, Hint::Payment),
    ("alipays://", any, Hint::Payment),
    // Everyday codes
    ("WIFI:", is_wifi, Hint::Wifi),
    ("BEGIN:VCARD", is_next_line, Hint::ContactCard),
    ("MECARD:", is_fields, Hint::ContactCard),
    ("BIZCARD:", is_fields, Hint::ContactCard),
    ("BEGIN:VCALENDAR", is_next_line, Hint::PhoneAction),
    ("BEGIN:VEVENT", is_next_line, Hint::PhoneAction),
    ("MATMSG:", is_fields, Hint::PhoneAction),
    ("mailto:", is_address, Hint::PhoneAction),
    ("smsto:", is_telephone, Hint::PhoneAction),
    ("sms:", is_telephone, Hint::PhoneAction),
    ("mmsto:", is_telephone, Hint::PhoneAction),
    ("tel:", is_telephone, Hint::PhoneAction),
    ("geo:", is_place, Hint::PhoneAction),
    ("https://", any, Hint::WebLink),
    ("http://", any, Hint::WebLink),
    ("www.", is_host, Hint::WebLink),
];

/// What a symbol is that does not begin as a presentation does.
pub(super) fn recognise(symbol: &[u8]) -> Hint {
    if is_later_version(symbol) {
        return Hint::NewerVersion;
    }
    if symbol.len() > MAX_SYMBOL {
        return Hint::Unrecognised;
    }
    // What a scanner in the hand or a program puts around it.
    let text = symbol.trim_ascii();
    by_prefix(text)
        .or_else(|| layout::recognise(text))
        .or_else(|| payment::recognise(text))
        .or_else(|| number::recognise(text))
        .or_else(|| token::recognise(text))
        .or_else(|| is_app_link(text).then_some(Hint::AppLink))
        .unwrap_or(Hint::Unrecognised)
}

fn by_prefix(text: &[u8]) -> Option<Hint> {
    let fits = |(prefix, is_rest, _): &&(&str, Rest, Hint)| {
        behind(text, prefix.as_bytes()).is_some_and(|rest| !rest.is_empty() && is_rest(rest))
    };
    PREFIXES.iter().find(fits).map(|(_, _, hint)| *hint)
}

/// `HWG`, a number and a colon.
fn is_later_version(symbol: &[u8]) -> bool {
    behind(symbol, b"HWG").is_some_and(|rest| {
        let digits = leading(rest, u8::is_ascii_digit);
        (1..=4).contains(&digits) && rest.get(digits) == Some(&b':')
    })
}

/// What stands behind this prefix, written in any case.
fn behind<'a>(text: &'a [u8], prefix: &[u8]) -> Option<&'a [u8]> {
    let (head, rest) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// How many bytes from the start are such.
fn leading(text: &[u8], is_such: fn(&u8) -> bool) -> usize {
    text.iter().take_while(|byte| is_such(byte)).count()
}

fn contains(text: &[u8], what: &[u8]) -> bool {
    text.windows(what.len()).any(|window| window == what)
}

fn any(_: &[u8]) -> bool {
    true
}

/// A URI in its narrow sense: printable, without blanks.
fn is_word(rest: &[u8]) -> bool {
    rest.iter().all(u8::is_ascii_graphic)
}

fn is_base45(rest: &[u8]) -> bool {
    rest.iter().all(|byte| {
        byte.is_ascii_digit() || byte.is_ascii_uppercase() || b" $%*+-./:".contains(byte)
    })
}

fn is_base32(rest: &[u8]) -> bool {
    let is_letter = |byte: &u8| byte.is_ascii_uppercase() || (b'2'..=b'7').contains(byte);
    rest.iter().all(is_letter)
}

fn is_signed_base45(rest: &[u8]) -> bool {
    rest.len() >= SIGNED && is_base45(rest)
}

fn is_signed_base32(rest: &[u8]) -> bool {
    rest.len() >= SIGNED && is_base32(rest)
}

/// A digit from 2, a colon and a signed text. The first of each kind are read or are unknown here.
fn is_numbered_base45(rest: &[u8]) -> bool {
    matches!(rest, [b'2'..=b'9', b':', body @ ..] if is_signed_base45(body))
}

fn is_numbered_base32(rest: &[u8]) -> bool {
    matches!(rest, [b'2'..=b'9', b'/', body @ ..] if is_signed_base32(body))
}

/// Two digits a letter; a part of several has its numbers in front.
fn is_numeric_jws(rest: &[u8]) -> bool {
    let is_part = |byte: &u8| byte.is_ascii_digit() || *byte == b'/';
    rest.len() >= 2 * SIGNED && rest.iter().all(is_part)
}

/// Decimal groups of CBOR with two keys of the ceremony in it.
fn is_long_number(rest: &[u8]) -> bool {
    rest.len() >= 40 && rest.iter().all(u8::is_ascii_digit)
}

/// `{"` in base64url, where the link's JSON begins.
fn is_health_link(rest: &[u8]) -> bool {
    rest.starts_with(b"eyJ") && base64::is_url_text(rest)
}

/// A viewer's address with the link behind it.
fn leads_to_health_link(rest: &[u8]) -> bool {
    contains(rest, b"#shlink:/eyJ")
}

/// `OpenID4VCI` 1.0 4.1: the parameter that no other protocol has.
fn offers_credential(rest: &[u8]) -> bool {
    [b"?".as_slice(), b"&"].iter().any(|before| {
        [b"credential_offer=".as_slice(), b"credential_offer_uri="]
            .iter()
            .any(|name| contains(rest, &[before, *name].concat()))
    })
}

/// The letter that came before the secure code.
fn is_aadhaar_letter(rest: &[u8]) -> bool {
    contains(rest, b"<PrintLetterBarcodeData ")
}

/// How it is coded, what it holds, how many parts and which one of them, from zero, in base 36.
fn is_bbqr(rest: &[u8]) -> bool {
    let [b'H' | b'2' | b'Z', b'A'..=b'Z', a, b, c, d, _, ..] = rest else {
        return false;
    };
    let digit = |letter: &u8| {
        let is_digit = letter.is_ascii_digit() || letter.is_ascii_uppercase();
        char::from(*letter).to_digit(36).filter(|_| is_digit)
    };
    let number = |high, low| Some(digit(high)? * 36 + digit(low)?);
    matches!((number(a, b), number(c, d)), (Some(count), Some(index)) if index < count)
        && rest.iter().all(u8::is_ascii_alphanumeric)
}

/// `type/words`, or `type/7-20/words`.
fn is_ur(rest: &[u8]) -> bool {
    let mut pieces = rest.split(|byte| *byte == b'/');
    let (Some(kind), Some(second), third, None) =
        (pieces.next(), pieces.next(), pieces.next(), pieces.next())
    else {
        return false;
    };
    let is_kind = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    let is_place = |place: &[u8]| {
        let digits = leading(place, u8::is_ascii_digit);
        let behind = place.get(digits..).unwrap_or_default();
        digits > 0
            && matches!(behind, [b'-', count @ ..]
                if !count.is_empty() && count.iter().all(u8::is_ascii_digit))
    };
    let words = third.unwrap_or(second);
    !kind.is_empty()
        && kind.iter().all(is_kind)
        && (third.is_none() || is_place(second))
        && words.len() >= 2
        && words.len() % 2 == 0
        && words.iter().all(u8::is_ascii_alphabetic)
}

/// Fields of one or more letters, a colon each, and the name of the network among them.
fn is_wifi(rest: &[u8]) -> bool {
    rest.starts_with(b"S:") || contains(rest, b";S:")
}

/// The first field has a name and a colon.
fn is_fields(rest: &[u8]) -> bool {
    let name = leading(rest, u8::is_ascii_alphanumeric);
    (1..=8).contains(&name) && rest.get(name) == Some(&b':')
}

/// RFC 3966 and 5724: a number, in its international form or not.
fn is_telephone(rest: &[u8]) -> bool {
    let number = rest.strip_prefix(b"//").unwrap_or(rest);
    matches!(number, [b'0'..=b'9' | b'+' | b'*' | b'#' | b'(', ..])
}

/// RFC 6068: an address in front of what else there is.
fn is_address(rest: &[u8]) -> bool {
    let address = rest.split(|byte| *byte == b'?').next().unwrap_or_default();
    address.contains(&b'@') && is_word(address)
}

fn is_next_line(rest: &[u8]) -> bool {
    matches!(rest, [b'\n' | b'\r', ..])
}

/// RFC 5870: two numbers.
fn is_place(rest: &[u8]) -> bool {
    let is_number = |byte: &u8| byte.is_ascii_digit() || b"+-.".contains(byte);
    let latitude = leading(rest, is_number);
    let behind = rest.get(latitude..).unwrap_or_default();
    latitude > 0 && matches!(behind, [b',', next, ..] if is_number(next))
}

fn is_host(rest: &[u8]) -> bool {
    is_word(rest) && rest.contains(&b'.')
}

/// RFC 3986: a scheme, `://`, and something behind it without blanks.
fn is_app_link(text: &[u8]) -> bool {
    let is_scheme = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
    let scheme = leading(text, is_scheme);
    let behind = text.get(scheme..).unwrap_or_default();
    (2..=40).contains(&scheme)
        && text.first().is_some_and(u8::is_ascii_alphabetic)
        && matches!(behind, [b':', b'/', b'/', rest @ ..]
            if !rest.is_empty() && !rest.iter().any(|b| b.is_ascii_whitespace() || b.is_ascii_control()))
}
