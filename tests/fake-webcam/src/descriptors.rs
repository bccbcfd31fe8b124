//! Which descriptors of this process are ours.

use std::ffi::c_int;
use std::sync::atomic::{AtomicI32, Ordering};

use crate::ioctl;

/// More than a desk ever opens at a time. No lock: `syscall` asks on every call, and locks make
/// system calls.
static CAMERAS: [AtomicI32; 16] = [const { AtomicI32::new(-1) }; 16];

pub(crate) fn is_camera(descriptor: c_int) -> bool {
    descriptor >= 0
        && CAMERAS
            .iter()
            .any(|known| known.load(Ordering::Acquire) == descriptor)
}

/// A descriptor that answers as the camera of this node, or -1.
pub(crate) fn camera(node: usize) -> c_int {
    let descriptor = memory(&[]);
    if descriptor < 0 {
        return descriptor;
    }
    ioctl::begin(descriptor, node);
    let free = CAMERAS.iter().find(|known| {
        known
            .compare_exchange(-1, descriptor, Ordering::AcqRel, Ordering::Relaxed)
            .is_ok()
    });
    if free.is_none() {
        ioctl::end(descriptor);
        // SAFETY: the descriptor was made above and nobody else knows it.
        unsafe { crate::real::close(descriptor) };
        return crate::real::refuse(libc::EMFILE);
    }
    descriptor
}

/// A descriptor from which the text is read, or -1.
pub(crate) fn text(text: &[u8]) -> c_int {
    memory(text)
}

/// The descriptor is no longer ours, if it was.
pub(crate) fn forget(descriptor: c_int) {
    if !is_camera(descriptor) {
        return;
    }
    for known in &CAMERAS {
        let _ = known.compare_exchange(descriptor, -1, Ordering::AcqRel, Ordering::Relaxed);
    }
    ioctl::end(descriptor);
}

fn memory(content: &[u8]) -> c_int {
    // SAFETY: the name ends in NUL.
    let descriptor = unsafe { libc::memfd_create(c"fake-webcam".as_ptr(), libc::MFD_CLOEXEC) };
    if descriptor >= 0 && !content.is_empty() {
        // SAFETY: the bytes are ours. `pwrite` leaves the place to read from at the start.
        unsafe { libc::pwrite(descriptor, content.as_ptr().cast(), content.len(), 0) };
    }
    descriptor
}
