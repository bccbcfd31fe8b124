//! Documents that name a status, and health certificates among them.

use super::super::{Draft, abstains, accepts, refuses};
use super::{INVALID, REVOKED, at_entry, identity, list, sign_by};
use crate::world::AT;
use hwagin_training::cbor::{bytes, int, map, text};
use hwagin_training::issuer::{ID_KID, health_signers, id_key, kid_of};
use hwagin_training::{
    Authority, Card, GOOD_DOCUMENT, Hcert, HcertKind, ID_STATUS_URI, IDENTIFIERS_URI,
    IdentifierClaim, IdentifierList, Recipe, Status, StatusClaim, Value,
};

const MALFORMED: &str = "format.malformed";

pub(super) fn drafts() -> Vec<Draft> {
    [references(), certificates(), purposes()]
        .into_iter()
        .flatten()
        .collect()
}

fn references() -> Vec<Draft> {
    let claim = |name, why, status: Value| {
        identity(abstains(MALFORMED, name, why), |c| {
            c.cwt.set(65_535, status)
        })
    };
    let by_identifier = |draft, id: &[u8]| {
        let mut list = IdentifierList::new(Recipe::new(Card::Mdl, AT).root, &[b"revoked"], AT);
        list.sign_by(id_key(), ID_KID.as_bytes());
        let status = Status {
            identifier: Some(IdentifierClaim::of(id)),
            ..Status::default()
        };
        identity(draft, |c| c.cwt.status(&status)).tokens(vec![(
            "own.cwt",
            Authority::built_in().identifier_token(&list),
        )])
    };
    let entry = |index: Value| {
        map([(
            "status_list",
            map([("idx", index), ("uri", text(ID_STATUS_URI))]),
        )])
    };
    vec![
        claim("key-list/status-as-text", "a map", text("valid")),
        claim("key-list/index-as-text", "a number", entry(text("169"))),
        claim(
            "key-list/index-negative",
            "entries count from 0",
            entry(int(-1)),
        ),
        claim(
            "key-list/without-address",
            "which list?",
            map([("status_list", map([("idx", int(169))]))]),
        ),
        claim(
            "key-list/identifier-without-address",
            "which list?",
            map([(
                "identifier_list",
                map([("id", bytes(b"good")), ("url", text(IDENTIFIERS_URI))]),
            )]),
        ),
        by_identifier(accepts("accept/claim-169-identifier", "not named"), b"good"),
        by_identifier(
            refuses(REVOKED, "key-list/identifier-revoked", "it is named"),
            b"revoked",
        ),
        identity(
            accepts(
                "accept/claim-169-status-of-another-mechanism",
                "nothing is known of it, and the purpose does not ask",
            ),
            |c| c.cwt.set(65_535, map([("other", map([]))])),
        )
        .cautions(&["holder_not_proven", "no_status"]),
    ]
}

/// Health certificates that name a status, which their specification does not forbid.
fn certificates() -> Vec<Draft> {
    const URI: &str = "https://training.hwagin.invalid/status/health";
    let status = |index| Status {
        list: Some(StatusClaim {
            uri: URI.to_owned(),
            ..StatusClaim::at(index)
        }),
        ..Status::default()
    };
    let minted = |draft: Draft, index, signer: usize| {
        let mut recipe = Hcert::new(HcertKind::Vaccination, AT);
        recipe.cwt.status(&status(index));
        let text = Authority::built_in().mint_hcert(&recipe).text;
        let der = &Authority::built_in().health_signers_der()[signer];
        let signed = list(|list| {
            list.subject = URI.to_owned();
            list.values = vec![(7, 1)];
            sign_by(list, health_signers()[signer].key.clone(), &kid_of(der));
        });
        draft
            .document(text, &["family_name", "given_name"])
            .cautions(&["holder_not_proven"])
            .tokens(vec![("own.cwt", signed)])
    };
    vec![
        minted(
            accepts("accept/hcert-status", "good by its signer's list"),
            6,
            0,
        ),
        minted(refuses(REVOKED, "hcert/status-revoked", "value 1"), 7, 0),
        minted(
            abstains(
                INVALID,
                "hcert/status-by-another-signer",
                "who signs tests has no say in this one",
            ),
            6,
            1,
        ),
    ]
}

fn purposes() -> Vec<Draft> {
    vec![
        at_entry(
            abstains(
                "holder.proof_missing",
                "claim-169/where-a-holder-is-asked",
                "in good standing, and nobody proves to hold it",
            ),
            GOOD_DOCUMENT,
        )
        .purpose("hospital-reception"),
        at_entry(
            refuses(
                "holder.proof_missing",
                "claim-169/where-a-holder-is-demanded",
                "this purpose refuses without a proof",
            ),
            GOOD_DOCUMENT,
        )
        .purpose("landlord"),
    ]
}
