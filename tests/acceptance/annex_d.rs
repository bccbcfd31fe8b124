//! The worked example of ISO/IEC 18013-5 annex D: made by the standard's authors, not by us.
//!
//! Its holder proof is a MAC over an NFC transcript, so at a desk the document is genuine and the
//! holder not proven.

use hwagin_tests::{hex_file, payload, third_party_vectors};
use hwagin_verifier::card::{Card, CardClaim, ClaimKind};
use hwagin_verifier::disclosure::Mask;
use hwagin_verifier::purpose::{HolderPolicy, Need, Purpose, Show, StatusPolicy, Unproven};
use hwagin_verifier::trust::{Anchors, Production};
use hwagin_verifier::{
    At, Cards, Reason, Replays, Session, Statuses, Trust, UnixTime, Verdict, World, verify,
};
use std::path::Path;

const MDL: &str = "org.iso.18013.5.1.mDL";
/// 2021-01-01T00:00:00Z
const WITHIN: i64 = 1_609_459_200;

fn claim(name: &str, kind: ClaimKind) -> CardClaim {
    let (name, namespace) = (name.to_owned(), "org.iso.18013.5.1".to_owned());
    CardClaim {
        element: name.clone(),
        name,
        namespace,
        kind,
        mask: Mask::All,
    }
}

fn cards() -> Cards {
    let claims = vec![
        claim("family_name", ClaimKind::Text),
        claim("document_number", ClaimKind::Text),
        claim("issue_date", ClaimKind::Date),
        claim("portrait", ClaimKind::Picture),
    ];
    Cards::new(vec![Card {
        id: "mdl".to_owned(),
        doc_type: MDL.to_owned(),
        claims,
    }])
}

fn purpose() -> Purpose {
    let show = |claim: &str| Show {
        claim: claim.to_owned(),
        masked: false,
        required: true,
    };
    Purpose {
        id: "annex-d".to_owned(),
        cards: vec!["mdl".to_owned()],
        holder: HolderPolicy {
            needs: Need::Bearer,
            freshness_seconds: 60,
            unproven: Unproven::Abstain,
        },
        status: StatusPolicy {
            required: false,
            max_age_seconds: None,
        },
        shows: ["family_name", "document_number", "issue_date", "portrait"]
            .map(show)
            .to_vec(),
        decisions: Vec::new(),
    }
}

struct Example {
    response: Vec<u8>,
    trust: Trust,
}

fn example(vectors: &Path, doc_type: &str) -> Example {
    let folder = vectors.join("mdoc/annex-d");
    let mut anchors = Anchors::<Production>::new();
    let root = std::fs::read(folder.join("iaca.der")).unwrap();
    anchors.add(&root, vec![doc_type.to_owned()]).unwrap();
    Example {
        response: hex_file(&folder.join("device-response.hex")),
        trust: Trust::production(anchors),
    }
}

impl Example {
    fn verdict(&self, purpose: &Purpose, at: i64) -> Verdict {
        let world = World {
            trust: &self.trust,
            statuses: &Statuses::new(),
            session: &Session::Optical,
            replays: &Replays::default(),
            cards: &cards(),
        };
        let payload = payload(&self.response, at, [7; 16]);
        verify(&payload, purpose, &world, At::utc(UnixTime(at)))
    }

    fn reason(&self, purpose: &Purpose, at: i64) -> Option<Reason> {
        self.verdict(purpose, at).reason()
    }

    /// The same response with the first occurrence of `from` overwritten.
    fn altered(mut self, from: &[u8], to: &[u8]) -> Self {
        let found = self
            .response
            .windows(from.len())
            .position(|window| window == from)
            .unwrap();
        self.response[found..found + to.len()].copy_from_slice(to);
        self
    }
}

#[test]
fn accepts_the_document_and_says_that_the_holder_is_not_proven() {
    let Some(vectors) = third_party_vectors() else {
        return;
    };
    let Verdict::Accept(accepted) = example(&vectors, MDL).verdict(&purpose(), WITHIN) else {
        panic!("not accepted")
    };
    let codes: Vec<_> = accepted
        .cautions()
        .iter()
        .map(|caution| caution.code())
        .collect();
    assert_eq!(codes, ["holder_not_proven", "no_status"]);
    let shown: Vec<_> = accepted
        .disclosure()
        .shown()
        .iter()
        .map(|s| (s.name(), s.text().expose()))
        .collect();
    assert_eq!(
        shown,
        [
            ("family_name", "Doe"),
            ("document_number", "123456789"),
            ("issue_date", "2019-10-20")
        ]
    );
    let portrait = hex_file(&vectors.join("mdoc/annex-d/portrait.hex"));
    assert_eq!(accepted.disclosure().portrait(), Some(portrait.as_slice()));
    // Six items came, four are shown: expiry_date and driving_privileges are left over.
    assert_eq!(accepted.disclosure().surplus(), 2);
}

#[test]
fn its_time_is_from_october_2020_to_the_end_of_its_signer() {
    let Some(vectors) = third_party_vectors() else {
        return;
    };
    let example = example(&vectors, MDL);
    // validFrom 2020-10-01T13:30:02Z; the signer is valid from midnight of that day.
    assert_eq!(
        example.reason(&purpose(), 1_601_559_001),
        Some(Reason::NotYet)
    );
    assert_eq!(example.reason(&purpose(), 1_601_559_002), None);
    // The signer's notAfter 2021-10-01T00:00:00Z is before validUntil.
    assert_eq!(example.reason(&purpose(), 1_633_046_400), None);
    assert_eq!(
        example.reason(&purpose(), 1_633_046_401),
        Some(Reason::ChainExpired)
    );
}

#[test]
fn abstains_where_a_purpose_asks_for_a_proof() {
    let Some(vectors) = third_party_vectors() else {
        return;
    };
    let mut purpose = purpose();
    purpose.holder.needs = Need::Fresh;
    let verdict = example(&vectors, MDL).verdict(&purpose, WITHIN);
    assert!(matches!(verdict, Verdict::Abstain(Reason::ProofMissing)));
    purpose.holder.unproven = Unproven::Refuse;
    let verdict = example(&vectors, MDL).verdict(&purpose, WITHIN);
    assert!(matches!(verdict, Verdict::Refuse(Reason::ProofMissing)));
}

#[test]
fn abstains_where_a_purpose_asks_for_a_status() {
    let Some(vectors) = third_party_vectors() else {
        return;
    };
    let mut purpose = purpose();
    purpose.status.required = true;
    assert_eq!(
        example(&vectors, MDL).reason(&purpose, WITHIN),
        Some(Reason::StatusMissing)
    );
}

#[test]
fn refuses_an_altered_family_name() {
    let Some(vectors) = third_party_vectors() else {
        return;
    };
    let altered = example(&vectors, MDL).altered(b"cDoe", b"cRoe");
    assert_eq!(
        altered.reason(&purpose(), WITHIN),
        Some(Reason::DigestMismatch)
    );
}

#[test]
fn refuses_an_altered_security_object() {
    let Some(vectors) = third_party_vectors() else {
        return;
    };
    let altered = example(&vectors, MDL).altered(b"2021-10-01T13:30:02Z", b"2031-10-01T13:30:02Z");
    assert_eq!(
        altered.reason(&purpose(), WITHIN),
        Some(Reason::SignatureInvalid)
    );
}

#[test]
fn refuses_a_root_that_is_not_for_this_document_type() {
    let Some(vectors) = third_party_vectors() else {
        return;
    };
    let example = example(&vectors, "org.iso.23220.photoid.1");
    assert_eq!(
        example.reason(&purpose(), WITHIN),
        Some(Reason::PurposeMismatch)
    );
}

#[test]
fn no_cut_and_no_changed_byte_makes_it_panic_or_be_accepted() {
    let Some(vectors) = third_party_vectors() else {
        return;
    };
    let genuine = example(&vectors, MDL);
    let whole = genuine.response.clone();
    for end in 0..whole.len() {
        let cut = Example {
            response: whole[..end].to_vec(),
            trust: example(&vectors, MDL).trust,
        };
        assert!(
            cut.reason(&purpose(), WITHIN).is_some(),
            "accepted when cut at {end}"
        );
    }
    // The device part (unproven here) and the response around the document carry no signature.
    let signed = whole
        .windows(12)
        .position(|window| window == b"deviceSigned")
        .unwrap();
    for at in (0..signed).step_by(7) {
        let mut response = whole.clone();
        response[at] ^= 0x41;
        let changed = Example {
            response,
            trust: example(&vectors, MDL).trust,
        };
        let verdict = changed.verdict(&purpose(), WITHIN);
        if let Verdict::Accept(_) = verdict {
            panic!("accepted with byte {at} changed");
        }
    }
}
