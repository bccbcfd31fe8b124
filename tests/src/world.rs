//! What the desk of the tests knows and wants: its clock, cards, purposes, roots and lists.

mod keys;
mod purposes;

pub use keys::{key, key_files, key_use};
pub use purposes::{purpose, purposes};

use hwagin_verifier::card::{Card, CardClaim, ClaimKind};
use hwagin_verifier::disclosure::Mask;
use hwagin_verifier::purpose::Purpose;
use hwagin_verifier::transport::{Assembler, Taken};
use hwagin_verifier::trust::{Anchors, Production, Training};
use hwagin_verifier::{
    At, BundleTimes, Cards, Hint, Payload, Reason, Replays, Session, Statuses, Trust, UnixTime,
    Verdict, World, transport, verify,
};
use std::time::Duration;

/// The clock of every vector that names no other: 2027-01-15T08:00:00Z.
pub const AT: i64 = 1_800_000_000;

/// Document type of the foreigner registration card.
pub const MFC: &str = "hwagin.provisional.kr.mfc.1";
/// Document type of the driving licence.
pub const MDL: &str = "org.iso.18013.5.1.mDL";

/// Document types of the health certificates that the tests know.
pub const HEALTH: [&str; 7] = [
    "hcert.dcc.vaccination",
    "hcert.dcc.test",
    "hcert.dcc.recovery",
    "hcert.light",
    "hcert.ddcc.vs",
    "hcert.ddcc.tr",
    "hcert.dvc",
];
/// Document type of the New Zealand pass.
pub const NZCP: &str = "nzcp.public-covid-pass";
/// Document type of claim 169.
pub const CLAIM_169: &str = "mosip.claim-169";

/// The document types that a root of the tests is good for.
pub fn doc_types() -> Vec<String> {
    [MFC, MDL].map(str::to_owned).to_vec()
}

/// One claim: its canonical name, its element, what it is, and how it is masked.
type Row = (&'static str, &'static str, ClaimKind, Mask);

fn card(id: &str, doc_type: &str, namespaces: &[(&str, &[Row])]) -> Card {
    let mut claims = Vec::new();
    for (namespace, rows) in namespaces {
        claims.extend(rows.iter().map(|(name, element, kind, mask)| CardClaim {
            name: (*name).to_owned(),
            namespace: (*namespace).to_owned(),
            element: (*element).to_owned(),
            kind: *kind,
            mask: *mask,
        }));
    }
    Card {
        id: id.to_owned(),
        doc_type: doc_type.to_owned(),
        claims,
    }
}

/// The two cards that sample holders carry, and the documents without a holder.
pub fn cards() -> Cards {
    use ClaimKind::{Date, Flag, Picture, Text};
    let photo_id: &[Row] = &[
        ("family_name", "family_name_latin1", Text, Mask::All),
        ("given_name", "given_name_latin1", Text, Mask::All),
        ("portrait", "portrait", Picture, Mask::All),
        ("birth_date", "birth_date", Date, Mask::All),
        ("age_over_19", "age_over_19", Flag, Mask::All),
        ("nationality", "nationality", Text, Mask::All),
    ];
    let provisional: &[Row] = &[
        (
            "registration_number",
            "registration_number",
            Text,
            Mask::Last(7),
        ),
        ("stay_until", "stay_until", Date, Mask::All),
        ("status_of_stay", "status_of_stay", Text, Mask::All),
    ];
    let licence: &[Row] = &[
        ("family_name", "family_name", Text, Mask::All),
        ("given_name", "given_name", Text, Mask::All),
        ("portrait", "portrait", Picture, Mask::All),
        ("birth_date", "birth_date", Date, Mask::All),
        ("document_number", "document_number", Text, Mask::Last(4)),
        ("expiry_date", "expiry_date", Date, Mask::All),
        ("issuing_country", "issuing_country", Text, Mask::All),
        ("age_over_19", "age_over_19", Flag, Mask::All),
        ("age_over_21", "age_over_21", Flag, Mask::All),
    ];
    Cards::new(
        [
            card(
                "mfc",
                MFC,
                &[
                    ("org.iso.23220.1", photo_id),
                    ("hwagin.provisional.kr.1", provisional),
                ],
            ),
            card("mdl", MDL, &[("org.iso.18013.5.1", licence)]),
        ]
        .into_iter()
        .chain(documents())
        .collect(),
    )
}

fn documents() -> impl Iterator<Item = Card> {
    use ClaimKind::{Date, Picture, Text};
    let names = |family, given| {
        [
            ("family_name", family, Text, Mask::All),
            ("given_name", given, Text, Mask::All),
        ]
    };
    let health = HEALTH.map(|kind| {
        let id = kind.rsplit('.').next().unwrap();
        let claims = match id {
            "vs" | "tr" => vec![("full_name", "name", Text, Mask::All)],
            "dvc" => vec![("full_name", "n", Text, Mask::All)],
            _ => names("nam/fn", "nam/gn").to_vec(),
        };
        card(id, kind, &[("hcert", &claims)])
    });
    let pass = names("familyName", "givenName");
    let identity: &[Row] = &[
        ("full_name", "4", Text, Mask::All),
        ("birth_date", "8", Date, Mask::All),
        ("portrait", "16", Picture, Mask::All),
    ];
    let others = [
        card("nzcp", NZCP, &[("nzcp", &pass)]),
        card("claim-169", CLAIM_169, &[("169", identity)]),
    ];
    health.into_iter().chain(others)
}

/// A desk, with all that it knows.
pub struct Desk {
    /// Its roots.
    pub trust: Trust,
    /// What its bundle says of itself.
    pub bundle: BundleTimes,
    /// Its status lists.
    pub statuses: Statuses,
    /// What a holder's proof has to be bound to.
    pub session: Session,
    /// The proofs it has seen.
    pub replays: Replays,
    /// Its purpose.
    pub purpose: Purpose,
    /// Its clock.
    pub at: At,
    /// The credential types it knows.
    pub cards: Cards,
}

/// What a desk makes of a symbol.
pub enum Said {
    /// A verdict on a presentation.
    Verdict(Verdict),
    /// Not a presentation.
    Hint(Hint),
}

impl Said {
    /// The reason, where there is a verdict that does not accept.
    pub fn reason(&self) -> Option<Reason> {
        match self {
            Self::Verdict(verdict) => verdict.reason(),
            Self::Hint(_) => None,
        }
    }

    /// Whether it was accepted.
    pub fn is_accepted(&self) -> bool {
        matches!(self, Self::Verdict(Verdict::Accept(_)))
    }
}

impl Desk {
    /// A desk in training at `at` that trusts `roots` for every card and holds `list`.
    ///
    /// # Panics
    /// Where a root or the list is not taken.
    pub fn training(roots: &[Vec<u8>], list: Option<&[u8]>, purpose: Purpose, at: i64) -> Self {
        let mut anchors = Anchors::<Training>::new();
        for root in roots {
            anchors.add(root, doc_types()).unwrap();
        }
        let (trust, at) = (Trust::training(anchors), At::utc(UnixTime(at)));
        let mut statuses = Statuses::new();
        if let Some(list) = list {
            statuses.add(list, None, &trust, at).unwrap();
        }
        Self {
            trust,
            bundle: BundleTimes::default(),
            statuses,
            session: Session::default(),
            replays: Replays::default(),
            purpose,
            at,
            cards: cards(),
        }
    }

    /// A desk outside training at `at` that trusts `root` for every card and holds no list.
    ///
    /// # Panics
    /// Where the root is not taken.
    pub fn production(root: &[u8], purpose: Purpose, at: i64) -> Self {
        let mut anchors = Anchors::<Production>::new();
        anchors.add(root, doc_types()).unwrap();
        Self {
            trust: Trust::production(anchors),
            bundle: BundleTimes::default(),
            statuses: Statuses::new(),
            session: Session::default(),
            replays: Replays::default(),
            purpose,
            at: At::utc(UnixTime(at)),
            cards: cards(),
        }
    }

    /// The same desk with the keys of the training authority's issuers beside its roots.
    ///
    /// # Panics
    /// Where one is not taken.
    #[must_use]
    pub fn with_keys(self, roots: &[Vec<u8>]) -> Self {
        let mut anchors = Anchors::<Training>::new();
        for root in roots {
            anchors.add(root, doc_types()).unwrap();
        }
        for (file, bytes) in key_files() {
            anchors.add_key(key(file, &bytes), key_use(file)).unwrap();
        }
        let trust = Trust::training(anchors);
        Self { trust, ..self }
    }

    /// What it makes of the content of a QR code.
    pub fn read(&self, symbol: &[u8]) -> Said {
        match transport::read(symbol) {
            Ok(transport::Scanned::Presentation(payload)) => self.verdict(Ok(&payload)),
            Ok(transport::Scanned::Foreign(hint)) => Said::Hint(hint),
            Err(reason) => self.verdict(Err(reason)),
        }
    }

    /// What it makes of a presentation that another program captured.
    ///
    /// # Panics
    /// Where it is none.
    pub fn read_captured(&self, bytes: &[u8]) -> Said {
        let payload = Payload::captured(bytes);
        self.verdict(Ok(&payload.expect("a presentation")))
    }

    /// What it makes of the contents of QR codes, shown a tenth of a second after each other; where
    /// one is empty, a second passes.
    pub fn read_parts<'a>(&self, symbols: impl Iterator<Item = &'a [u8]>) -> Said {
        let (mut assembler, mut now) = (Assembler::new(), Duration::ZERO);
        for symbol in symbols {
            if symbol.is_empty() {
                now += Duration::from_secs(1);
                continue;
            }
            now += Duration::from_millis(100);
            match assembler.take(symbol, now) {
                Ok(Taken::Part) => {}
                Ok(Taken::Presentation(payload)) => return self.verdict(Ok(&payload)),
                Ok(Taken::Foreign(hint)) => return Said::Hint(hint),
                Err(reason) => return self.verdict(Err(reason)),
            }
        }
        Said::Hint(Hint::Part)
    }

    /// What it says of a presentation, or of what could not be read as one.
    pub fn verdict(&self, payload: Result<&Payload, Reason>) -> Said {
        let world = World {
            trust: &self.trust,
            bundle: &self.bundle,
            statuses: &self.statuses,
            session: &self.session,
            replays: &self.replays,
            cards: &self.cards,
        };
        Said::Verdict(match payload {
            Ok(payload) => verify(payload, &self.purpose, &world, self.at),
            Err(reason) => Verdict::from((reason, &self.purpose)),
        })
    }
}
