//! How a session stands: what can be asked of it and changes nothing.

use std::time::Duration;

use super::{Phase, Session, VerdictTimes};
use crate::knowledge::Knowledge;
use crate::view::{KnowledgeView, PurposeView};

/// Without a frame for this long the camera is not giving any.
const IDLE_AFTER: Duration = Duration::from_secs(1);

impl Session {
    /// What the desk knows.
    #[must_use]
    pub fn knowledge(&self) -> &Knowledge {
        self.judge.knowledge()
    }

    /// What the desk knows, and how old that is.
    #[must_use]
    pub fn knowledge_view(&self) -> KnowledgeView {
        let times = self.judge.bundle_times();
        KnowledgeView::new(self.judge.knowledge(), times, (self.clock)().at)
    }

    /// The purposes to choose from.
    #[must_use]
    pub fn purposes(&self) -> Vec<PurposeView> {
        self.knowledge()
            .purposes()
            .iter()
            .map(PurposeView::from)
            .collect()
    }

    /// The chosen purpose's id.
    #[must_use]
    pub fn purpose(&self) -> Option<&str> {
        self.purpose
            .as_ref()
            .map(|chosen| chosen.purpose.id.as_str())
    }

    /// Where it stands now.
    #[must_use]
    pub fn phase(&self) -> Phase {
        let now = (self.clock)().since_start;
        let is_recent = |last: Duration| now.saturating_sub(last) < IDLE_AFTER;
        match (&self.showing, self.last_frame) {
            (Some(showing), _) => Phase::Showing(showing.until),
            (None, Some(last)) if is_recent(last) => Phase::Scanning,
            (None, _) => Phase::Idle,
        }
    }

    /// How long verdicts took, from the first frame that showed the symbol; `None` before the
    /// first.
    #[must_use]
    pub fn verdict_times(&self) -> Option<VerdictTimes> {
        self.times.summary()
    }
}
