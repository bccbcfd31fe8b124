//! Any bytes at all as the content of a QR code: a verdict or a hint, never a panic.

mod mutate;

use hwagin_tests::vector;
use hwagin_tests::world::{AT, Desk, Said, purpose};
use hwagin_tests::{text, world};
use hwagin_training::{Authority, Card, DAY, Key, KeyKind, Recipe, pack, write};
use hwagin_verifier::trust::{Anchors, Training};
use hwagin_verifier::{At, Statuses, Trust, UnixTime, transport};
use mutate::Mutator;
use proptest::prelude::*;

/// Changed copies of each text, each envelope, each response and each certificate or list.
const COPIES: usize = 24;

fn desk() -> Desk {
    let authority = Authority::built_in();
    let list = authority.status_list(AT);
    Desk::training(
        &[authority.iaca_der()],
        Some(&list),
        purpose("hospital-reception"),
        AT,
    )
}

/// The envelope in a text, where there is one.
fn envelope(text: &[u8]) -> Option<Vec<u8>> {
    let body = base45::decode(text.strip_prefix(transport::PREFIX.as_bytes())?).ok()?;
    match body.split_first()? {
        (0, rest) => Some(rest.to_vec()),
        (1, rest) => miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(rest, 1 << 16).ok(),
        _ => None,
    }
}

/// The response in an envelope, where there is one.
fn response(envelope: &[u8]) -> Option<Vec<u8>> {
    let map: ciborium::Value = ciborium::from_reader(envelope).ok()?;
    let (_, response) = map.as_map()?.first()?;
    response.as_bytes().cloned()
}

#[test]
fn changed_copies_of_every_vector_never_panic() {
    let desk = desk();
    let mut mutator = Mutator::new(0x4857_4131);
    let (mut read, mut accepted) = (0_usize, 0_usize);
    let mut feed = |symbol: &[u8]| {
        let said = desk.read(symbol);
        read += 1;
        accepted += usize::from(said.is_accepted());
    };
    // The longest are about sizes, which their own cases check.
    let all = vector::all(&vector::folder());
    let (parts, all): (Vec<_>, Vec<_>) = all
        .into_iter()
        .filter(|vector| vector.case.parts || vector.presentation.len() < 8_000)
        .partition(|vector| vector.case.parts);
    for vector in &parts {
        for _ in 0..COPIES / 2 {
            let changed = mutator.changed(&vector.presentation);
            let _ = desk.read_parts(changed.split(|byte| *byte == b'\n'));
        }
    }
    for vector in &all {
        for _ in 0..COPIES / 2 {
            feed(&mutator.changed(&vector.presentation));
        }
        let Some(envelope) = envelope(&vector.presentation) else {
            continue;
        };
        for _ in 0..COPIES {
            let body = pack(&mutator.changed(&envelope), hwagin_training::Packing::Plain);
            feed(write(&body).as_bytes());
        }
        let Some(response) = response(&envelope) else {
            continue;
        };
        for _ in 0..COPIES {
            feed(text(&mutator.changed(&response), AT, [7; 16]).as_bytes());
        }
    }
    assert!(read >= 20_000, "only {read}");
    // A flip in what nobody signs and nobody reads leaves a sound presentation sound; there is
    // little of that, and a wrong name is never shown (see interop and annex_d).
    println!("{read} changed copies read, {accepted} of them still sound");
    assert!(accepted * 20 < read, "{accepted} of {read} accepted");
}

#[test]
fn changed_copies_of_roots_and_lists_never_panic() {
    let authority = Authority::built_in();
    let mut mutator = Mutator::new(0x4857_4132);
    let (root, crl, token) = (
        authority.iaca_der(),
        authority.crl_der(AT),
        authority.status_list(AT),
    );
    let at = At::utc(UnixTime(AT));
    let mut anchors = Anchors::<Training>::new();
    anchors.add(&root, world::doc_types()).unwrap();
    for _ in 0..2_000 {
        let changed = mutator.changed(&root);
        let _ = Anchors::<Training>::new().add(&changed, world::doc_types());
        let _ = anchors.add_crl(&mutator.changed(&crl));
    }
    let trust = Trust::training(anchors);
    for _ in 0..2_000 {
        let changed = mutator.changed(&token);
        let taken = Statuses::new().add(&changed, None, &trust, at).is_ok();
        // Every byte of the token is signed, or is the tag, a head or the signature.
        assert!(!taken || changed == token, "a changed list was taken");
    }
}

#[test]
fn a_response_from_any_kind_of_key_never_panics_when_changed() {
    let (desk, authority) = (desk(), Authority::built_in());
    let mut mutator = Mutator::new(0x4857_4133);
    for kind in [
        KeyKind::P256,
        KeyKind::P384,
        KeyKind::P521,
        KeyKind::Ed25519,
    ] {
        let mut recipe = Recipe::new(Card::Mfc, AT);
        recipe.signer.key = Key::new(kind, "odd signer");
        recipe.holder.key = Key::new(kind, "odd phone");
        let shown = authority.mint(&recipe);
        assert!(desk.read(shown.text.as_bytes()).is_accepted(), "{kind:?}");
        for _ in 0..300 {
            let body = pack(
                &mutator.changed(&shown.envelope),
                hwagin_training::Packing::Plain,
            );
            let _ = desk.read(write(&body).as_bytes());
        }
    }
}

#[test]
fn any_clock_at_all_is_judged() {
    let shown = Authority::built_in().mint(&Recipe::new(Card::Mdl, AT));
    for at in [
        i64::MIN,
        i64::MIN / 2,
        -1,
        0,
        AT - 400 * DAY,
        AT + 4_000 * DAY,
        i64::MAX / 2,
    ] {
        let mut desk = desk();
        // The calendar ends with year 9999; the moment does not.
        desk.at.time = UnixTime(at);
        let said = desk.read(shown.text.as_bytes());
        assert!(
            matches!(said, Said::Verdict(_)) && !said.is_accepted(),
            "{at}"
        );
    }
}

/// CBOR of any shape.
fn any_cbor() -> impl Strategy<Value = ciborium::Value> {
    use ciborium::Value;
    let leaf = prop_oneof![
        any::<i64>().prop_map(|n| Value::Integer(n.into())),
        prop::collection::vec(any::<u8>(), 0..40).prop_map(Value::Bytes),
        "[a-zA-Z.0-9]{0,20}".prop_map(Value::Text),
        any::<bool>().prop_map(Value::Bool),
        any::<f64>().prop_map(Value::Float),
        Just(Value::Null),
        prop_oneof![
            Just("version"),
            Just("documents"),
            Just("docType"),
            Just("issuerSigned"),
            Just("nameSpaces"),
            Just("issuerAuth"),
            Just("1.0"),
        ]
        .prop_map(|text| Value::Text(text.to_owned())),
    ];
    leaf.prop_recursive(8, 64, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::Array),
            prop::collection::vec((inner.clone(), inner.clone()), 0..6).prop_map(Value::Map),
            (any::<u16>(), inner).prop_map(|(tag, v)| Value::Tag(tag.into(), Box::new(v))),
        ]
    })
}

fn encoded(value: &ciborium::Value) -> Vec<u8> {
    let mut out = Vec::new();
    ciborium::into_writer(value, &mut out).unwrap();
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_are_not_a_presentation(symbol in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = desk_of_this_thread(|desk| desk.read(&symbol).is_accepted());
    }

    #[test]
    fn any_body_is_read_and_never_accepted(body in prop::collection::vec(any::<u8>(), 0..600)) {
        prop_assert!(!desk_of_this_thread(|desk| desk.read(write(&body).as_bytes()).is_accepted()));
    }

    #[test]
    fn any_letters_behind_the_prefix_are_read_and_never_accepted(letters in "[0-9A-Z $%*+./:-]{0,400}") {
        let symbol = format!("{}{letters}", transport::PREFIX);
        prop_assert!(!desk_of_this_thread(|desk| desk.read(symbol.as_bytes()).is_accepted()));
    }

    #[test]
    fn any_cbor_is_read_and_never_accepted(envelope in any_cbor(), response in any_cbor()) {
        desk_of_this_thread(|desk| {
            let body = pack(&encoded(&envelope), hwagin_training::Packing::Plain);
            assert!(!desk.read(write(&body).as_bytes()).is_accepted());
            assert!(!desk.read(text(&encoded(&response), AT, [7; 16]).as_bytes()).is_accepted());
        });
    }
}

/// One desk for all the cases of a thread: its roots take longer to read than a case.
fn desk_of_this_thread<T>(with: impl FnOnce(&Desk) -> T) -> T {
    thread_local! { static DESK: Desk = desk(); }
    DESK.with(with)
}
