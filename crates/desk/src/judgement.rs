//! One symbol to one verdict, the same way for the window and for the command line.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use hwagin_verifier::holder::{Binding, Challenge};
use hwagin_verifier::transport::{self, Scanned};
use hwagin_verifier::verdict::Accepted;
use hwagin_verifier::{
    At, BundleTimes, Payload, Purpose, Reason, Replays, Session, Verdict, World,
};

use crate::knowledge::{Asked, Knowledge, KnownPurpose};
use crate::picture::{self, RgbaPicture};
use crate::replays::ReplayFile;
use crate::view::{HintCode, ReasonCode, VerdictView};

/// Judges presentations by what a desk knows, and remembers whose proof was accepted.
pub struct Judge {
    knowledge: Knowledge,
    session: Session,
    replays: Replays,
    kept: Option<ReplayFile>,
    clock_was_set_back: bool,
}

/// What became of a symbol.
pub enum Read {
    /// It is no presentation.
    Hint(HintCode),
    /// It is one, and this is the verdict.
    Judged(Judged),
}

/// A verdict, and the portrait ready for the screen.
pub struct Judged {
    verdict: Result<Verdict, ReasonCode>,
    portrait: Option<RgbaPicture>,
}

/// A verdict, taken apart.
pub(crate) enum Judgement<'a> {
    Accept(&'a Accepted),
    Refuse(ReasonCode),
    Abstain(ReasonCode),
}

impl Judge {
    /// A judge that has seen nothing but what `knowledge` says was seen before.
    #[must_use]
    pub fn new(knowledge: Knowledge, at: At) -> Self {
        let mut replays = Replays::default();
        knowledge.add_seen_before(&mut replays, at);
        Self {
            knowledge,
            session: Session::default(),
            replays,
            kept: None,
            clock_was_set_back: false,
        }
    }

    /// The same judge, for proofs that are bound to this session.
    #[must_use]
    pub fn in_session(self, session: Session) -> Self {
        Self { session, ..self }
    }

    /// What is accepted is remembered in this folder too, under this key, and what was accepted before
    /// and is kept there counts.
    pub fn remember_in(&mut self, folder: &Path, key: [u8; 32], at: At) {
        let file = ReplayFile::new(folder);
        self.replays = file.read(key, at);
        self.knowledge.add_seen_before(&mut self.replays, at);
        self.kept = Some(file);
    }

    /// Proofs may answer these challenges from now on.
    pub fn ask(&mut self, challenges: Vec<Challenge>) {
        self.session = Session::Optical(challenges);
    }

    /// What it knows.
    #[must_use]
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// The same judge with other knowledge: proofs that were seen stay seen.
    pub fn learn(&mut self, knowledge: Knowledge) {
        self.knowledge = knowledge;
    }

    /// Whether the machine's clock was set back: until it is right, nothing is accepted.
    pub fn clock_was_set_back(&mut self, set_back: bool) {
        self.clock_was_set_back = set_back;
    }

    /// What the bundle says of itself, and the clock with it.
    #[must_use]
    pub fn bundle_times(&self) -> BundleTimes {
        BundleTimes {
            clock_was_set_back: self.clock_was_set_back,
            ..self.knowledge.bundle_times()
        }
    }

    /// In training, knowledge no older than an hour.
    pub fn renew(&mut self, at: At) {
        self.knowledge.renew(at);
    }

    /// Remembers no proof but those that count as seen before anybody came.
    pub fn forget(&mut self, at: At) {
        self.replays = Replays::default();
        self.knowledge.add_seen_before(&mut self.replays, at);
    }

    /// What this symbol is, without a verdict: nothing where it is, or says it is, a presentation.
    #[must_use]
    pub fn hint(symbol: &[u8]) -> Option<HintCode> {
        match transport::read(symbol) {
            Ok(Scanned::Foreign(hint)) => Some(hint.into()),
            Ok(Scanned::Presentation(_)) | Err(_) => None,
        }
    }

    /// The verdict on this symbol for this purpose, or what it is instead; see
    /// [`Self::judge_payload`]. One that comes in parts is for an assembler first.
    pub fn judge(&mut self, symbol: &[u8], purpose: &KnownPurpose, asked: &Asked, at: At) -> Read {
        // Unwind safe: nothing is changed.
        let payload = match catch_unwind(|| transport::read(symbol)) {
            Ok(Ok(Scanned::Foreign(hint))) => return Read::Hint(hint.into()),
            Ok(Ok(Scanned::Presentation(payload))) => Ok(payload),
            Ok(Err(reason)) => Err(reason),
            Err(_) => return Read::Judged(Judged::broken()),
        };
        let payload = payload.as_ref().map_err(|reason| *reason);
        self.judge_payload(payload, purpose, asked, at)
    }

    /// The verdict for this purpose on a presentation, or on what says that it is one and is not.
    /// The proof of what was accepted is remembered, so that it counts once.
    ///
    /// A purpose that needs a portrait gets one that can be drawn, or no acceptance: without it the
    /// clerk has no face to compare. A panic below becomes `desk.internal`.
    pub fn judge_payload(
        &mut self,
        payload: Result<&Payload, Reason>,
        purpose: &KnownPurpose,
        asked: &Asked,
        at: At,
    ) -> Read {
        let Some(rules) = purpose.rules(asked, at.today) else {
            return Read::Hint(HintCode::NoPurpose);
        };
        let needs_portrait = purpose.needs_portrait();
        // Unwind safe: nothing is changed before the walk and the decoding are through.
        let walked = catch_unwind(AssertUnwindSafe(|| {
            self.walk(payload, &rules, needs_portrait, at)
        }));
        let judged = walked.unwrap_or_else(|_| Judged::broken());
        if let Ok(Verdict::Accept(accepted)) = &judged.verdict {
            for (proof, until) in accepted.once() {
                self.replays.remember(*proof, *until, at);
            }
            if let Some(file) = &self.kept {
                file.write(&self.replays, at);
            }
        }
        Read::Judged(judged)
    }

    fn walk(
        &self,
        payload: Result<&Payload, Reason>,
        rules: &Purpose,
        needs_portrait: bool,
        at: At,
    ) -> Judged {
        let verdict = match payload {
            Ok(payload) => {
                let world = World {
                    trust: self.knowledge.trust(),
                    bundle: &self.bundle_times(),
                    statuses: self.knowledge.statuses(),
                    session: &self.session,
                    replays: &self.replays,
                    cards: self.knowledge.types(),
                };
                hwagin_verifier::verify(payload, rules, &world, at)
            }
            Err(reason) => Verdict::from((reason, rules)),
        };
        let signed = match &verdict {
            Verdict::Accept(accepted) => accepted.disclosure().portrait(),
            Verdict::Refuse(_) | Verdict::Abstain(_) => None,
        };
        let portrait = signed.and_then(|bytes| picture::portrait(bytes).ok());
        let faceless = needs_portrait && signed.is_some() && portrait.is_none();
        let verdict = if faceless {
            Verdict::from((Reason::AttributeMissing, rules))
        } else {
            verdict
        };
        Judged {
            verdict: Ok(verdict),
            portrait,
        }
    }
}

impl Judged {
    /// A part of the desk broke.
    fn broken() -> Self {
        Self {
            verdict: Err(ReasonCode::Internal),
            portrait: None,
        }
    }

    /// The verdict as it goes to the window.
    #[must_use]
    pub fn view(
        &self,
        purpose: &KnownPurpose,
        asked: &Asked,
        knowledge: &Knowledge,
        at: At,
    ) -> VerdictView {
        VerdictView::new(self, purpose, asked, knowledge, at)
    }

    /// The value of this claim that the purpose shows, masked or not.
    pub(crate) fn value(&self, claim: &str) -> Option<&str> {
        let Judgement::Accept(accepted) = self.judgement() else {
            return None;
        };
        let mut shown = accepted.disclosure().shown().iter();
        let claim = shown.find(|shown| shown.name() == claim)?;
        Some(claim.hidden().unwrap_or(claim.text()).expose())
    }

    /// The value behind the mask of this claim.
    pub(crate) fn hidden(&self, claim: &str) -> Option<&str> {
        let Judgement::Accept(accepted) = self.judgement() else {
            return None;
        };
        let shown = accepted.disclosure().shown();
        let claim = shown.iter().find(|shown| shown.name() == claim)?;
        Some(claim.hidden()?.expose())
    }

    pub(crate) fn judgement(&self) -> Judgement<'_> {
        match &self.verdict {
            Ok(Verdict::Accept(accepted)) => Judgement::Accept(accepted),
            Ok(Verdict::Refuse(reason)) => Judgement::Refuse(ReasonCode::Verifier(*reason)),
            Ok(Verdict::Abstain(reason)) => Judgement::Abstain(ReasonCode::Verifier(*reason)),
            Err(reason) => Judgement::Abstain(*reason),
        }
    }

    /// Whether it was accepted as an answer to what this desk asked.
    pub(crate) fn is_challenged(&self) -> bool {
        let Judgement::Accept(accepted) = self.judgement() else {
            return false;
        };
        matches!(accepted.binding(), Binding::Challenged { .. })
    }

    pub(crate) fn portrait(&self) -> Option<&RgbaPicture> {
        self.portrait.as_ref()
    }
}
