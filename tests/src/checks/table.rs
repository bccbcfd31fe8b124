//! The table itself.

use super::Cell::{self, CannotBe, Test, Vector};
use super::{Format, Row};
use hwagin_verifier::format::outline::FormatOutline;

const NO_DISCLOSURES: Cell = CannotBe("no disclosures: the signature covers every claim");
const NO_HOLDER: Cell = CannotBe("no key of a holder in it: whoever shows it is its bearer");
const NOT_IN_PARTS: Cell = CannotBe("not shown in parts: the signature covers every entry");
const NOT_SHOWN: Cell = CannotBe("nobody holds it: it is fetched and not shown");

/// In the order in which the cells of a row stand: signature, chain or key, digests, validity,
/// status, holder.
pub const ROWS: [Row; 8] = [
    Row {
        format: Format::Presented(FormatOutline::Mdoc),
        sound: Vector("accept/plain"),
        cells: [
            Vector("signature/one-bit-changed"),
            Vector("issuer/namesake-of-the-root"),
            Vector("digest/altered-family-name"),
            Vector("mso/expired"),
            Vector("status/revoked"),
            Vector("holder/another-phone"),
        ],
    },
    Row {
        format: Format::Presented(FormatOutline::SdCwt),
        sound: Vector("accept/sd-cwt-plain"),
        cells: [
            Vector("signature/sd-cwt-one-bit-changed"),
            Vector("issuer/sd-cwt-namesake-of-the-root"),
            Vector("digest/sd-cwt-family-name-altered"),
            Vector("sd-cwt/expired"),
            Vector("status/sd-cwt-revoked"),
            Vector("holder/sd-cwt-another-phone"),
        ],
    },
    Row {
        format: Format::Presented(FormatOutline::Hcert),
        sound: Vector("accept/hcert-vaccination"),
        cells: [
            Vector("hcert/signature-changed"),
            Vector("hcert/signer-unknown"),
            NO_DISCLOSURES,
            Vector("hcert/expired"),
            Vector("hcert/status-revoked"),
            NO_HOLDER,
        ],
    },
    Row {
        format: Format::Presented(FormatOutline::Nzcp),
        sound: Vector("accept/nzcp"),
        cells: [
            Vector("nzcp/signature-changed"),
            Vector("nzcp/key-of-another-issuer"),
            NO_DISCLOSURES,
            Vector("nzcp/expired"),
            // It cannot name a status, so a purpose that asks for one has to be told.
            Vector("nzcp/where-a-status-is-asked"),
            NO_HOLDER,
        ],
    },
    Row {
        format: Format::Presented(FormatOutline::Claim169),
        sound: Vector("accept/claim-169"),
        cells: [
            Vector("claim-169/signature-changed"),
            Vector("claim-169/key-of-another-issuer"),
            NO_DISCLOSURES,
            Vector("claim-169/expired"),
            Vector("key-list/revoked"),
            Vector("claim-169/where-a-holder-is-asked"),
        ],
    },
    Row {
        format: Format::StatusList,
        sound: Vector("accept/list-of-one-bit"),
        cells: [
            Vector("status/signature-changed"),
            Vector("status/under-an-unknown-root"),
            NOT_IN_PARTS,
            Vector("status/ended"),
            Vector("status/revoked-in-one-bit"),
            NOT_SHOWN,
        ],
    },
    Row {
        format: Format::IdentifierList,
        sound: Vector("accept/identifier-not-listed"),
        cells: [
            Vector("identifier-list/signature-changed"),
            Vector("identifier-list/under-an-unknown-root"),
            NOT_IN_PARTS,
            Vector("identifier-list/ended"),
            Vector("identifier-list/revoked"),
            NOT_SHOWN,
        ],
    },
    Row {
        format: Format::Vical,
        sound: Test("takes_a_sound_list"),
        cells: [
            Test("the_message_is_an_untagged_and_signed_one"),
            Test("issuer_list::signers::the_chain_leads_from_the_signer_to_what_the_desk_holds"),
            NOT_IN_PARTS,
            Test("the_members_are_those_of_annex_c"),
            Test("a_newer_list_takes_the_place_of_an_older_one_and_never_the_other_way_round"),
            NOT_SHOWN,
        ],
    },
];
