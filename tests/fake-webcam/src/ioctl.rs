//! What the camera answers: the requests of Video4Linux 2 that a program needs to find out what
//! the camera can do, choose a format and stream through mapped buffers.
//!
//! Structures are written at the offsets of `linux/videodev2.h` on 64-bit machines.

use std::collections::VecDeque;
use std::ffi::{c_int, c_ulong, c_void};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::argument::Argument;
use crate::controls;
use crate::real::refuse;
use crate::scene::{self, Format, MJPG, NV12, Scene, State, YUYV};

/// Thirty frames a second.
const PERIOD: Duration = Duration::from_nanos(1_000_000_000 / 30);

/// The bytes of one buffer. The memory file takes only the pages that are written.
const BUFFER: u32 = 4 * 1024 * 1024;

/// Buffers given at most; the `v4l` crate asks for four.
const MAX_BUFFERS: u32 = 8;

const CAPTURE: u32 = 1;
const MAPPED: u32 = 1;
/// A discrete size or interval, and "no interlacing".
const DISCRETE: u32 = 1;
const PROGRESSIVE: u32 = 1;
/// V4L2_COLORSPACE_JPEG.
const JPEG_COLOURS: u32 = 7;

/// One open device.
struct Camera {
    descriptor: c_int,
    node: usize,
    format: Format,
    width: u32,
    height: u32,
    queued: VecDeque<u32>,
    streaming: bool,
    /// Pulled out while it was open: it never comes back under this descriptor.
    gone: bool,
    /// What it saw last, which is what it goes on seeing when others find it busy.
    folder: Option<PathBuf>,
    count: usize,
    due: Instant,
}

static OPEN: Mutex<Vec<Camera>> = Mutex::new(Vec::new());

fn all() -> MutexGuard<'static, Vec<Camera>> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The camera of this node is open under this descriptor.
pub(crate) fn begin(descriptor: c_int, node: usize) {
    let Some(scene) = scene::now() else { return };
    let format = scene.format;
    let first = match &scene.state {
        State::Frames(folder) => scene::frame(folder, 0, format),
        _ => None,
    };
    let of_first = || first.as_deref().and_then(scene::size_of);
    let (width, height) = format.sides.or_else(of_first).unwrap_or((1_280, 720));
    let camera = Camera {
        descriptor,
        node,
        format,
        width,
        height,
        queued: VecDeque::new(),
        streaming: false,
        gone: false,
        folder: None,
        count: 0,
        due: Instant::now(),
    };
    all().push(camera);
}

/// No camera is open under this descriptor.
pub(crate) fn end(descriptor: c_int) {
    all().retain(|camera| camera.descriptor != descriptor);
}

/// How long `poll` sleeps at a time, so that it hears of a plug that is pulled.
const NAP: Duration = Duration::from_millis(20);

/// Waits until a frame is there, for as long as `poll(2)` would; the events that came.
pub(crate) fn wait(descriptor: c_int, milliseconds: c_int) -> i16 {
    let milliseconds = u64::try_from(milliseconds).unwrap_or(u64::MAX / 2_000_000);
    let until = Instant::now() + Duration::from_millis(milliseconds);
    loop {
        let scene = scene::now();
        let now = Instant::now();
        let due = {
            let open = all();
            let found = open.iter().find(|camera| camera.descriptor == descriptor);
            let (Some(camera), Some(scene)) = (found, &scene) else {
                return libc::POLLERR;
            };
            if camera.gone || scene.name(camera.node).is_none() {
                return libc::POLLERR;
            }
            let gives = !matches!(scene.state, State::Silent) || camera.node > 0;
            (gives && camera.streaming && !camera.queued.is_empty()).then_some(camera.due)
        };
        if due.is_some_and(|due| due <= now) {
            return libc::POLLIN;
        }
        if now >= until {
            return 0;
        }
        let rest = due.map_or(NAP, |due| due.saturating_duration_since(now));
        std::thread::sleep(rest.min(NAP).min(until.saturating_duration_since(now)));
    }
}

/// Answers one request on a camera's descriptor.
///
/// # Safety
/// `argument` points at the structure that the request is defined with.
pub(crate) unsafe fn answer(descriptor: c_int, request: c_ulong, argument: *mut c_void) -> c_int {
    let Some(scene) = scene::now() else {
        return refuse(libc::ENODEV);
    };
    let argument = Argument(argument.cast());
    // Group 'V' (bits 8 to 15), number (bits 0 to 7).
    let number = match request & 0xFFFF {
        code if code >> 8 == c_ulong::from(b'V') => code & 0xFF,
        _ => return refuse(libc::ENOTTY),
    };
    let wait = {
        let mut open = all();
        let Some(camera) = open
            .iter_mut()
            .find(|camera| camera.descriptor == descriptor)
        else {
            return refuse(libc::EBADF);
        };
        camera.gone |= scene.name(camera.node).is_none();
        if camera.gone {
            return refuse(libc::ENODEV);
        }
        // DQBUF waits, without the lock.
        if number != 17 {
            return result(camera.reply(number, &argument, &scene));
        }
        camera.due.saturating_duration_since(Instant::now())
    };
    std::thread::sleep(wait);
    let mut open = all();
    match open
        .iter_mut()
        .find(|camera| camera.descriptor == descriptor)
    {
        Some(camera) => result(camera.dequeue(&argument, &scene)),
        None => refuse(libc::EBADF),
    }
}

fn result(outcome: Result<(), c_int>) -> c_int {
    match outcome {
        Ok(()) => 0,
        Err(errno) => refuse(errno),
    }
}

impl Camera {
    /// The requests, by the number that `linux/videodev2.h` gives them.
    fn reply(&mut self, number: c_ulong, argument: &Argument, scene: &Scene) -> Result<(), c_int> {
        let elsewhere = matches!(scene.state, State::Busy) && self.node == 0 && !self.streaming;
        match number {
            0 => capabilities(argument, scene.name(self.node).unwrap_or_default()),
            2 => self.format_number(argument)?,
            4 => self.format(argument),
            5 | 8 if elsewhere => return Err(libc::EBUSY),
            5 => self.format(argument),
            8 => self.request(argument)?,
            9 => buffer(argument)?,
            15 => self.queue(argument)?,
            18 => self.streaming = true,
            19 => {
                self.streaming = false;
                self.queued.clear();
            }
            21 | 22 => interval(argument),
            37 | 71 | 72 | 103 => match &scene.controls {
                // SAFETY: the caller of `answer` promised the structure of this request.
                Some(log) => unsafe { controls::answer(number, argument.0, log)? },
                None => return Err(libc::EINVAL),
            },
            74 => self.size(argument)?,
            75 => self.size_interval(argument)?,
            _ => return Err(libc::ENOTTY),
        }
        Ok(())
    }

    /// `VIDIOC_G_FMT`, and `VIDIOC_S_FMT`: whatever is asked for, there is one format.
    fn format(&self, argument: &Argument) {
        argument.set(8, self.width);
        argument.set(12, self.height);
        argument.set(16, self.format.code);
        argument.set(20, PROGRESSIVE);
        let stride = match self.format.code {
            YUYV => self.width * 2,
            NV12 => self.width,
            _ => 0,
        };
        argument.set(24, stride);
        argument.set(28, BUFFER);
        argument.set(32, JPEG_COLOURS);
    }

    /// `VIDIOC_REQBUFS`.
    fn request(&mut self, argument: &Argument) -> Result<(), c_int> {
        if argument.get(4) != CAPTURE || argument.get(8) != MAPPED {
            return Err(libc::EINVAL);
        }
        let count = argument.get(0).min(MAX_BUFFERS);
        // Pages that are mapped stay: the file never shrinks.
        if count > 0 {
            let length = libc::off_t::from(count) * libc::off_t::from(BUFFER);
            // SAFETY: the descriptor is a memory file of ours.
            if unsafe { libc::ftruncate(self.descriptor, length) } != 0 {
                return Err(libc::ENOMEM);
            }
        }
        self.queued.clear();
        argument.set(0, count);
        argument.set(12, 0);
        Ok(())
    }

    /// `VIDIOC_QBUF`.
    fn queue(&mut self, argument: &Argument) -> Result<(), c_int> {
        let index = argument.get(0);
        if index >= MAX_BUFFERS || self.queued.contains(&index) {
            return Err(libc::EINVAL);
        }
        self.queued.push_back(index);
        Ok(())
    }

    /// `VIDIOC_DQBUF`.
    fn dequeue(&mut self, argument: &Argument, scene: &Scene) -> Result<(), c_int> {
        if !self.streaming {
            return Err(libc::EINVAL);
        }
        if let State::Frames(folder) = &scene.state
            && self.folder.as_ref() != Some(folder)
        {
            self.folder = Some(folder.clone());
            self.count = 0;
        }
        let folder = self.folder.as_ref().ok_or(libc::EIO)?;
        let bytes = scene::frame(folder, self.count, self.format).ok_or(libc::EIO)?;
        let length = u32::try_from(bytes.len())
            .ok()
            .filter(|length| *length <= BUFFER);
        let length = length.ok_or(libc::EIO)?;
        let index = self.queued.pop_front().ok_or(libc::EINVAL)?;
        let place = libc::off_t::from(index) * libc::off_t::from(BUFFER);
        // SAFETY: the bytes are ours, and the file is as long as the buffers that were given.
        if unsafe { libc::pwrite(self.descriptor, bytes.as_ptr().cast(), bytes.len(), place) } < 0 {
            return Err(libc::EIO);
        }
        buffer_at(argument, index);
        argument.set(8, length);
        stamp(argument);
        argument.set(56, u32::try_from(self.count).unwrap_or(0));
        self.count = self.count.wrapping_add(1);
        // A reader that is late is not served the past in a hurry.
        self.due = (self.due + PERIOD).max(Instant::now());
        Ok(())
    }

    /// `VIDIOC_ENUM_FMT`.
    fn format_number(&self, argument: &Argument) -> Result<(), c_int> {
        if argument.get(0) != 0 || argument.get(4) != CAPTURE {
            return Err(libc::EINVAL);
        }
        let is_compressed = self.format.code == MJPG;
        argument.set(8, u32::from(is_compressed));
        let name: &[u8] = if is_compressed {
            b"Motion-JPEG"
        } else {
            b"pixels"
        };
        argument.set_text(12, name);
        argument.set(44, self.format.code);
        Ok(())
    }

    /// `VIDIOC_ENUM_FRAMESIZES`.
    fn size(&self, argument: &Argument) -> Result<(), c_int> {
        if argument.get(0) != 0 || argument.get(4) != self.format.code {
            return Err(libc::EINVAL);
        }
        argument.set(8, DISCRETE);
        argument.set(12, self.width);
        argument.set(16, self.height);
        Ok(())
    }

    /// `VIDIOC_ENUM_FRAMEINTERVALS`.
    fn size_interval(&self, argument: &Argument) -> Result<(), c_int> {
        let size = (argument.get(8), argument.get(12));
        if argument.get(0) != 0
            || argument.get(4) != self.format.code
            || size != (self.width, self.height)
        {
            return Err(libc::EINVAL);
        }
        argument.set(16, DISCRETE);
        argument.set(20, 1);
        argument.set(24, 30);
        Ok(())
    }
}

/// `VIDIOC_QUERYCAP`: captures video and streams.
fn capabilities(argument: &Argument, name: &str) {
    const CAPTURES: u32 = 0x0000_0001;
    const STREAMS: u32 = 0x0400_0000;
    const DEVICE_CAPABILITIES: u32 = 0x8000_0000;
    argument.set_text(0, b"fake-webcam");
    let name = name.as_bytes();
    argument.set_text(16, name.get(..31).unwrap_or(name));
    argument.set_text(48, b"platform:fake-webcam");
    argument.set(80, 0x0006_0000);
    argument.set(84, CAPTURES | STREAMS | DEVICE_CAPABILITIES);
    argument.set(88, CAPTURES | STREAMS);
}

/// `VIDIOC_G_PARM`, and `VIDIOC_S_PARM`: there is one interval, and it can be named.
fn interval(argument: &Argument) {
    const INTERVAL_IS_KNOWN: u32 = 0x1000;
    argument.set(4, INTERVAL_IS_KNOWN);
    argument.set(8, 0);
    argument.set(12, 1);
    argument.set(16, 30);
    argument.set(20, 0);
    argument.set(24, 2);
}

/// `VIDIOC_QUERYBUF`.
fn buffer(argument: &Argument) -> Result<(), c_int> {
    let index = argument.get(0);
    if index >= MAX_BUFFERS {
        return Err(libc::EINVAL);
    }
    buffer_at(argument, index);
    Ok(())
}

fn buffer_at(argument: &Argument, index: u32) {
    argument.set(0, index);
    argument.set(4, CAPTURE);
    argument.set(8, 0);
    argument.set(12, 0x2001); // mapped; the time is of the monotonic clock
    argument.set(16, PROGRESSIVE);
    argument.set(60, MAPPED);
    argument.set(64, index * BUFFER);
    argument.set(68, 0);
    argument.set(72, BUFFER);
}

/// The time of the frame.
fn stamp(argument: &Argument) {
    // SAFETY: a time of zero is a valid value, and the clock writes into it.
    let mut now: libc::timespec = unsafe { std::mem::zeroed() };
    // SAFETY: the pointer is to the value above.
    unsafe { libc::clock_gettime(libc::CLOCK_MONOTONIC, &raw mut now) };
    let halves = |offset, value: i64| {
        let bits = value.cast_unsigned();
        argument.set(offset, (bits & 0xFFFF_FFFF) as u32);
        argument.set(offset + 4, (bits >> 32) as u32);
    };
    halves(24, now.tv_sec);
    halves(32, now.tv_nsec / 1_000);
}
