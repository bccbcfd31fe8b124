//! The one-slot queue between a source of frames and the session.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::Frame;

/// Holds the newest frame and no other: a frame that nobody took in time is dropped when the next
/// one comes, so the scanner never works on the past. Clones share the slot.
#[derive(Clone, Default)]
pub struct LatestFrame {
    slot: Arc<(Mutex<Option<Frame>>, Condvar)>,
}

impl LatestFrame {
    /// An empty slot.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The slot holds `frame`; what it held is gone.
    pub fn put(&self, frame: Frame) {
        let old = self.lock().replace(frame);
        self.slot.1.notify_one();
        drop(old);
    }

    /// The frame in the slot, taken out; waits up to `wait` for one to come.
    #[must_use]
    pub fn take(&self, wait: Duration) -> Option<Frame> {
        let waited = self
            .slot
            .1
            .wait_timeout_while(self.lock(), wait, |frame| frame.is_none());
        waited.unwrap_or_else(PoisonError::into_inner).0.take()
    }

    /// The slot is empty.
    pub fn clear(&self) {
        let old = self.lock().take();
        drop(old);
    }

    fn lock(&self) -> MutexGuard<'_, Option<Frame>> {
        // A frame is whole or absent: a panic elsewhere cannot have left it half written.
        self.slot.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    fn frame(width: u32) -> Frame {
        Frame::from_rgb(width, 1, &vec![0; width as usize * 3]).unwrap()
    }

    #[test]
    fn only_the_newest_frame_is_kept() {
        let latest = LatestFrame::new();
        latest.put(frame(1));
        latest.put(frame(2));
        assert_eq!(
            latest.take(Duration::ZERO).map(|frame| frame.width()),
            Some(2)
        );
        assert!(latest.take(Duration::ZERO).is_none());
    }

    #[test]
    fn a_waiting_session_is_woken_by_a_frame() {
        let latest = LatestFrame::new();
        let source = latest.clone();
        let pushing = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(30));
            source.put(frame(3));
        });
        assert!(latest.take(Duration::from_secs(30)).is_some());
        pushing.join().unwrap();
    }

    #[test]
    fn a_cleared_slot_gives_nothing() {
        let latest = LatestFrame::new();
        latest.put(frame(1));
        latest.clear();
        let started = Instant::now();
        assert!(latest.take(Duration::from_millis(20)).is_none());
        assert!(started.elapsed() >= Duration::from_millis(20));
    }
}
