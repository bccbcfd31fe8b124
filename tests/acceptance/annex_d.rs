//! The worked example of ISO/IEC 18013-5 annex D, cut and changed. What is published of it is run
//! by `third_party::annex_d`.

use hwagin_tests::third_party::annex_d::{Example, WITHIN, purpose};
use hwagin_tests::third_party_vectors;

#[test]
fn no_cut_and_no_changed_byte_makes_it_panic_or_be_accepted() {
    let Some(vectors) = third_party_vectors() else {
        return;
    };
    let genuine = Example::read(&vectors.join("mdoc/annex-d"));
    let with = |response: Vec<u8>| {
        let mut other = genuine.clone();
        other.response = response;
        other
    };
    let whole = genuine.response.clone();
    for end in 0..whole.len() {
        let cut = with(whole[..end].to_vec()).said(&purpose(), WITHIN);
        assert!(!cut.is_accepted(), "accepted when cut at {end}");
    }
    // The device part (unproven here) and the response around the document carry no signature.
    let mut windows = whole.windows(12);
    let signed = windows
        .position(|window| window == b"deviceSigned")
        .unwrap();
    for at in (0..signed).step_by(7) {
        let mut response = whole.clone();
        response[at] ^= 0x41;
        let changed = with(response).said(&purpose(), WITHIN);
        assert!(!changed.is_accepted(), "accepted with byte {at} changed");
    }
}
