//! `holder`: answers to a desk's challenge (docs/optical-presentation.md, section 3b).

use super::{Draft, abstains, accepts, hex, refuses};
use crate::world::AT;
use hwagin_training::cbor::{int, text};
use hwagin_training::sd_cwt::audience;
use hwagin_training::{Authority, Card, Recipe, SdCwt};

const MISMATCH: &str = "holder.challenge_mismatch";
const MISSING: &str = "holder.challenge_missing";

/// The hash of the challenge that the desks here have asked.
const ASKED: [u8; 32] = [0x5a; 32];

/// The purpose that it was asked for, which takes nothing but an answer.
const BANK: &str = "bank-teller";
/// A purpose that asks a challenge and takes a presentation without an answer, too.
const CONTRACT: &str = "employer-contract";

pub(super) fn drafts() -> Vec<Draft> {
    [answered(), not_answered(), refused(), used()]
        .into_iter()
        .flatten()
        .collect()
}

fn answer(r: &mut Recipe) {
    r.envelope.challenge_hash = Some(ASKED.to_vec());
    r.envelope.purpose = Some(BANK.to_owned());
}

fn answer_token(r: &mut SdCwt) {
    r.binding.cnonce = Some(ASKED.to_vec());
    r.binding.aud = Some(text(&audience(BANK)));
}

impl Draft {
    /// A challenge that the desk has asked: its hash, for what, until when, and whether on a screen.
    fn challenge(mut self, hash: &[u8; 32], purpose: &str, ends: i64, displayed: bool) -> Self {
        let hash = hex(hash);
        self.challenge = Some(format!(
            "{{ hash = \"{hash}\", purpose = \"{purpose}\", ends = {ends}, displayed = {displayed} }}"
        ));
        self
    }

    /// The desk has accepted an answer to it already.
    fn answered_before(mut self) -> Self {
        self.answered = true;
        self
    }

    /// At the desk that asked the challenge for this purpose, in force for a minute more.
    fn asked(self, purpose: &'static str) -> Self {
        self.purpose(purpose)
            .challenge(&ASKED, purpose, AT + 60, true)
    }
}

fn answered() -> Vec<Draft> {
    let names = ["family_name", "given_name"];
    vec![
        accepts("accept/challenge-answered", "what this purpose needs")
            .asked(BANK)
            .licence(answer)
            .showing(&names),
        accepts("accept/sd-cwt-challenge-answered", "the same of a token")
            .asked(BANK)
            .sd_cwt(Card::Mdl, answer_token)
            .showing(&names),
        accepts(
            "accept/challenge-answered-without-purpose",
            "the challenge names the purpose",
        )
        .asked(BANK)
        .licence(|r| r.envelope.challenge_hash = Some(ASKED.to_vec()))
        .showing(&names),
        accepts(
            "accept/challenge-offered-and-not-answered",
            "this purpose takes what is fresh, and says so",
        )
        .asked(CONTRACT)
        .cautions(&["not_challenged"])
        .licence(|_| ())
        .showing(&names),
        accepts(
            "accept/challenge-printed",
            "without a nonce it says what for, and no more",
        )
        .purpose(CONTRACT)
        .challenge(&ASKED, CONTRACT, AT + 86_400, false)
        .cautions(&["not_challenged"])
        .licence(|r| r.envelope.challenge_hash = Some(ASKED.to_vec()))
        .showing(&names),
    ]
}

fn not_answered() -> Vec<Draft> {
    vec![
        abstains(
            MISSING,
            "holder/challenge-not-answered",
            "fresh, where the purpose needs an answer",
        )
        .asked(BANK)
        .licence(|_| ()),
        abstains(
            MISSING,
            "holder/sd-cwt-challenge-not-answered",
            "the same of a token",
        )
        .asked(BANK)
        .sd_cwt(Card::Mdl, |_| ()),
        abstains(
            MISSING,
            "holder/challenge-printed-where-displayed",
            "paper can be copied: an answer to it is no more than fresh",
        )
        .purpose(BANK)
        .challenge(&ASKED, BANK, AT + 86_400, false)
        .licence(answer),
    ]
}

fn refused() -> Vec<Draft> {
    vec![
        refuses(
            MISMATCH,
            "holder/challenge-of-another-desk-while-asked",
            "this desk asked, and not this",
        )
        .asked(BANK)
        .licence(|r| r.envelope.challenge_hash = Some(vec![0xa5; 32])),
        refuses(
            MISMATCH,
            "holder/sd-cwt-challenge-of-another-desk-while-asked",
            "the same of a token",
        )
        .asked(BANK)
        .sd_cwt(Card::Mdl, |r| r.binding.cnonce = Some(vec![0xa5; 32])),
        refuses(
            "holder.wrong_purpose",
            "holder/challenge-for-another-purpose",
            "asked before the clerk chose another",
        )
        .purpose("hospital-reception")
        .challenge(&ASKED, BANK, AT + 60, true)
        .licence(|r| r.envelope.challenge_hash = Some(ASKED.to_vec())),
        refuses(
            "holder.too_old",
            "holder/challenge-ended",
            "the phone was busy for too long",
        )
        .purpose(BANK)
        .challenge(&ASKED, BANK, AT, true)
        .licence(answer),
        refuses(
            "holder.too_old",
            "holder/sd-cwt-challenge-ended",
            "the same of a token",
        )
        .purpose(BANK)
        .challenge(&ASKED, BANK, AT, true)
        .sd_cwt(Card::Mdl, answer_token),
        refuses(
            "holder.too_old",
            "holder/challenge-answered-long-ago",
            "in force still, and the answer is as old as a screenshot",
        )
        .asked(BANK)
        .licence(|r| {
            answer(r);
            r.envelope.issued = int(AT - 600);
        }),
        refuses(
            "purpose.type_not_accepted",
            "purpose/challenge-answered-by-another-card",
            "a card that the challenge does not name",
        )
        .asked(BANK)
        .doc_types(&["hwagin.provisional.kr.mrc.1"])
        .minted(Card::Mrc, answer),
    ]
}

fn used() -> Vec<Draft> {
    let shown = Authority::built_in().mint(&{
        let mut recipe = Recipe::new(Card::Mdl, AT);
        answer(&mut recipe);
        recipe
    });
    vec![
        refuses(
            "holder.replayed",
            "holder/challenge-answered-twice",
            "another phone was quicker",
        )
        .asked(BANK)
        .answered_before()
        .licence(|r| {
            answer(r);
            r.envelope.cti = vec![9; 16];
        }),
        refuses(
            "holder.replayed",
            "holder/challenge-answer-shown-twice",
            "the same answer again",
        )
        .asked(BANK)
        .seen(shown.device_key, shown.cti)
        .licence(answer),
    ]
}
