//! The worked example of ISO/IEC 18013-5 annex D: made by the standard's authors, not by us.
//!
//! Its holder proof is a MAC over an NFC transcript, so at a desk the document is genuine and the
//! holder not proven.

use super::{Results, card, shows_all, words};
use crate::world::{Desk, MDL, Said};
use crate::{hex_file, text};
use hwagin_verifier::card::{Card, ClaimKind};
use hwagin_verifier::purpose::{Need, Purpose, Unproven};
use hwagin_verifier::trust::{Anchors, Production};
use hwagin_verifier::{
    At, BundleTimes, Cards, Replays, Session, Statuses, Trust, UnixTime, Verdict,
};
use std::path::Path;

/// 2021-01-01T00:00:00Z
pub const WITHIN: i64 = 1_609_459_200;

const NAME: &str = "device-response";

fn mdl() -> Card {
    let claim = |name, kind| (name, "org.iso.18013.5.1", name, kind);
    let rows = [
        claim("family_name", ClaimKind::Text),
        claim("document_number", ClaimKind::Text),
        claim("issue_date", ClaimKind::Date),
        claim("portrait", ClaimKind::Picture),
    ];
    card(MDL, &rows)
}

/// A purpose that asks neither for a proof nor for a status, and for everything that it shows.
pub fn purpose() -> Purpose {
    let mut purpose = shows_all(&[mdl()]);
    for show in &mut purpose.shows {
        show.required = true;
    }
    purpose
}

/// The example, and the root that it comes with.
#[derive(Clone)]
pub struct Example {
    /// The `DeviceResponse`.
    pub response: Vec<u8>,
    root: Vec<u8>,
    doc_type: String,
}

impl Example {
    /// The example in the folder of vectors.
    ///
    /// # Panics
    /// Where it is not there.
    pub fn read(folder: &Path) -> Self {
        Self {
            response: hex_file(&folder.join("device-response.hex")),
            root: std::fs::read(folder.join("iaca.der")).unwrap(),
            doc_type: MDL.to_owned(),
        }
    }

    /// What a desk that trusts the root says of it.
    ///
    /// # Panics
    /// Where the root is not taken.
    pub fn said(&self, purpose: &Purpose, at: i64) -> Said {
        let mut anchors = Anchors::<Production>::new();
        anchors
            .add(&self.root, vec![self.doc_type.clone()])
            .unwrap();
        let desk = Desk {
            bundle: BundleTimes::default(),
            trust: Trust::production(anchors),
            statuses: Statuses::new(),
            session: Session::default(),
            replays: Replays::default(),
            purpose: purpose.clone(),
            at: At::utc(UnixTime(at)),
            cards: Cards::new(vec![mdl()]),
        };
        desk.read(text(&self.response, at, [7; 16]).as_bytes())
    }

    /// The same response with the first occurrence of `from` overwritten.
    fn altered(&self, from: &[u8], to: &[u8]) -> Self {
        let mut altered = self.clone();
        let mut windows = self.response.windows(from.len());
        let found = windows.position(|window| window == from).unwrap();
        altered.response[found..found + to.len()].copy_from_slice(to);
        altered
    }
}

pub(super) fn run(folder: &Path, out: &mut Results) {
    let example = Example::read(folder);
    let bearer = purpose();
    document(folder, &example.said(&bearer, WITHIN), out);
    let mut say =
        |about: &str, published: &str, said: Said| out.same(NAME, about, published, &words(&said));
    // validFrom 2020-10-01T13:30:02Z; the signer is valid from midnight of that day to
    // 2021-10-01T00:00:00Z, which is before validUntil.
    for (about, at, published) in [
        (
            "a second before validFrom",
            1_601_559_001,
            "refuse validity.not_yet",
        ),
        ("at validFrom", 1_601_559_002, "accept"),
        ("in the signer's last second", 1_633_046_400, "accept"),
        (
            "a second later",
            1_633_046_401,
            "refuse issuer.chain_expired",
        ),
    ] {
        say(about, published, example.said(&bearer, at));
    }
    let mut fresh = bearer.clone();
    fresh.holder.needs = Need::Fresh;
    say(
        "a proof is asked for",
        "abstain holder.proof_missing",
        example.said(&fresh, WITHIN),
    );
    fresh.holder.unproven = Unproven::Refuse;
    say(
        "a proof is insisted on",
        "refuse holder.proof_missing",
        example.said(&fresh, WITHIN),
    );
    let mut status = bearer.clone();
    status.status.required = true;
    say(
        "a status is asked for",
        "abstain status.missing",
        example.said(&status, WITHIN),
    );
    let renamed = example.altered(b"cDoe", b"cRoe");
    say(
        "another family name",
        "refuse digest.mismatch",
        renamed.said(&bearer, WITHIN),
    );
    let longer = example.altered(b"2021-10-01T13:30:02Z", b"2031-10-01T13:30:02Z");
    say(
        "another validUntil",
        "refuse signature.invalid",
        longer.said(&bearer, WITHIN),
    );
    let other = Example {
        doc_type: "org.iso.23220.photoid.1".to_owned(),
        ..example
    };
    say(
        "a root for another document type",
        "refuse issuer.purpose_mismatch",
        other.said(&bearer, WITHIN),
    );
}

/// It is accepted, and what is shown of it is what the standard prints.
fn document(folder: &Path, said: &Said, out: &mut Results) {
    out.same(NAME, "verdict", "accept", &words(said));
    let Said::Verdict(Verdict::Accept(accepted)) = said else {
        return;
    };
    let cautions: Vec<_> = accepted
        .cautions()
        .iter()
        .map(|caution| caution.code())
        .collect();
    out.same(
        NAME,
        "cautions",
        "holder_not_proven, no_status",
        &cautions.join(", "),
    );
    let shown: Vec<_> = super::shown(said)
        .into_iter()
        .map(|(name, text)| format!("{name} {text}"))
        .collect();
    let published = "family_name Doe, document_number 123456789, issue_date 2019-10-20";
    out.same(NAME, "shown", published, &shown.join(", "));
    let portrait = hex_file(&folder.join("portrait.hex"));
    let same = accepted.disclosure().portrait() == Some(portrait.as_slice());
    out.same(
        NAME,
        "portrait",
        "the same bytes",
        if same { "the same bytes" } else { "others" },
    );
    // Six items came, four are shown: expiry_date and driving_privileges are left over.
    let beyond = accepted.disclosure().surplus().to_string();
    out.same(NAME, "items beyond", "2", &beyond);
}
