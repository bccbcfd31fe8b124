//! Names of people: long, from right to left, of letters outside the first plane, and no text at all.

use super::{Draft, abstains, accepts};
use hwagin_training::cbor::{raw, text};
use hwagin_training::sd_cwt::Node;
use hwagin_training::{Card, Value};

/// Arabic and Hebrew, with the marks that set their order.
const RIGHT_TO_LEFT: &str = "בן\u{5be}דוד \u{200f}محمد\u{61c} \u{200e}ABC";

/// Embedding, override and isolate, each with its end.
const OVERRIDDEN: &str = "محمد\u{202b}AB\u{202c}\u{202e}CD\u{202c}\u{2067}EF\u{2069}";

/// A joined pair and a flag, each more than one letter.
const EMOJI: &str = "TESTINA \u{1f469}\u{200d}\u{1f680} \u{1f1f0}\u{1f1f7}";

pub(super) fn drafts() -> Vec<Draft> {
    [mdocs(), sd_cwts()].into_iter().flatten().collect()
}

fn long() -> Value {
    let letters = "SPECIMEN ".chars().cycle().take(300);
    text(&letters.collect::<String>())
}

/// What UTF-8 would make of U+D800, and must not (RFC 3629 section 3).
fn surrogate() -> Value {
    raw(vec![0x63, 0xed, 0xa0, 0x80])
}

/// A registration card of this family name.
fn mdoc(draft: Draft, name: Value) -> Draft {
    draft.minted(Card::Mfc, |r| {
        r.item("family_name_latin1").unwrap().value = name;
    })
}

fn mdocs() -> Vec<Draft> {
    let accepted = |name, why, value| mdoc(accepts(name, why), value);
    vec![
        accepted(
            "accept/name-of-300-characters",
            "no name is too long",
            long(),
        ),
        accepted(
            "accept/name-right-to-left",
            "text is text; the window draws it and nothing else",
            text(RIGHT_TO_LEFT),
        ),
        accepted(
            "accept/name-with-overrides-of-direction",
            "they are shown as what they are, and move nothing",
            text(OVERRIDDEN),
        ),
        accepted(
            "accept/name-with-emoji",
            "letters outside the first plane",
            text(EMOJI),
        ),
        mdoc(
            abstains(
                "format.malformed",
                "cbor/lone-surrogate",
                "RFC 3629: no half of a pair in UTF-8",
            ),
            surrogate(),
        ),
    ]
}

/// The same in a key binding token.
fn sd_cwt(draft: Draft, name: Value) -> Draft {
    draft.sd_cwt(Card::Mfc, |r| {
        r.element("family_name_latin1").unwrap().node = Node::Open(name);
    })
}

fn sd_cwts() -> Vec<Draft> {
    let accepted = |name, why, value| sd_cwt(accepts(name, why), value);
    vec![
        accepted(
            "accept/sd-cwt-name-of-300-characters",
            "no name is too long",
            long(),
        ),
        accepted(
            "accept/sd-cwt-name-right-to-left",
            "text is text; the window draws it and nothing else",
            text(RIGHT_TO_LEFT),
        ),
        accepted(
            "accept/sd-cwt-name-with-emoji",
            "letters outside the first plane",
            text(EMOJI),
        ),
        sd_cwt(
            abstains(
                "format.malformed",
                "cbor/sd-cwt-lone-surrogate",
                "RFC 3629: no half of a pair in UTF-8",
            ),
            surrogate(),
        ),
    ]
}
