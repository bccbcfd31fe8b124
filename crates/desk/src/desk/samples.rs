//! Who comes to a desk in training.

use hwagin_training::Exercise;

use super::{Desk, Source, lock};
use crate::clock::days_after;
use crate::sample::{SAMPLE_CAMERA, Sample};
use crate::session::Refused;
use crate::view::AskedView;

/// How long the lease of an exercise runs.
const LEASE_DAYS: u16 = 730;

impl Desk {
    /// The sample holder shows this from now on; what stood is gone.
    ///
    /// # Errors
    /// [`Refused::UnknownSample`].
    pub fn choose_sample(&self, card: &str, case: &str) -> Result<(), Refused> {
        if !self.shared.is_training() {
            return Err(Refused::UnknownSample);
        }
        let sample = Sample::from_ids(card, case).ok_or(Refused::UnknownSample)?;
        let is_running = {
            let mut feed = lock(&self.shared.feed);
            feed.sample = sample;
            matches!(feed.source, Some(Source::Sample(_)))
        };
        lock(&self.shared.session).clear();
        if is_running {
            self.shared.start(Some(SAMPLE_CAMERA));
        }
        self.shared.tell_overview();
        Ok(())
    }

    /// This person of the exercises comes to the desk, for the purpose of the exercise; without an id
    /// the sample holder is as it was at first. What stood is gone.
    ///
    /// # Errors
    /// [`Refused::UnknownSample`], [`Refused::UnknownPurpose`].
    pub fn choose_exercise(&self, id: Option<&str>) -> Result<(), Refused> {
        if !self.shared.is_training() {
            return Err(Refused::UnknownSample);
        }
        let sample = match id {
            Some(id) => {
                let exercise = Exercise::from_id(id).ok_or(Refused::UnknownSample)?;
                let lease_ends = days_after((self.shared.clock)().at.today, LEASE_DAYS);
                let asked =
                    lease_ends.map_or_else(AskedView::default, |day| AskedView::on(&day.to_iso()));
                self.choose_purpose(exercise.purpose, &asked)?;
                Sample::of_exercise(exercise)
            }
            None => Sample::default(),
        };
        lock(&self.shared.feed).sample = sample;
        lock(&self.shared.session).clear();
        if id.is_some() {
            self.shared.start(Some(SAMPLE_CAMERA));
        }
        self.shared.tell_overview();
        Ok(())
    }
}
