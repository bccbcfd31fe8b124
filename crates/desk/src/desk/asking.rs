//! What a desk asks of whoever comes next, and in whose name.

use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::{Desk, lock};
use crate::bundle::DeskSettings;
use crate::challenge::{Challenger, DeskKey, KeyFlaw, KeyPlace};
use crate::clock::Clock;
use crate::journal::{Journal, JournalFlaw};
use crate::knowledge::{Problem, Sources};
use crate::session::{Refused, Session};
use crate::view::ChallengeView;

/// How long the window waits for the key store. One that is open answers at once; for one that asks to
/// be unlocked the desk is started again.
const PATIENCE: Duration = Duration::from_secs(5);

/// The session asks and journals, as far as the desk's folder lets it; what keeps it from either is
/// among the problems with the desk's files.
pub(super) fn equip(session: &mut Session, sources: &Sources, clock: &Clock) -> Vec<Problem> {
    let folder = sources.data.as_deref().filter(|folder| folder.is_dir());
    let asks = ask(session, folder, clock).map_err(KeyFlaw::problem);
    let journals = folder.map_or(Ok(()), |folder| keep_journal(session, folder, clock));
    let journals = journals.map_err(JournalFlaw::problem);
    [asks, journals]
        .into_iter()
        .filter_map(Result::err)
        .collect()
}

/// The session asks with the desk's key, and remembers by it. A desk without a folder makes a key for
/// this once. One whose key cannot be read asks nothing: it does not make another behind the back of
/// whoever certified the one it had.
fn ask(session: &mut Session, folder: Option<&Path>, clock: &Clock) -> Result<(), KeyFlaw> {
    let settings = folder.map(DeskSettings::read).unwrap_or_default();
    let (desk, organisation) = settings.names();
    let key = match folder {
        Some(folder) => KeyPlace::of_desk(folder, PATIENCE).read_or_make(&desk, &organisation)?,
        None => DeskKey::generate(&desk, &organisation)?,
    };
    if let Some(folder) = folder {
        session.remember_in(folder, key.derive(b"accepted"));
    }
    let at = clock().at;
    session.ask_with(Challenger::new(key, folder, at));
    Ok(())
}

/// What the session lets go of is journalled; where it cannot be, the session lets go of nothing.
fn keep_journal(session: &mut Session, folder: &Path, clock: &Clock) -> Result<(), JournalFlaw> {
    let journal = Journal::new(folder);
    let usable = journal.tidy(clock().at.time);
    session.journal_in(journal);
    usable
}

impl Desk {
    /// The challenge that stands.
    #[must_use]
    pub fn challenge(&self) -> Option<ChallengeView> {
        lock(&self.shared.session).challenge()
    }

    /// A challenge of the chosen purpose, for paper.
    ///
    /// # Errors
    /// [`Refused::NoChallenge`].
    pub fn print_challenge(&self) -> Result<ChallengeView, Refused> {
        lock(&self.shared.session).print_challenge()
    }

    /// Whether a screen faces the customer, for whoever asks how the desk stands.
    pub fn customer_screen(&self, is_open: bool) {
        self.shared.customer.store(is_open, Ordering::Relaxed);
        self.shared.tell_overview();
    }
}
