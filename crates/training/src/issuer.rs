//! The issuers whose keys a desk holds as keys: a health authority and an identity authority.

use crate::key::{Key, KeyKind, sha256};
use crate::x509::{Certificate, Content, Extension, IACA_FROM, IACA_UNTIL, Name, oid, serial};

/// The `iss` of an NZCP of the training health authority.
pub const NZCP_ISSUER: &str = "did:web:training.hwagin.invalid";
/// The `kid` of its key.
pub const NZCP_KID: &str = "key-1";
/// The `iss` of Claim 169 of the training identity authority.
pub const ID_ISSUER: &str = "https://training.hwagin.invalid";
/// The `kid` of its key, which only its status list names.
pub const ID_KID: &str = "id-1";
/// The `iss` of a health certificate: a country that nobody has.
pub const HEALTH_ISSUER: &str = "ZZ";

/// What a health certificate may be signed for (`hcert_spec`, extended key usage).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HealthUse {
    /// Tests.
    Test,
    /// Vaccinations.
    Vaccination,
    /// Recoveries.
    Recovery,
}

impl HealthUse {
    /// The object identifier that a signer's certificate names it by.
    #[must_use]
    pub fn oid(self) -> &'static str {
        match self {
            Self::Test => "1.3.6.1.4.1.1847.2021.1.1",
            Self::Vaccination => "1.3.6.1.4.1.1847.2021.1.2",
            Self::Recovery => "1.3.6.1.4.1.1847.2021.1.3",
        }
    }
}

/// The authority over the signers of health certificates, as described. A desk doesn't need it: it
/// holds the signers themselves.
#[must_use]
pub fn health_root() -> Certificate {
    Certificate::iaca("health root", "Hwagin Training CSCA – not a real authority")
}

/// A signer of health certificates for these uses: the same bytes at any time. `None` leaves the
/// extension out, which allows all; an empty list leaves it empty, which allows all, too.
#[must_use]
pub fn health_signer(key: Key, uses: Option<&[HealthUse]>) -> Certificate {
    let mut extensions = vec![
        Extension::key_id(oid::AUTHORITY_KEY_ID, Content::IssuerKeyId),
        Extension::key_id(oid::SUBJECT_KEY_ID, Content::OwnKeyId),
        Extension::key_usage(&[0]),
    ];
    extensions.extend(uses.map(|uses| {
        let purposes: Vec<&str> = uses.iter().map(|purpose| purpose.oid()).collect();
        Extension {
            critical: false,
            ..Extension::extended_key_usage(&purposes)
        }
    }));
    Certificate {
        subject: Name {
            organisation: Some("Hwagin Training".to_owned()),
            ..Name::new("Hwagin Training DSC")
        },
        serial: serial(&key.label),
        not_before: IACA_FROM,
        not_after: IACA_UNTIL,
        extensions,
        key,
    }
}

/// The signers that a desk in training holds: one for everything, one for tests and one for
/// vaccinations alone, and one with an RSA key, for everything.
#[must_use]
pub fn health_signers() -> [Certificate; 4] {
    [
        general_signer(),
        health_signer(Key::p256("health signer test"), Some(&[HealthUse::Test])),
        health_signer(
            Key::p256("health signer vaccination"),
            Some(&[HealthUse::Vaccination]),
        ),
        health_signer(Key::new(KeyKind::Rsa, "health signer rsa"), None),
    ]
}

/// The signer for everything.
pub(crate) fn general_signer() -> Certificate {
    health_signer(Key::p256("health signer"), None)
}

/// A signer that no desk holds.
pub(crate) fn foreign_health_signer() -> Certificate {
    health_signer(Key::p256("foreign health signer"), None)
}

/// The `kid` of a signer: the first eight bytes of the SHA-256 of its certificate.
#[must_use]
pub fn kid_of(certificate: &[u8]) -> Vec<u8> {
    sha256(&[certificate]).into_iter().take(8).collect()
}

/// The key of an NZCP.
#[must_use]
pub fn nzcp_key() -> Key {
    Key::p256("nzcp key-1")
}

/// The key of Claim 169.
#[must_use]
pub fn id_key() -> Key {
    Key::new(KeyKind::Ed25519, "id authority")
}
