//! A webcam that is not there: a library to preload that answers Video4Linux in place of
//! `/dev/video0`, so that tests drive the real camera path of the desk without a camera.
//!
//! ```sh
//! cargo build --package fake-webcam
//! LD_PRELOAD=target/debug/libfake_webcam.so HWAGIN_FAKE_WEBCAM_FRAMES=folder hwagin-desk
//! ```
//!
//! # What it is told
//!
//! * `HWAGIN_FAKE_WEBCAM_FRAMES`: a folder of JPEG files, shown in the order of their names, over
//!   and over, 30 a second. The camera's size is that of the first.
//! * `HWAGIN_FAKE_WEBCAM_CONTROL`: a file that may be rewritten while the program runs (best by
//!   rename) and says in one line what is so: `frames FOLDER`, `unplugged`, `busy`, `denied` or
//!   `silent` (open, and no frame comes). A missing or empty file leaves the folder above. Further
//!   lines may say:
//!   * `yuyv 640x480` or `nv12 640x480`: frames are files of pixels that end in `.yuyv` or `.nv12`;
//!   * `also NAME`: one more camera, at the next node, which sees what the first one last saw;
//!   * `controls`: the cameras have controls, which stand as no desk would want them; each setting
//!     is written down in the file's own name with `.settings`, a line `ID VALUE` each.
//!
//! With neither, the library does nothing. A process that never opens the device (a web view's
//! children inherit the preload) is not changed, but for the detour through these functions.
//!
//! # How it works
//!
//! The C functions below come first in the process, look whether they are meant, and hand
//! everything else to the C library.
//!
//! * `opendir`, `readdir64`, `closedir`: `/dev` lists `video0` while the camera is plugged in, the
//!   further ones, and no other `video…`, whatever the machine has. No node is made and no right is needed.
//! * `open`, `open64`, `openat`, `openat64`: `/dev/video0` and so on become a fresh memory file, whose pages
//!   are the frame buffers. So `mmap`, `munmap` and `poll` work on it without being replaced.
//!   The `name` and `index` of the device in sysfs become memory files with text.
//! * `poll` on such a descriptor alone: a frame is there once it is due.
//! * `ioctl` and `syscall(SYS_ioctl, …)`, which the `v4l` crate uses: answered for such a
//!   descriptor. Taking a frame waits until it is due, then writes the JPEG into the buffer.
//! * `close`: forgets the descriptor.
//!
//! `unplugged` makes opening fail with `ENOENT`, and every call on an open device with `ENODEV`
//! for good, as a real one does. `denied` makes opening fail with `EACCES`. `busy` lets it open
//! and refuses buffers and formats with `EBUSY`, as a device does that another program streams
//! from; whoever streams already goes on.
//!
//! # The unsafe part
//!
//! Replacing C functions cannot be done in safe Rust. Pointers come from callers who obey the
//! contract of the C function; what is done with them is the same as the C library would do. The
//! variadic functions are defined with a fixed number of arguments, which on the ABIs of Linux on
//! x86-64 and AArch64 reads the same registers.

mod argument;
mod controls;
mod descriptors;
mod ioctl;
mod listing;
mod real;
mod scene;

use std::ffi::{CStr, c_char, c_int, c_long, c_uint, c_ulong, c_void};

use real::refuse;
use scene::State;

/// What opening `path` gives, if the path is one of ours.
fn opened(path: &CStr) -> Option<c_int> {
    let path = path.to_str().ok()?;
    let number = |text: &str| text.parse::<usize>().ok();
    if let Some(node) = path.strip_prefix("/dev/video").and_then(number) {
        let scene = scene::now()?;
        if scene.name(node).is_none() {
            return Some(refuse(libc::ENOENT));
        }
        let is_denied = node == 0 && matches!(scene.state, State::Denied);
        return Some(match is_denied {
            true => refuse(libc::EACCES),
            false => descriptors::camera(node),
        });
    }
    let rest = path.strip_prefix("/sys/class/video4linux/video")?;
    let (node, attribute) = rest.split_once('/')?;
    let scene = scene::now()?;
    let name = scene.name(number(node)?)?;
    match attribute {
        "name" => Some(descriptors::text(format!("{name}\n").as_bytes())),
        "index" => Some(descriptors::text(b"0\n")),
        _ => None,
    }
}

/// `open(2)`.
///
/// # Safety
/// As the C function.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn open(path: *const c_char, flags: c_int, mode: c_uint) -> c_int {
    // SAFETY: the caller passes a path that ends in NUL.
    match opened(unsafe { CStr::from_ptr(path) }) {
        Some(descriptor) => descriptor,
        // SAFETY: the caller's own arguments.
        None => unsafe { real::open(path, flags, mode) },
    }
}

/// `open64`, which on 64-bit Linux is `open`.
///
/// # Safety
/// As the C function.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn open64(path: *const c_char, flags: c_int, mode: c_uint) -> c_int {
    // SAFETY: the caller's own arguments.
    unsafe { open(path, flags, mode) }
}

/// `openat(2)`.
///
/// # Safety
/// As the C function.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn openat(
    at: c_int,
    path: *const c_char,
    flags: c_int,
    mode: c_uint,
) -> c_int {
    // SAFETY: the caller passes a path that ends in NUL.
    match opened(unsafe { CStr::from_ptr(path) }) {
        Some(descriptor) => descriptor,
        // SAFETY: the caller's own arguments.
        None => unsafe { real::openat(at, path, flags, mode) },
    }
}

/// `openat64`, which on 64-bit Linux is `openat`.
///
/// # Safety
/// As the C function.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn openat64(
    at: c_int,
    path: *const c_char,
    flags: c_int,
    mode: c_uint,
) -> c_int {
    // SAFETY: the caller's own arguments.
    unsafe { openat(at, path, flags, mode) }
}

/// `close(2)`.
///
/// # Safety
/// As the C function.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn close(descriptor: c_int) -> c_int {
    descriptors::forget(descriptor);
    // SAFETY: the caller's own argument.
    unsafe { real::close(descriptor) }
}

/// `poll(2)`.
///
/// # Safety
/// As the C function.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn poll(fds: *mut libc::pollfd, count: libc::nfds_t, wait: c_int) -> c_int {
    if count == 1 && !fds.is_null() {
        // SAFETY: the caller passes as many as it says.
        let asked = unsafe { &mut *fds };
        if descriptors::is_camera(asked.fd) {
            asked.revents = ioctl::wait(asked.fd, wait);
            return c_int::from(asked.revents != 0);
        }
    }
    // SAFETY: the caller's own arguments.
    unsafe { real::poll(fds, count, wait) }
}

/// `ioctl(2)`.
///
/// # Safety
/// As the C function.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ioctl(
    descriptor: c_int,
    request: c_ulong,
    argument: *mut c_void,
) -> c_int {
    if descriptors::is_camera(descriptor) {
        // SAFETY: the caller passes what the request is defined with.
        return unsafe { ioctl::answer(descriptor, request, argument) };
    }
    // SAFETY: the caller's own arguments.
    unsafe { real::ioctl(descriptor, request, argument) }
}

/// `syscall(2)`.
///
/// # Safety
/// As the C function.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn syscall(
    number: c_long,
    a: c_long,
    b: c_long,
    c: c_long,
    d: c_long,
    e: c_long,
    f: c_long,
) -> c_long {
    if number == libc::SYS_ioctl {
        // Integers narrow as in the kernel: a descriptor is an int.
        let descriptor = a as c_int;
        if descriptors::is_camera(descriptor) {
            // SAFETY: the caller passes what the request is defined with.
            let answer = unsafe { ioctl::answer(descriptor, b as c_ulong, c as *mut c_void) };
            return c_long::from(answer);
        }
    }
    // SAFETY: the caller's own arguments.
    unsafe { real::syscall(number, a, b, c, d, e, f) }
}

/// `opendir(3)`.
///
/// # Safety
/// As the C function.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn opendir(path: *const c_char) -> *mut libc::DIR {
    // SAFETY: the caller's own argument.
    let folder = unsafe { real::opendir(path) };
    // SAFETY: the caller passes a path that ends in NUL.
    let name = unsafe { CStr::from_ptr(path) }.to_bytes();
    if !folder.is_null() && matches!(name, b"/dev" | b"/dev/") && scene::now().is_some() {
        listing::begin(folder);
    }
    folder
}

/// `readdir64(3)`, which is what the standard library of Rust calls.
///
/// # Safety
/// As the C function.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn readdir64(folder: *mut libc::DIR) -> *mut libc::dirent64 {
    // SAFETY: the caller's own argument.
    unsafe { listing::next(folder) }
}

/// `closedir(3)`.
///
/// # Safety
/// As the C function.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn closedir(folder: *mut libc::DIR) -> c_int {
    listing::end(folder);
    // SAFETY: the caller's own argument.
    unsafe { real::closedir(folder) }
}
