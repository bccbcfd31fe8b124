//! What `/dev` lists: our cameras while they are plugged in, and no others.

use std::ffi::{CStr, c_char};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::real;
use crate::scene;

/// Listings of `/dev` under way, by address, which is a multiple of sixteen; the lowest bits count
/// our entries that were given. No lock, as folders are read everywhere.
static LISTINGS: [AtomicUsize; 16] = [const { AtomicUsize::new(0) }; 16];

const GIVEN: usize = 15;

fn place(folder: *mut libc::DIR) -> Option<&'static AtomicUsize> {
    LISTINGS
        .iter()
        .find(|known| known.load(Ordering::Acquire) & !GIVEN == folder as usize)
}

/// From here on, the entries of this folder are ours to choose.
pub(crate) fn begin(folder: *mut libc::DIR) {
    let free = |known: &&AtomicUsize| {
        let address = folder as usize;
        known
            .compare_exchange(0, address, Ordering::AcqRel, Ordering::Relaxed)
            .is_ok()
    };
    // With all places taken, the machine's own list is shown.
    let _ = LISTINGS.iter().find(free);
}

/// The folder is an ordinary one again, if it was ours.
pub(crate) fn end(folder: *mut libc::DIR) {
    if let Some(known) = place(folder).filter(|_| !folder.is_null()) {
        known.store(0, Ordering::Release);
    }
}

/// The next entry.
///
/// # Safety
/// As `readdir64`.
pub(crate) unsafe fn next(folder: *mut libc::DIR) -> *mut libc::dirent64 {
    let ours = place(folder).filter(|_| !folder.is_null());
    loop {
        // SAFETY: the caller's own argument.
        let entry = unsafe { real::readdir64(folder) };
        let Some(known) = ours else { return entry };
        if entry.is_null() {
            let given = known.load(Ordering::Acquire) & GIVEN;
            let next = scene::now().and_then(|scene| scene.nodes().nth(given));
            let Some(ours) = next.and_then(camera) else {
                return entry;
            };
            known.fetch_add(1, Ordering::AcqRel);
            return ours;
        }
        // SAFETY: an entry of `readdir64` holds a name that ends in NUL.
        let name = unsafe { CStr::from_ptr((*entry).d_name.as_ptr()) };
        if !name.to_bytes().starts_with(b"video") {
            return entry;
        }
    }
}

/// The entry of one of our cameras. It is made once and never changes, so any number of readers
/// may hold it.
fn camera(node: usize) -> Option<*mut libc::dirent64> {
    struct Entry(*mut libc::dirent64);
    // SAFETY: what it points at is never written again.
    unsafe impl Send for Entry {}
    // SAFETY: as above.
    unsafe impl Sync for Entry {}
    static ENTRIES: [OnceLock<Entry>; 4] = [const { OnceLock::new() }; 4];
    let made = ENTRIES.get(node)?.get_or_init(|| {
        // SAFETY: numbers and characters of zero are a valid entry.
        let mut entry: Box<libc::dirent64> = Box::new(unsafe { std::mem::zeroed() });
        entry.d_ino = 1;
        entry.d_reclen = u16::try_from(size_of::<libc::dirent64>()).unwrap_or(0);
        entry.d_type = libc::DT_CHR;
        let name = format!("video{node}");
        for (place, character) in entry.d_name.iter_mut().zip(name.bytes()) {
            *place = character as c_char;
        }
        Entry(Box::into_raw(entry))
    });
    Some(made.0)
}
