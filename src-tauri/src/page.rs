//! The page, as far as events go to it.

use hwagin_desk::view::ScanEvent;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use tauri::ipc::{Channel, InvokeResponseBody};

/// A preview that was not drawn within this time was lost, say with a page that was loaded anew.
const LOST_AFTER: Duration = Duration::from_secs(1);

/// Who watches the desk. Before the page has asked, and after it is gone, nobody.
#[derive(Default)]
pub(crate) struct Page(Mutex<Option<Watching>>);

struct Watching {
    events: Channel<InvokeResponseBody>,
    /// A preview on its way. The next one waits for it, so that a slow page never piles them up.
    drawing: Option<Instant>,
}

impl Page {
    /// Events go here from now on.
    pub(crate) fn watch(&self, events: Channel<InvokeResponseBody>) {
        *self.lock() = Some(Watching {
            events,
            drawing: None,
        });
    }

    /// The preview on its way was drawn.
    pub(crate) fn drawn(&self) {
        if let Some(watching) = self.lock().as_mut() {
            watching.drawing = None;
        }
    }

    /// The page was told: previews as bytes while it keeps up, everything else as JSON.
    pub(crate) fn tell(&self, event: ScanEvent) {
        let mut guard = self.lock();
        let Some(watching) = guard.as_mut() else {
            return;
        };
        let body = match event {
            ScanEvent::Preview(bytes) => {
                if watching
                    .drawing
                    .is_some_and(|since| since.elapsed() < LOST_AFTER)
                {
                    return;
                }
                watching.drawing = Some(Instant::now());
                InvokeResponseBody::Raw(bytes)
            }
            event => match serde_json::to_string(&event) {
                Ok(json) => InvokeResponseBody::Json(json),
                Err(_) => return,
            },
        };
        // A page that is gone hears nothing more.
        if watching.events.send(body).is_err() {
            *guard = None;
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Watching>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
