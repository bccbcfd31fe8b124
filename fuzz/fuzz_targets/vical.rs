//! An issuer list, at a desk that holds the certificates in it. Seeds: lists as they are published.
#![no_main]

use hwagin_verifier::trust::vical::is_vical;
use hwagin_verifier::trust::{Anchors, Production};
use hwagin_verifier::{At, UnixTime};

libfuzzer_sys::fuzz_target!(|list: &[u8]| {
    let at = At::utc(UnixTime(hwagin_tests::world::AT));
    let _ = is_vical(list);
    // Whoever is named in it vouches for it: so the path and all behind it is reached.
    let signers = certificates(list);
    let signers: Vec<&[u8]> = signers.iter().map(Vec::as_slice).collect();
    let _ = Anchors::<Production>::new().add_vical(list, &signers, at);
});

/// What looks like a certificate of up to a few kilobytes: a SEQUENCE with two bytes of length.
fn certificates(list: &[u8]) -> Vec<Vec<u8>> {
    let starts = list.windows(4).enumerate();
    let starts = starts.filter(|(_, head)| head[..2] == [0x30, 0x82]);
    let whole = |(at, head): (usize, &[u8])| {
        let length = usize::from(head[2]) << 8 | usize::from(head[3]);
        list.get(at..at + 4 + length).map(<[u8]>::to_vec)
    };
    starts.filter_map(whole).take(4).collect()
}
