//! What the desk says.

use crate::decision::Answer;
use crate::disclosure::Disclosure;
use crate::holder::{Binding, ProofId};
use crate::issuer::Issuer;
use crate::status::Finding;
use crate::{Outcome, Purpose, Reason, UnixTime};

/// One of three outcomes. On the last two no attribute of the credential exists any more.
pub enum Verdict {
    /// Genuine, current, and what the purpose asks for.
    Accept(Box<Accepted>),
    /// Looked, and it is not good.
    Refuse(Reason),
    /// Could not be decided at this desk.
    Abstain(Reason),
}

impl Verdict {
    pub(crate) fn failed(reason: Reason, purpose: &Purpose) -> Self {
        match purpose.outcome(reason) {
            Outcome::Refuse | Outcome::ByPurpose => Self::Refuse(reason),
            Outcome::Abstain => Self::Abstain(reason),
        }
    }

    /// The reason, where it was not accepted.
    pub const fn reason(&self) -> Option<Reason> {
        match self {
            Self::Accept(_) => None,
            Self::Refuse(reason) | Self::Abstain(reason) => Some(*reason),
        }
    }
}

impl From<(Reason, &Purpose)> for Verdict {
    /// The verdict on what could not even be read as a presentation.
    fn from((reason, purpose): (Reason, &Purpose)) -> Self {
        Self::failed(reason, purpose)
    }
}

/// Something to mind, though it was accepted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Caution {
    /// The document is genuine; that this is its holder only the portrait shows.
    HolderNotProven,
    /// It was made moments ago, but not as an answer to this desk's challenge.
    NotChallenged,
    /// The credential ends within 14 days.
    EndingSoon,
    /// The status list has passed its time to live.
    StatusRefreshDue,
    /// The credential names no status list, so a revocation cannot show.
    NoStatus,
    /// A newer bundle was due at this desk; this one has not ended.
    BundleDue,
}

impl Caution {
    /// Every caution.
    pub const ALL: &[Self] = &[
        Self::HolderNotProven,
        Self::NotChallenged,
        Self::EndingSoon,
        Self::StatusRefreshDue,
        Self::NoStatus,
        Self::BundleDue,
    ];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::HolderNotProven => "holder_not_proven",
            Self::NotChallenged => "not_challenged",
            Self::EndingSoon => "ending_soon",
            Self::StatusRefreshDue => "status_refresh_due",
            Self::NoStatus => "no_status",
            Self::BundleDue => "bundle_due",
        }
    }
}

/// Everything a desk gets to know of an accepted credential.
///
/// ```compile_fail
/// // Only `purpose::judge` accepts.
/// fn forge(genuine: hwagin_verifier::verdict::Accepted) -> hwagin_verifier::verdict::Accepted {
///     hwagin_verifier::verdict::Accepted { ..genuine }
/// }
/// ```
///
/// ```compile_fail
/// let build = hwagin_verifier::verdict::Accepted::new;
/// ```
pub struct Accepted {
    card: String,
    disclosure: Disclosure,
    answers: Vec<Answer>,
    issuer: Issuer,
    finding: Finding,
    binding: Binding,
    cautions: Vec<Caution>,
    once: Vec<(ProofId, UnixTime)>,
}

impl Accepted {
    #[allow(clippy::too_many_arguments)] // the one construction, in the one place that judges
    pub(crate) const fn new(
        card: String,
        disclosure: Disclosure,
        answers: Vec<Answer>,
        issuer: Issuer,
        finding: Finding,
        binding: Binding,
        cautions: Vec<Caution>,
        once: Vec<(ProofId, UnixTime)>,
    ) -> Self {
        Self {
            card,
            disclosure,
            answers,
            issuer,
            finding,
            binding,
            cautions,
            once,
        }
    }

    /// Name of the [`crate::Card`].
    pub fn card(&self) -> &str {
        &self.card
    }

    /// What the purpose gets to see.
    pub const fn disclosure(&self) -> &Disclosure {
        &self.disclosure
    }

    /// The answers to the purpose's questions, all of which hold where they have to.
    pub fn answers(&self) -> &[Answer] {
        &self.answers
    }

    /// Who issued it.
    pub const fn issuer(&self) -> &Issuer {
        &self.issuer
    }

    /// What is known of its status.
    pub const fn finding(&self) -> Finding {
        self.finding
    }

    /// How firmly it is tied to whoever shows it.
    pub const fn binding(&self) -> Binding {
        self.binding
    }

    /// What to mind.
    pub fn cautions(&self) -> &[Caution] {
        &self.cautions
    }

    /// What to remember, so that it counts once, and until when.
    pub fn once(&self) -> &[(ProofId, UnixTime)] {
        &self.once
    }
}
