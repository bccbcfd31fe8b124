//! `revocation`: batches of revoked health certificates (EU DCC revocation).

use super::{Draft, accepts, refuses};
use crate::world::AT;
use hwagin_training::cose::Signature;
use hwagin_training::cwt::{Kid, KidHeader};
use hwagin_training::documents::RevocationBatch;
use hwagin_training::issuer::{HEALTH_ISSUER, health_signers};
use hwagin_training::{Authority, DAY, Document, Hcert, HcertKind};

/// The identifier of the certificates here.
const UVCI: &str = "URN:UVCI:01:ZZ:HWAGIN/BATCH0001";

pub(super) fn drafts() -> Vec<Draft> {
    [kinds(), scopes(), signatures(), others()]
        .into_iter()
        .flatten()
        .collect()
}

/// Minted of this kind with [`UVCI`], where there is a place for it.
fn minted(kind: HcertKind, change: impl FnOnce(&mut Hcert)) -> Document {
    let mut recipe = Hcert::new(kind, AT);
    if matches!(
        kind,
        HcertKind::Vaccination | HcertKind::Test | HcertKind::Recovery
    ) {
        recipe.identify(UVCI);
    }
    change(&mut recipe);
    Authority::built_in().mint_hcert(&recipe)
}

fn sound() -> Document {
    minted(HcertKind::Vaccination, |_| {})
}

fn rsa() -> Document {
    minted(HcertKind::Vaccination, |h| {
        let [_, _, _, rsa] = health_signers();
        h.sign_by(rsa);
    })
}

fn shown(draft: Draft, document: Document) -> Draft {
    draft.document(document.text, &["family_name", "given_name"])
}

fn revoked(name: &'static str, why: &'static str, document: Document) -> Draft {
    shown(refuses("status.revoked", name, why), document)
}

fn kept(name: &'static str, why: &'static str, document: Document) -> Draft {
    shown(accepts(name, why), document)
}

/// The signature at the end of a message.
fn signature(document: &Document, length: usize) -> Vec<u8> {
    document.message[document.message.len() - length..].to_vec()
}

/// In a batch of every signer, which ends tomorrow.
fn listed(draft: Draft, kind: &str, what: impl AsRef<[u8]>) -> Draft {
    draft.revoked(kind, None, &RevocationBatch::hash(what), AT + DAY)
}

fn country() -> String {
    format!("{HEALTH_ISSUER}{UVCI}")
}

fn kinds() -> Vec<Draft> {
    let by_id =
        |name, why, kind| listed(revoked(name, why, minted(kind, |_| {})), "identifier", UVCI);
    vec![
        by_id(
            "revocation/vaccination",
            "by its identifier",
            HcertKind::Vaccination,
        ),
        by_id("revocation/test", "by its identifier", HcertKind::Test),
        by_id(
            "revocation/recovery",
            "by its identifier",
            HcertKind::Recovery,
        ),
        listed(
            revoked(
                "revocation/by-country",
                "by country and identifier",
                sound(),
            ),
            "country_and_identifier",
            country(),
        ),
        listed(
            revoked(
                "revocation/by-signature",
                "by the first half of an ECDSA signature",
                sound(),
            ),
            "signature",
            &signature(&sound(), 64)[..32],
        ),
        listed(
            revoked(
                "revocation/by-rsa-signature",
                "by the whole of an RSA signature",
                rsa(),
            ),
            "signature",
            signature(&rsa(), 256),
        ),
        by_one_kind_only(),
        listed(
            kept(
                "accept/revocation-of-another-country",
                "the same identifier, elsewhere",
                sound(),
            ),
            "country_and_identifier",
            format!("ZY{UVCI}"),
        ),
        listed(
            kept(
                "accept/revocation-of-another",
                "one letter makes another certificate",
                sound(),
            ),
            "identifier",
            UVCI.replace("0001", "0002"),
        ),
        listed(
            kept(
                "accept/revocation-in-lower-case",
                "hashes are of the letters as they are",
                sound(),
            ),
            "identifier",
            UVCI.to_lowercase(),
        ),
        listed(
            kept(
                "accept/revocation-of-another-kind",
                "an identifier in a batch of signatures names nobody",
                sound(),
            ),
            "signature",
            UVCI,
        ),
    ]
}

/// Batches of three kinds, of which one names it.
fn by_one_kind_only() -> Draft {
    let draft = revoked("revocation/by-one-of-three", "one is enough", sound());
    let draft = listed(draft, "identifier", "URN:UVCI:01:ZZ:HWAGIN/OTHER");
    let draft = listed(draft, "signature", [0; 32]);
    listed(draft, "country_and_identifier", country())
}

fn scopes() -> Vec<Draft> {
    let hash = RevocationBatch::hash(UVCI);
    let of =
        |draft: Draft, signer: &[u8], ends| draft.revoked("identifier", Some(signer), &hash, ends);
    let own = sound().kid;
    let unprotected = |h: &mut Hcert| {
        h.cwt.kid = KidHeader {
            protected: None,
            unprotected: Some(Kid::OfKey),
        };
    };
    vec![
        of(
            revoked("revocation/of-its-signer", "a batch of one signer", sound()),
            &own,
            AT + DAY,
        ),
        of(
            revoked(
                "revocation/of-its-signer-unprotected",
                "its id stands outside what is signed, and found the key",
                minted(HcertKind::Vaccination, unprotected),
            ),
            &own,
            AT + DAY,
        ),
        of(
            kept(
                "accept/revocation-of-another-signer",
                "a batch of one signer revokes nobody else's",
                sound(),
            ),
            &rsa().kid,
            AT + DAY,
        ),
        of(
            kept(
                "accept/revocation-that-ended",
                "what has ended revokes nobody",
                sound(),
            ),
            &own,
            AT - 1,
        ),
        of(
            kept(
                "accept/revocation-that-ends-now",
                "its end does not belong to it",
                sound(),
            ),
            &own,
            AT,
        ),
        of(
            revoked("revocation/in-its-last-second", "not ended yet", sound()),
            &own,
            AT + 1,
        ),
        of(
            of(
                revoked(
                    "revocation/ended-and-another",
                    "one batch has ended, and one has not",
                    sound(),
                ),
                &own,
                AT - DAY,
            ),
            &own,
            AT + DAY,
        ),
    ]
}

fn signatures() -> Vec<Draft> {
    let whole = signature(&sound(), 64);
    let turned = minted(HcertKind::Vaccination, |h| {
        h.cwt.sign1.signature = Signature::Replaced(turned(&signature(&sound(), 64)));
    });
    vec![
        listed(
            revoked(
                "revocation/signature-turned",
                "n - s in place of s holds too, and anybody can write it: the first half is the same",
                turned.clone(),
            ),
            "signature",
            &whole[..32],
        ),
        kept(
            "accept/hcert-signature-turned",
            "n - s in place of s holds too",
            turned,
        ),
        listed(
            kept(
                "accept/revocation-of-a-whole-signature",
                "of an ECDSA signature the first half is hashed",
                sound(),
            ),
            "signature",
            &whole,
        ),
        listed(
            kept(
                "accept/revocation-of-half-an-rsa-signature",
                "of an RSA signature all of it is hashed",
                rsa(),
            ),
            "signature",
            &signature(&rsa(), 256)[..128],
        ),
    ]
}

/// The other ECDSA signature that anybody can make of one: n - s in place of s.
fn turned(signature: &[u8]) -> Vec<u8> {
    const ORDER: [u8; 32] = [
        0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc,
        0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
    ];
    let mut turned = signature.to_vec();
    let mut borrow = 0;
    for (digit, order) in turned[32..].iter_mut().zip(ORDER).rev() {
        let difference = i16::from(order) - i16::from(*digit) - borrow;
        borrow = i16::from(difference < 0);
        *digit = u8::try_from(difference.rem_euclid(256)).unwrap();
    }
    turned
}

fn others() -> Vec<Draft> {
    let light = || minted(HcertKind::Light, |_| {});
    let who = || minted(HcertKind::DdccVs, |_| {});
    let ended = minted(HcertKind::Vaccination, |h| {
        h.cwt.set(4, hwagin_training::cbor::int(AT - 1));
    });
    vec![
        listed(
            revoked("revocation/light", "it has no identifier", light()),
            "signature",
            &signature(&light(), 64)[..32],
        ),
        listed(
            revoked(
                "revocation/ddcc",
                "it has no identifier of that kind",
                who(),
            ),
            "signature",
            &signature(&who(), 64)[..32],
        ),
        listed(
            revoked(
                "revocation/second-entry",
                "any of its identifiers",
                two_entries(),
            ),
            "identifier",
            "URN:UVCI:01:ZZ:HWAGIN/SECOND",
        ),
        listed(
            shown(
                refuses(
                    "validity.expired",
                    "revocation/expired-too",
                    "the first flaw is the one that is said",
                ),
                ended,
            ),
            "identifier",
            UVCI,
        ),
        listed(
            revoked(
                "revocation/where-a-status-is-asked",
                "revoked comes before that it names no status",
                sound(),
            ),
            "identifier",
            UVCI,
        )
        .purpose("hospital-reception"),
    ]
}

/// A vaccination with a second entry, which has an identifier of its own.
fn two_entries() -> Document {
    minted(HcertKind::Vaccination, |h| {
        let certificate = h.certificate().unwrap();
        let entries = super::entry(certificate, "v").as_array_mut().unwrap();
        let mut second = entries[0].clone();
        *super::entry(&mut second, "ci") =
            hwagin_training::cbor::text("URN:UVCI:01:ZZ:HWAGIN/SECOND");
        entries.push(second);
    })
}
