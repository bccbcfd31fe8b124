//! What a verdict costs beside its signature checks, in every format.
//!
//! The whole walk, from the text of a QR code to Accept, is timed against raw verifications by the
//! same algorithms over messages of about the same sizes, one after the other in every round, so
//! that a busy machine slows both alike; the tenth percentiles are compared. A card, as an mdoc or
//! an SD-CWT, has three signatures: the root's over the signer's certificate, the issuer's and the
//! holder's. A document without a holder has one.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, ED25519, EcdsaKeyPair,
    Ed25519KeyPair, KeyPair, UnparsedPublicKey, VerificationAlgorithm,
};
use hwagin_tests::world::{AT, Desk, purpose};
use hwagin_training::{
    Authority, Card, Case, DocumentCase, DocumentKind, Format, HcertKind, Recipe,
};
use hwagin_verifier::purpose::judge;
use hwagin_verifier::transport::Scanned;
use hwagin_verifier::{Reason, format, holder, issuer, status, transport, validity};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// The most that the walk of a card may cost, as a multiple of its signature checks.
const BAR: f64 = 1.3;
/// The same of the other formats.
const BAR_OF_OTHERS: f64 = 1.4;
const WARM_UP: usize = 200;
const ROUNDS: usize = 3_000;

/// A signature, and what checks it.
struct Signed {
    algorithm: &'static dyn VerificationAlgorithm,
    key: Vec<u8>,
    message: Vec<u8>,
    signature: Vec<u8>,
}

impl Signed {
    /// ECDSA with P-256 over a message of this size.
    fn p256(size: usize) -> Self {
        let random = SystemRandom::new();
        let pkcs8 =
            EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref());
        let pair = pair.unwrap();
        let message = vec![7; size];
        Self {
            algorithm: &ECDSA_P256_SHA256_FIXED,
            key: pair.public_key().as_ref().to_vec(),
            signature: pair.sign(&random, &message).unwrap().as_ref().to_vec(),
            message,
        }
    }

    /// Ed25519, likewise.
    fn ed25519(size: usize) -> Self {
        let pair = Ed25519KeyPair::from_seed_unchecked(&[9; 32]).unwrap();
        let message = vec![7; size];
        Self {
            algorithm: &ED25519,
            key: pair.public_key().as_ref().to_vec(),
            signature: pair.sign(&message).as_ref().to_vec(),
            message,
        }
    }

    fn verify(&self) {
        let key = UnparsedPublicKey::new(self.algorithm, black_box(&self.key));
        key.verify(black_box(&self.message), black_box(&self.signature))
            .unwrap();
    }
}

/// One presentation, the desk it is shown to, and its raw signatures.
struct Subject {
    name: String,
    bar: f64,
    text: String,
    desk: Desk,
    raw: Vec<Signed>,
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

fn desk(id: &str) -> Desk {
    let authority = Authority::built_in();
    let (roots, list) = ([authority.iaca_der()], authority.status_list(AT));
    let desk = Desk::training(&roots, Some(&list), purpose(id), AT);
    desk.with_keys(&roots)
}

fn subjects() -> Vec<Subject> {
    let authority = Authority::built_in();
    let card = |name: String, bar, shown: hwagin_training::Presentation| Subject {
        name,
        bar,
        desk: desk("hospital-reception"),
        // What is signed: the certificate, the security object or token, and the holder's part,
        // which in a key binding token has the whole credential in it.
        raw: [
            shown.signer.len(),
            shown.envelope.len() / 2,
            if bar == BAR {
                200
            } else {
                shown.envelope.len()
            },
        ]
        .map(Signed::p256)
        .into(),
        text: shown.text,
    };
    let mdocs = Card::ALL.map(|kind| {
        let shown = authority.mint(&Recipe::new(kind, AT));
        card(format!("{} (mdoc)", kind.id()), BAR, shown)
    });
    let sd_cwts = Card::ALL.map(|kind| {
        let shown = authority.present_as(Format::SdCwt, kind, Case::Valid, AT);
        card(format!("{} (SD-CWT)", kind.id()), BAR_OF_OTHERS, shown)
    });
    let documents = [
        (
            DocumentKind::Hcert(HcertKind::Vaccination),
            Signed::p256 as fn(usize) -> Signed,
        ),
        (DocumentKind::Nzcp, Signed::p256),
        (DocumentKind::Claim169, Signed::ed25519),
    ]
    .map(|(kind, signed)| {
        let document = authority.document(kind, DocumentCase::Valid, AT).unwrap();
        Subject {
            name: kind.id().to_owned(),
            bar: BAR_OF_OTHERS,
            desk: desk("document-only"),
            raw: vec![signed(document.message.len())],
            text: document.text,
        }
    });
    mdocs.into_iter().chain(sd_cwts).chain(documents).collect()
}

/// The ratio over its bar.
fn measure(subject: &Subject) -> f64 {
    let Subject {
        name,
        bar,
        text,
        desk,
        raw,
    } = subject;
    let walk = || {
        let said = desk.read(black_box(text.as_bytes()));
        assert!(said.is_accepted(), "{name}: {:?}", said.reason());
    };
    let (mut walks, mut raws) = (Vec::new(), Vec::new());
    for round in 0..WARM_UP + ROUNDS {
        let (walked, verified) = (timed(walk), timed(|| raw.iter().for_each(Signed::verify)));
        if round >= WARM_UP {
            walks.push(walked);
            raws.push(verified);
        }
    }
    let (walk, verified) = (undisturbed(walks), undisturbed(raws));
    let ratio = walk / verified;
    println!("{name} ({} characters)", text.len());
    println!("  the walk, text to Accept: {walk:.1} us");
    println!("  its {} raw signature checks: {verified:.1} us", raw.len());
    println!(
        "  share not cryptography: {:.0} %",
        (walk - verified) / walk * 100.0
    );
    println!("  ratio of {name}: {ratio:.2} (bar {bar})");
    stages(desk, text);
    ratio / bar
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
        let verdict = judge(presented, &desk.purpose, &desk.cards, &desk.bundle, desk.at);
        drop(verdict.unwrap_or_else(failed));
        lap(5);
    }
    let names = [
        "read",
        "parse",
        "authenticate",
        "current, standing",
        "presented",
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
    let worst = subjects().iter().map(measure).fold(0.0, f64::max);
    println!("the worst is at {:.0} % of its bar", worst * 100.0);
}
