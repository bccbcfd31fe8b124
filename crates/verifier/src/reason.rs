//! Why a desk does not accept: one table, one row a reason.
//!
//! A code is `stage.what` and stable for ever: rows are added, never renamed. Every reason has a
//! vector that produces it and a sentence in every language of the window; the build fails
//! otherwise.

/// What follows from a reason.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Outcome {
    /// Looked, and it is not good.
    Refuse,
    /// Could not be decided at this desk; there is a next step.
    Abstain,
    /// The purpose says which of the two (see [`crate::purpose::HolderPolicy::unproven`]).
    ByPurpose,
}

macro_rules! reasons {
    ($($(#[doc = $doc:literal])+ $variant:ident = $code:literal, $outcome:ident;)+) => {
        /// Why a desk does not accept a presentation.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
        pub enum Reason { $($(#[doc = $doc])+ $variant,)+ }

        impl Reason {
            /// Every reason, in walk order.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The stable code, `stage.what`.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// What follows from this reason.
            #[must_use]
            pub const fn outcome(self) -> Outcome {
                match self { $(Self::$variant => Outcome::$outcome,)+ }
            }
        }
    };
}

reasons! {
    /// Parts of two animated presentations take turns: two phones in view.
    PartMismatch = "transport.part_mismatch", Abstain;
    /// More text, or more inflated bytes, than [`crate::transport`] takes.
    TooLarge = "transport.too_large", Abstain;
    /// The text form is broken: letters, checksum, the leading byte, or zlib.
    Undecodable = "transport.undecodable", Abstain;

    /// A version or feature this desk does not read.
    Unsupported = "format.unsupported", Abstain;
    /// Not the structure that the format asks for.
    Malformed = "format.malformed", Abstain;
    /// A map key, header label or element occurs twice.
    DuplicateKey = "format.duplicate_key", Refuse;
    /// The signed document type is not the one the document claims.
    TypeMismatch = "format.type_mismatch", Refuse;
    /// The content is encrypted for somebody else.
    Encrypted = "format.encrypted", Abstain;
    /// More than one document in one presentation.
    SeveralDocuments = "format.several_documents", Abstain;

    /// The machine's clock is behind what this desk's bundle was issued at, or was set back.
    ClockBehind = "clock.behind", Abstain;
    /// This desk holds no issuers at all.
    BundleMissing = "desk.bundle_missing", Abstain;
    /// What this desk knows was signed for a time that is over.
    BundleExpired = "desk.bundle_expired", Abstain;

    /// No root this desk holds has issued the signer.
    IssuerUnknown = "issuer.unknown", Abstain;
    /// The signer's certificate does not lead to the root by the rules of ISO/IEC 18013-5.
    ChainInvalid = "issuer.chain_invalid", Refuse;
    /// A certificate of the path is outside its validity, now or when it signed.
    ChainExpired = "issuer.chain_expired", Refuse;
    /// The signer or its root may not sign this kind of document.
    PurposeMismatch = "issuer.purpose_mismatch", Refuse;
    /// The countries or states of root, signer and document differ.
    CountryMismatch = "issuer.country_mismatch", Refuse;
    /// The signer's key is not of the kind that the signature names.
    KeyMismatch = "issuer.key_mismatch", Refuse;
    /// The signer's certificate is on its root's revocation list.
    IssuerRevoked = "issuer.revoked", Refuse;
    /// The root's revocation list is older than it promises to be.
    CrlStale = "issuer.crl_stale", Abstain;
    /// Signed by the training authority, at a desk that is not in training.
    TrainingOnly = "issuer.training_only", Refuse;

    /// The issuer's signature is empty.
    SignatureMissing = "signature.missing", Refuse;
    /// The algorithm is absent, unprotected, or not one this profile allows.
    AlgorithmRefused = "signature.algorithm_refused", Refuse;
    /// The issuer's signature does not hold.
    SignatureInvalid = "signature.invalid", Refuse;

    /// A disclosed item has no digest in the signed object.
    DigestMissing = "digest.missing", Refuse;
    /// A disclosed item is not the one that was signed.
    DigestMismatch = "digest.mismatch", Refuse;

    /// A disclosure belongs to no place in the signed object, or was sent twice.
    DigestUnused = "digest.unused", Refuse;

    /// The credential does not say how long it is valid.
    WindowMissing = "validity.window_missing", Refuse;
    /// The credential is not valid yet.
    NotYet = "validity.not_yet", Refuse;
    /// The credential has expired.
    Expired = "validity.expired", Refuse;

    /// The purpose asks for a status and the credential names none.
    StatusMissing = "status.missing", Abstain;
    /// This desk does not hold the status list that the credential names.
    ListUnknown = "status.list_unknown", Abstain;
    /// The status list this desk holds could not be verified or read.
    ListInvalid = "status.list_invalid", Abstain;
    /// The credential's index lies outside the list, so nothing is said of it.
    IndexOutOfRange = "status.index_out_of_range", Refuse;
    /// The status list has ended, or is older than the purpose allows.
    StatusStale = "status.stale", Abstain;
    /// Suspended for now.
    Suspended = "status.suspended", Refuse;
    /// Revoked.
    Revoked = "status.revoked", Refuse;
    /// A status value whose meaning is not defined.
    StatusUnknownValue = "status.unknown_value", Abstain;

    /// No proof that the credential is held by whoever shows it.
    ProofMissing = "holder.proof_missing", ByPurpose;
    /// The holder's proof does not hold.
    ProofInvalid = "holder.proof_invalid", Refuse;
    /// Made for an answer to a challenge that this desk did not ask.
    ChallengeMismatch = "holder.challenge_mismatch", Refuse;
    /// Made for another purpose, or to be shown to another verifier.
    WrongPurpose = "holder.wrong_purpose", Refuse;
    /// Made longer ago than the purpose allows: a screenshot or a video, or a slow phone.
    TooOld = "holder.too_old", Refuse;
    /// Made in the future by this desk's clock.
    FromFuture = "holder.from_future", Abstain;
    /// Already shown at this desk.
    Replayed = "holder.replayed", Refuse;
    /// This purpose needs an answer to this desk's challenge, and there is none.
    ChallengeMissing = "holder.challenge_missing", Abstain;

    /// This purpose does not take this kind of document.
    TypeNotAccepted = "purpose.type_not_accepted", Refuse;
    /// Something this purpose needs was not shown.
    AttributeMissing = "purpose.attribute_missing", Abstain;
    /// Genuine, but what this purpose asks for does not hold.
    ConditionNotMet = "purpose.condition_not_met", Refuse;
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_unique_and_are_stage_dot_what() {
        let codes: BTreeSet<_> = Reason::ALL.iter().map(|r| r.code()).collect();
        assert_eq!(codes.len(), Reason::ALL.len());
        for code in codes {
            let (stage, what) = code.split_once('.').unwrap();
            let word =
                |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
            assert!(word(stage) && word(what), "{code}");
        }
    }
}
