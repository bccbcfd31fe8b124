//! The desk in a window.
//!
//! Everything happens in `hwagin-desk`; here its events are forwarded to the page and the page's
//! few commands are passed on.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod arguments;
mod clipboard;
mod commands;
mod customer;
mod given;
mod page;

use clipboard::Clipboard;
use customer::CustomerPage;
use hwagin_desk::{Desk, DeskConfig};
use page::Page;
use std::process::ExitCode;
use std::sync::Arc;
use tauri::{DragDropEvent, Manager, RunEvent, WindowEvent};

fn main() -> ExitCode {
    let sources = match arguments::read() {
        Ok(Some(sources)) => sources,
        Ok(None) => return ExitCode::SUCCESS,
        Err(()) => return ExitCode::from(3),
    };
    hwagin_desk::silence_panics();
    let (page, customer) = (Arc::new(Page::default()), Arc::new(CustomerPage::default()));
    let (told, asked) = (Arc::clone(&page), Arc::clone(&customer));
    let config = DeskConfig {
        sources,
        // The page remembers which camera it was.
        waits: true,
        ..DeskConfig::default()
    };
    let Ok(desk) = Desk::open(
        config,
        Arc::new(move |event| {
            asked.tell(&event);
            told.tell(event);
        }),
    ) else {
        return ExitCode::FAILURE;
    };
    let built = tauri::Builder::default()
        .manage(desk)
        .manage(page)
        .manage(customer)
        .manage(Arc::new(Clipboard::default()))
        .invoke_handler(tauri::generate_handler![
            commands::desk_overview,
            commands::desk_trust,
            commands::import_bundle,
            commands::update_bundle,
            commands::watch_desk,
            commands::frame_drawn,
            commands::choose_purpose,
            commands::choose_camera,
            commands::choose_sample,
            commands::choose_exercise,
            commands::print_challenge,
            commands::open_customer_window,
            commands::watch_customer,
            commands::copy_claim,
            commands::clear_verdict,
            commands::read_picture,
            commands::read_text,
            commands::reveal_claim,
        ])
        .build(tauri::generate_context!());
    let Ok(window) = built else {
        return ExitCode::FAILURE;
    };
    // This never returns, so nothing is dropped: the camera is put back as it was by hand.
    window.run(|window, event| match event {
        RunEvent::Exit => {
            window.state::<Desk>().close();
            window.state::<Arc<Clipboard>>().close();
        }
        RunEvent::WindowEvent {
            event: WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }),
            ..
        } => given::dropped(window, &paths),
        _ => {}
    });
    ExitCode::SUCCESS
}
