//! Who comes to a desk in training.

use hwagin_training::Exercise;

use super::{Desk, Source, lock};
use crate::clock::days_after;
use crate::sample::{SAMPLE_CAMERA, Sample};
use crate::session::Refused;
use crate::view::{AskedView, RunningExerciseView};

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
        self.show_sample(sample);
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
        let Some(id) = id else {
            self.show_sample(Sample::default());
            return Ok(());
        };
        let exercise = Exercise::from_id(id).ok_or(Refused::UnknownSample)?;
        let lease_ends = days_after((self.shared.clock)().at.today, LEASE_DAYS);
        let asked = lease_ends.map_or_else(AskedView::default, |day| AskedView::on(&day.to_iso()));
        self.choose_purpose(exercise.purpose, &asked)?;
        self.show_sample(Sample::of_exercise(exercise));
        Ok(())
    }

    /// The sample holder is this one. A person of the exercises comes whatever the camera was; another
    /// sample is seen where the sample holder is.
    fn show_sample(&self, sample: Sample) {
        let person = sample.exercise.map(RunningExerciseView::from);
        let is_seen = {
            let mut feed = lock(&self.shared.feed);
            let is_seen = person.is_some() || matches!(feed.source, Some(Source::Sample(_)));
            (feed.sample, feed.person) = (sample, person);
            is_seen
        };
        lock(&self.shared.session).clear();
        if is_seen {
            self.shared.start(Some(SAMPLE_CAMERA));
        }
        self.shared.tell_overview();
    }
}
