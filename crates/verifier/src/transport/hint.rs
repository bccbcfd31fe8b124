//! What a symbol is when it is no presentation: one table, one row a hint.
//!
//! A code is stable for ever: rows are added, never renamed. Every hint has a vector that gives it
//! and a title and a next step in every language of the window; the build fails otherwise.

macro_rules! hints {
    ($($(#[doc = $doc:literal])+ $variant:ident = $code:literal;)+) => {
        /// What a symbol is, when it is not a presentation. Named, never followed, never shown.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
        pub enum Hint { $($(#[doc = $doc])+ $variant,)+ }

        impl Hint {
            /// Every hint.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The stable code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }
        }
    };
}

hints! {
    /// Something else, or something that cannot be told with certainty.
    Unrecognised = "unrecognised";
    /// A later version of the text form.
    NewerVersion = "newer_version";
    /// A part of a presentation, without the others.
    Part = "part";

    /// What a desk asks, for a holder's phone to read (docs/optical-presentation.md, 3b).
    DeskChallenge = "desk_challenge";

    /// Korea's online mobile ID as its holder shows it (M120): a pointer to a relay that has to be
    /// asked over the network. Also any other message of that family.
    KoreanMobileId = "korean_mobile_id";
    /// Korea's mobile ID over Bluetooth (M150).
    KoreanMobileIdNearby = "korean_mobile_id_nearby";
    /// Korea's mobile ID, shown by whoever wants to see one (M200): a request, not an ID.
    KoreanMobileIdVerifier = "korean_mobile_id_verifier";

    /// An ISO/IEC 18013-5 device engagement: the data travels by radio.
    MdocEngagement = "mdoc_engagement";
    /// A request of some website or desk to a wallet (`OpenID4VP`, ISO/IEC 18013-7).
    WalletRequest = "wallet_request";
    /// An offer to put a credential into a wallet (`OpenID4VCI`). Whoever scans it may get it.
    WalletOffer = "wallet_offer";
    /// A credential or message as wallets send it online (JWT, SD-JWT).
    WebToken = "web_token";

    /// A health certificate in a form that is not read here.
    HealthCertificate = "health_certificate";
    /// A link to health records (SMART Health Link, VHL).
    HealthLink = "health_link";
    /// A digital seal of a visa or travel paper (ICAO VDS, VDS-NC).
    IcaoSeal = "icao_seal";
    /// India's Aadhaar: the secure code of a card, or a request of its offline verification.
    Aadhaar = "aadhaar";
    /// The code on another country's identity card.
    NationalCard = "national_card";
    /// A credential in another format.
    OtherCredential = "other_credential";

    /// A secret: it signs somebody in, or sets up an account or a telephone line.
    AccountKey = "account_key";
    /// A part of an animated code that is not ours.
    OtherParts = "other_parts";
    /// A code to pay or to be paid with.
    Payment = "payment";
    /// A boarding pass.
    BoardingPass = "boarding_pass";
    /// The key to a wireless network.
    Wifi = "wifi";
    /// A business card.
    ContactCard = "contact_card";
    /// Something for a phone to do: call, write, show a place, note a date.
    PhoneAction = "phone_action";
    /// A web link.
    WebLink = "web_link";
    /// A link that opens an app.
    AppLink = "app_link";
    /// A short number and nothing else.
    PlainNumber = "plain_number";
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_unique_and_plain() {
        let codes: BTreeSet<_> = Hint::ALL.iter().map(|hint| hint.code()).collect();
        assert_eq!(codes.len(), Hint::ALL.len());
        for code in codes {
            let plain = |b: u8| b.is_ascii_lowercase() || b == b'_';
            assert!(!code.is_empty() && code.bytes().all(plain), "{code}");
        }
    }
}
