//! The functions of the C library that stand behind ours.

use std::ffi::{CStr, c_char, c_int, c_long, c_uint, c_ulong, c_void};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The address of the next function of this name, found once.
///
/// It takes no lock and allocates nothing of its own: it is called from inside allocators' and
/// locks' own system calls.
fn next(name: &CStr, known: &AtomicUsize) -> usize {
    let address = known.load(Ordering::Relaxed);
    if address != 0 {
        return address;
    }
    // SAFETY: the name ends in NUL, and RTLD_NEXT asks for the definition after this library.
    let address = unsafe { libc::dlsym(libc::RTLD_NEXT, name.as_ptr()) } as usize;
    if address == 0 {
        // A C library without the function cannot have been called for it.
        std::process::abort();
    }
    known.store(address, Ordering::Relaxed);
    address
}

macro_rules! behind {
    ($name:literal fn $function:ident($($argument:ident: $type:ty),*) -> $result:ty) => {
        /// The C library's function of this name.
        ///
        /// # Safety
        /// As that function.
        pub(crate) unsafe fn $function($($argument: $type),*) -> $result {
            static KNOWN: AtomicUsize = AtomicUsize::new(0);
            let address = next($name, &KNOWN);
            type Function = unsafe extern "C" fn($($type),*) -> $result;
            // SAFETY: a function found under this name has this signature. The variadic ones are
            // called with as many arguments as any caller passes; see the crate's first page.
            let function = unsafe { std::mem::transmute::<usize, Function>(address) };
            // SAFETY: the caller's own arguments.
            unsafe { function($($argument),*) }
        }
    };
}

behind!(c"open" fn open(path: *const c_char, flags: c_int, mode: c_uint) -> c_int);
behind!(c"openat" fn openat(at: c_int, path: *const c_char, flags: c_int, mode: c_uint) -> c_int);
behind!(c"close" fn close(descriptor: c_int) -> c_int);
behind!(c"poll" fn poll(fds: *mut libc::pollfd, count: libc::nfds_t, wait: c_int) -> c_int);
behind!(c"ioctl" fn ioctl(descriptor: c_int, request: c_ulong, argument: *mut c_void) -> c_int);
behind!(c"syscall" fn syscall(
    number: c_long, a: c_long, b: c_long, c: c_long, d: c_long, e: c_long, f: c_long
) -> c_long);
behind!(c"opendir" fn opendir(path: *const c_char) -> *mut libc::DIR);
behind!(c"readdir64" fn readdir64(folder: *mut libc::DIR) -> *mut libc::dirent64);
behind!(c"closedir" fn closedir(folder: *mut libc::DIR) -> c_int);

/// The C way of failing: -1, and the number in `errno`.
pub(crate) fn refuse(errno: c_int) -> c_int {
    // SAFETY: the location is the calling thread's own.
    unsafe { *libc::__errno_location() = errno };
    -1
}
