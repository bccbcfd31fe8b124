//! Codes without a prefix, known by a fixed layout.

use super::Hint;

pub(super) fn recognise(text: &[u8]) -> Option<Hint> {
    if is_boarding_pass(text) {
        Some(Hint::BoardingPass)
    } else if is_seal(text) {
        Some(Hint::IcaoSeal)
    } else if is_vietnamese_card(text) {
        Some(Hint::NationalCard)
    } else {
        None
    }
}

/// IATA resolution 792: the sixty characters of the first leg. What each must be is enough; what
/// follows, and the name, is not looked at.
fn is_boarding_pass(text: &[u8]) -> bool {
    let field = |from: usize, to: usize, is_such: fn(&u8) -> bool| {
        text.get(from..to)
            .is_some_and(|field| field.iter().all(is_such))
    };
    let day = text.get(44..47).and_then(number);
    matches!(text, [b'M', b'1'..=b'4', ..])
        && field(2, 22, |b| b.is_ascii_uppercase() || b" /-".contains(b))
        && field(22, 23, |b| b" E".contains(b))
        && field(23, 30, |b| b.is_ascii_alphanumeric() || *b == b' ')
        && field(30, 36, u8::is_ascii_uppercase)
        && field(36, 39, |b| {
            b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b' '
        })
        && field(39, 43, u8::is_ascii_digit)
        && day.is_some_and(|day| (1..=366).contains(&day))
        && field(47, 48, u8::is_ascii_uppercase)
        && field(58, 60, u8::is_ascii_hexdigit)
}

/// ICAO 9303-13 2.2: the mark, version 3 or 4, and an issuing state of three letters in C40. The
/// header has 18 bytes at least and a signature 64.
fn is_seal(bytes: &[u8]) -> bool {
    let [0xdc, 0x02 | 0x03, high, low, ..] = bytes else {
        return false;
    };
    let packed = u32::from(*high) << 8 | u32::from(*low);
    let Some(packed) = packed.checked_sub(1) else {
        return false;
    };
    let is_letter = |value: &u32| *value == 3 || (14..=39).contains(value);
    let state = [packed / 1_600, packed / 40 % 40, packed % 40];
    bytes.len() >= 18 + 64
        && state.iter().all(is_letter)
        && state.first().is_some_and(|first| *first != 3)
}

/// Viet Nam's chip card: its number of twelve digits, the old one of nine or none, a name, a day of
/// birth, sex, an address, a day of issue; later cards go on.
fn is_vietnamese_card(text: &[u8]) -> bool {
    let mut fields = text.split(|byte| *byte == b'|');
    let mut next = || fields.next();
    let (Some(number), Some(old), Some(_), Some(birth), Some(_), Some(_), Some(issue)) =
        (next(), next(), next(), next(), next(), next(), next())
    else {
        return false;
    };
    let is_number =
        |field: &[u8], digits| field.len() == digits && field.iter().all(u8::is_ascii_digit);
    is_number(number, 12) && (old.is_empty() || is_number(old, 9)) && is_day(birth) && is_day(issue)
}

/// Day, month and year, of eight digits.
fn is_day(field: &[u8]) -> bool {
    let part = |from, to| field.get(from..to).and_then(number);
    field.len() == 8
        && part(0, 2).is_some_and(|day| (1..=31).contains(&day))
        && part(2, 4).is_some_and(|month| (1..=12).contains(&month))
        && part(4, 8).is_some_and(|year| (1900..=2100).contains(&year))
}

/// The number that a few digits write.
fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0_u32, |number, digit| {
        let value = char::from(*digit).to_digit(10)?;
        number.checked_mul(10)?.checked_add(value)
    })
}
