//! What changes around a session: the machine's clock, and what the desk knows.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

mod bench;

use bench::{Bench, START, shown};
use hwagin_training::Case;

#[test]
fn nothing_is_accepted_while_the_clock_is_set_back() {
    let mut bench = Bench::new(Some("hospital-reception"));
    bench.frame(&[]);
    bench.set_clock(-3_600);
    assert!(bench.session.tick(), "the window is told");
    assert!(!bench.session.tick(), "once");
    bench.frame(&[&shown(Case::Valid, START - 3_600)]);
    let verdict = bench.verdict();
    assert_eq!(verdict["outcome"], "abstain");
    assert_eq!(verdict["reason"], "clock.behind");
    assert_eq!(verdict["accepted"], serde_json::Value::Null);
    let knowledge = serde_json::to_value(bench.session.knowledge_view()).unwrap();
    assert_eq!(knowledge["clock"], "behind");

    bench.session.clear();
    bench.set_clock(3_600);
    bench.wait(2_000);
    assert!(bench.session.tick());
    bench.told();
    bench.frame(&[&shown(Case::Valid, START + 2)]);
    assert_eq!(bench.verdict()["outcome"], "accept");
}

#[test]
fn a_credential_from_the_future_does_not_move_the_clock() {
    let mut bench = Bench::new(Some("hospital-reception"));
    // Made next year: whatever a credential says of time, it says of itself.
    bench.frame(&[&shown(Case::Valid, START + 365 * 86_400)]);
    assert_ne!(bench.verdict()["outcome"], "accept");
    bench.session.clear();
    bench.frames(&[], 3_000);
    assert!(!bench.session.tick());
    bench.told();
    bench.frame(&[&shown(Case::Valid, START + 3)]);
    assert_eq!(bench.verdict()["outcome"], "accept");
}

#[test]
fn new_knowledge_takes_down_what_stands_and_keeps_purpose_and_proofs() {
    let mut bench = Bench::new(Some("hospital-reception"));
    let text = shown(Case::Valid, START);
    bench.frame(&[&text]);
    assert_eq!(bench.verdict()["outcome"], "accept");
    let knowledge = bench.knowledge();
    bench.session.learn(knowledge);
    assert_eq!(bench.told(), [serde_json::json!({ "type": "cleared" })]);
    assert_eq!(bench.session.purpose(), Some("hospital-reception"));
    // Who was accepted and still holds the phone there is not told that it was used before.
    bench.frames(&[&text], 2_000);
    assert_eq!(bench.told(), Vec::<serde_json::Value>::new());
    // Shown anew, its proof is still one that was seen.
    bench.frames(&[], 5_000);
    bench.frame(&[&text]);
    assert_eq!(bench.verdict()["reason"], "holder.replayed");
}
