//! What the page may ask: each a line or two over the desk. None runs on the window's thread.

#![allow(clippy::needless_pass_by_value)] // Tauri hands arguments over by value

use crate::clipboard::Clipboard;
use crate::customer::{self, CustomerPage};
use crate::given;
use crate::page::Page;
use hwagin_desk::Desk;
use hwagin_desk::view::{
    AskedView, ChallengeView, CustomerEvent, OverviewView, ScanEvent, TrustView, Wiped,
};
use serde::Serialize;
use std::sync::Arc;
use tauri::ipc::{Channel, InvokeBody, InvokeResponseBody, Request};
use tauri::{AppHandle, State};

/// A wish that was not granted, as a code.
type Answer<T = ()> = Result<T, String>;

/// How long what was copied stays on the clipboard.
#[derive(Serialize)]
pub(crate) struct CopiedView {
    seconds: u64,
}

/// A value from behind its mask, and how long it may be shown.
#[derive(Serialize)]
pub(crate) struct RevealedView {
    text: Wiped,
    seconds: u64,
}

#[tauri::command(async)]
pub(crate) fn desk_overview(desk: State<'_, Desk>) -> OverviewView {
    desk.overview()
}

#[tauri::command(async)]
pub(crate) fn desk_trust(desk: State<'_, Desk>) -> TrustView {
    desk.trust()
}

#[tauri::command(async)]
pub(crate) fn import_bundle(app: AppHandle) {
    given::ask_for_a_folder(&app);
}

#[tauri::command(async)]
pub(crate) fn update_bundle(desk: State<'_, Desk>) {
    desk.update_bundle();
}

#[tauri::command(async)]
pub(crate) fn watch_desk(
    desk: State<'_, Desk>,
    page: State<'_, Arc<Page>>,
    events: Channel<InvokeResponseBody>,
) {
    page.watch(events);
    // What was asked before the page came up.
    let challenge = desk.challenge().map(Box::new);
    page.tell(ScanEvent::Challenge { challenge });
}

#[tauri::command(async)]
pub(crate) fn frame_drawn(page: State<'_, Arc<Page>>) {
    page.drawn();
}

#[tauri::command(async)]
pub(crate) fn choose_purpose(desk: State<'_, Desk>, id: &str, asked: AskedView) -> Answer {
    desk.choose_purpose(id, &asked)
        .map_err(|refused| refused.to_string())
}

#[tauri::command(async)]
pub(crate) fn choose_camera(desk: State<'_, Desk>, id: Option<&str>, nudged: bool) {
    desk.choose_camera(id, nudged);
}

#[tauri::command(async)]
pub(crate) fn choose_sample(desk: State<'_, Desk>, card: &str, case: &str) -> Answer {
    desk.choose_sample(card, case)
        .map_err(|refused| refused.to_string())
}

#[tauri::command(async)]
pub(crate) fn choose_exercise(desk: State<'_, Desk>, id: Option<&str>) -> Answer {
    desk.choose_exercise(id)
        .map_err(|refused| refused.to_string())
}

#[tauri::command(async)]
pub(crate) fn print_challenge(desk: State<'_, Desk>) -> Answer<ChallengeView> {
    desk.print_challenge()
        .map_err(|refused| refused.to_string())
}

#[tauri::command(async)]
pub(crate) fn open_customer_window(app: AppHandle, open: bool) {
    customer::show(&app, open);
}

#[tauri::command(async)]
pub(crate) fn watch_customer(
    desk: State<'_, Desk>,
    page: State<'_, Arc<CustomerPage>>,
    events: Channel<CustomerEvent>,
) {
    page.watch(events, desk.challenge());
}

#[tauri::command(async)]
pub(crate) fn copy_claim(
    desk: State<'_, Desk>,
    clipboard: State<'_, Arc<Clipboard>>,
    name: &str,
) -> Answer<CopiedView> {
    let text = desk.copy(name).map_err(|refused| refused.to_string())?;
    let seconds = clipboard.put(&text).ok_or("no_clipboard")?;
    Ok(CopiedView { seconds })
}

#[tauri::command(async)]
pub(crate) fn clear_verdict(desk: State<'_, Desk>) {
    desk.clear();
}

#[tauri::command(async)]
pub(crate) fn read_picture(desk: State<'_, Desk>, request: Request<'_>) {
    if let InvokeBody::Raw(bytes) = request.body() {
        desk.read_picture(bytes);
    }
}

#[tauri::command(async)]
pub(crate) fn read_text(desk: State<'_, Desk>, text: String) {
    desk.read_text(&text);
}

#[tauri::command(async)]
pub(crate) fn reveal_claim(desk: State<'_, Desk>, name: &str) -> Answer<RevealedView> {
    let revealed = desk.reveal(name).map_err(|refused| refused.to_string())?;
    Ok(RevealedView {
        text: revealed.text,
        seconds: revealed.seconds,
    })
}
