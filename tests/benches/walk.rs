//! What a verdict costs beside its signature checks.
//!
//! The whole walk, from the text of a QR code to Accept, checks three P-256 signatures: the
//! root's over the signer's certificate, the issuer's over the security object and the device's
//! over the handover. It is timed against three raw verifications over messages of the same
//! sizes, one after the other in every round, so that a busy machine slows both alike; the
//! tenth percentiles are compared.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair,
    UnparsedPublicKey,
};
use hwagin_tests::world::{AT, Desk, purpose};
use hwagin_training::{Authority, Card, Recipe};
use hwagin_verifier::purpose::judge;
use hwagin_verifier::transport::Scanned;
use hwagin_verifier::{Reason, format, holder, issuer, status, transport, validity};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// The most that the walk may cost, as a multiple of its signature checks.
const BAR: f64 = 1.3;
const WARM_UP: usize = 200;
const ROUNDS: usize = 3_000;

struct Raw {
    key: Vec<u8>,
    signed: Vec<(Vec<u8>, Vec<u8>)>,
}

impl Raw {
    /// Messages of these sizes with their signatures.
    fn of(sizes: [usize; 3]) -> Self {
        let random = SystemRandom::new();
        let pkcs8 =
            EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref());
        let pair = pair.unwrap();
        let sign = |size| {
            let message = vec![7; size];
            let signature = pair.sign(&random, &message).unwrap().as_ref().to_vec();
            (message, signature)
        };
        Self {
            key: pair.public_key().as_ref().to_vec(),
            signed: sizes.map(sign).to_vec(),
        }
    }

    fn verify(&self) {
        for (message, signature) in &self.signed {
            let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, black_box(&self.key));
            key.verify(black_box(message), black_box(signature))
                .unwrap();
        }
    }
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// The time that a tenth of the rounds kept to, in microseconds: what the work takes where
/// nothing else on the machine gets in its way.
fn undisturbed(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 10].as_secs_f64() * 1e6
}

fn measure(card: Card) -> f64 {
    let authority = Authority::built_in();
    let shown = authority.mint(&Recipe::new(card, AT));
    let list = authority.status_list(AT);
    let desk = Desk::training(
        &[authority.iaca_der()],
        Some(&list),
        purpose("hospital-reception"),
        AT,
    );
    let walk = || {
        let said = desk.read(black_box(shown.text.as_bytes()));
        assert!(said.is_accepted(), "{:?}", said.reason());
    };
    // What is signed: the certificate, the security object, and the device's small array.
    let raw = Raw::of([shown.signer.len(), shown.envelope.len() / 2, 200]);
    let (mut walks, mut raws) = (Vec::new(), Vec::new());
    for round in 0..WARM_UP + ROUNDS {
        let (walked, verified) = (timed(walk), timed(|| raw.verify()));
        if round >= WARM_UP {
            walks.push(walked);
            raws.push(verified);
        }
    }
    let (walk, raw) = (undisturbed(walks), undisturbed(raws));
    println!("card: {} ({} characters)", card.id(), shown.text.len());
    println!("  the walk, text to Accept: {walk:.1} us");
    println!("  3 raw P-256 verifications: {raw:.1} us");
    println!("  walk/3 raw P-256 verifications: {:.2}", walk / raw);
    println!(
        "  share not cryptography: {:.0} %",
        (walk - raw) / walk * 100.0
    );
    stages(&desk, &shown.text);
    walk / raw
}

/// Where the time goes, stage by stage, in microseconds.
fn stages(desk: &Desk, text: &str) {
    let mut times: [Vec<Duration>; 6] = Default::default();
    for _ in 0..ROUNDS {
        let mut last = Instant::now();
        let mut lap = |stage: usize| {
            let now = Instant::now();
            times[stage].push(now - last);
            last = now;
        };
        let Ok(Scanned::Presentation(payload)) = transport::read(black_box(text.as_bytes())) else {
            panic!("not a presentation")
        };
        lap(0);
        let unverified = format::parse(&payload).unwrap_or_else(failed);
        lap(1);
        let authentic = issuer::authenticate(unverified, &desk.trust, desk.at);
        let authentic = authentic.unwrap_or_else(failed);
        lap(2);
        let current = validity::check(authentic, desk.at).unwrap_or_else(failed);
        let standing = status::check(current, &desk.statuses, &desk.purpose.status, desk.at);
        let standing = standing.unwrap_or_else(failed);
        lap(3);
        let presented = holder::check(
            standing,
            &desk.purpose,
            &desk.session,
            &desk.replays,
            desk.at,
        );
        let presented = presented.unwrap_or_else(failed);
        lap(4);
        let verdict = judge(presented, &desk.purpose, &desk.cards, desk.at);
        drop(verdict.unwrap_or_else(failed));
        lap(5);
    }
    let names = [
        "read",
        "parse",
        "authenticate (2 signatures)",
        "current, standing",
        "presented (1 signature)",
        "judge",
    ];
    for (name, times) in names.into_iter().zip(times) {
        println!("    {name}: {:.1} us", undisturbed(times));
    }
}

fn failed<T>(reason: Reason) -> T {
    panic!("{}", reason.code())
}

fn main() {
    // `cargo test --benches` runs this too; there it has nothing to say.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let worst = Card::ALL.map(measure).into_iter().fold(0.0, f64::max);
    println!("ratio: {worst:.2} (the larger of the two, bar {BAR})");
}
