//! Names that are long, written from right to left, or no text at all.

use hwagin_training::cbor::{raw, text};
use hwagin_training::{Authority, Value};
use serde_json::{Value as Json, json};

use super::{CHECK, desk, hex, sound};

/// Hebrew and Arabic, with the marks that set their order: a left-to-right and a right-to-left mark,
/// and an Arabic letter mark.
const RIGHT_TO_LEFT: &str = "בן\u{5be}דוד \u{200f}محمد\u{61c} \u{200e}ABC";

/// Embedding, override, isolate, and their ends.
const OVERRIDDEN: &str = "محمد\u{202b}AB\u{202c}\u{202e}CD\u{202c}\u{2067}EF\u{2069}";
const OVERRIDDEN_SHOWN: &str = "محمد\u{fffd}AB\u{fffd}\u{fffd}CD\u{fffd}\u{fffd}EF\u{fffd}";

/// Outside the first plane, joined, and a flag of two letters.
const EMOJI: &str = "TESTINA \u{1f469}\u{200d}\u{1f680} \u{1f1f0}\u{1f1f7}";

pub(super) fn all(authority: &Authority) -> Vec<Json> {
    let long: String = "SPECIMEN ".chars().cycle().take(300).collect();
    let accepted = |name: &str, signed: &str, shown: &str| {
        let shows = json!({
            "family_name": shown,
            "given_name": "TESTINA ALEXANDRA MARIA",
            "birth_date": "1999-01-01",
        });
        named(
            authority,
            name,
            text(signed),
            &desk(CHECK).accept("fresh", &shows),
        )
    };
    // What UTF-8 would make of U+D800, which it must not: three bytes.
    let surrogate = raw(vec![0x63, 0xed, 0xa0, 0x80]);
    vec![
        accepted("of-300-characters", &long, &long),
        accepted("right-to-left", RIGHT_TO_LEFT, RIGHT_TO_LEFT),
        accepted("with-overrides-of-direction", OVERRIDDEN, OVERRIDDEN_SHOWN),
        accepted("with-emoji", EMOJI, EMOJI),
        named(
            authority,
            "with-a-lone-surrogate",
            surrogate,
            &desk(CHECK).abstain("format.malformed"),
        ),
    ]
}

fn named(authority: &Authority, name: &str, family_name: Value, says: &Json) -> Json {
    let signed = hex(&hwagin_training::cbor::encode(&family_name));
    let mut recipe = sound();
    if let Some(item) = recipe.item("family_name_latin1") {
        item.value = family_name;
    }
    json!({
        "name": name,
        "element_value": signed,
        "text": authority.mint(&recipe).text,
        "desk": says,
    })
}
