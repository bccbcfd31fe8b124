//! The window that faces the customer: what is asked, and nothing of what was answered.

use hwagin_desk::Desk;
use hwagin_desk::view::{ChallengeView, CustomerEvent, ScanEvent};
use std::sync::{Mutex, PoisonError};
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindowBuilder, WindowEvent};

/// The window's name, by which its page may call what it may.
const LABEL: &str = "customer";

/// What it is called: the product's name, which needs no language.
const TITLE: &str = "Hwagin";

/// The page in the window, as far as events go to it.
#[derive(Default)]
pub(crate) struct CustomerPage(Mutex<Option<Channel<CustomerEvent>>>);

impl CustomerPage {
    /// Challenges go here from now on, this one first.
    pub(crate) fn watch(&self, events: Channel<CustomerEvent>, now: Option<ChallengeView>) {
        // A page that is gone hears nothing.
        let challenge = now.map(Box::new);
        let _ = events.send(CustomerEvent::Challenge { challenge });
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(events);
    }

    /// Of what the desk says, the window hears what is meant for the customer.
    pub(crate) fn tell(&self, event: &ScanEvent) {
        let Some(event) = CustomerEvent::of(event) else {
            return;
        };
        let guard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(events) = guard.as_ref() {
            let _ = events.send(event);
        }
    }
}

/// The window is open, on the second screen if there is one, or it is closed.
pub(crate) fn show(app: &AppHandle, open: bool) {
    match (app.get_webview_window(LABEL), open) {
        (Some(window), false) => {
            let _ = window.close();
        }
        (Some(window), true) => {
            let _ = window.set_focus();
        }
        (None, true) => {
            let handle = app.clone();
            // Toolkits make windows on their own thread.
            let _ = app.run_on_main_thread(move || build(&handle));
        }
        (None, false) => {}
    }
}

fn build(app: &AppHandle) {
    let page = WebviewUrl::App("customer.html".into());
    let mut builder = WebviewWindowBuilder::new(app, LABEL, page)
        .title(TITLE)
        .inner_size(1_080.0, 760.0)
        .min_inner_size(480.0, 600.0);
    let second = second_screen(app);
    if let Some((x, y)) = second {
        builder = builder.position(x, y).fullscreen(true);
    }
    let Ok(window) = builder.build() else { return };
    app.state::<Desk>().customer_screen(true);
    let handle = app.clone();
    window.on_window_event(move |event| {
        if matches!(event, WindowEvent::Destroyed) {
            handle.state::<Desk>().customer_screen(false);
        }
    });
}

/// Where a screen begins on which the clerk's window is not.
fn second_screen(app: &AppHandle) -> Option<(f64, f64)> {
    let desk = app.get_webview_window("desk")?;
    let own = desk.current_monitor().ok()??;
    let screens = desk.available_monitors().ok()?;
    let other = screens
        .into_iter()
        .find(|screen| screen.position() != own.position())?;
    let place = other.position().to_logical::<f64>(other.scale_factor());
    Some((place.x, place.y))
}
