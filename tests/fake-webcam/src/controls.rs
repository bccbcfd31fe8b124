//! The controls of the cameras: what `linux/videodev2.h` calls extended controls.
//!
//! They begin as another program may have left them, so that a desk has something to change; what
//! it sets is written down, so that a test sees whether it put everything back.

use std::ffi::c_int;
use std::io::Write;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

struct Control {
    id: u32,
    kind: u32,
    range: (i64, i64),
    /// The choices of a list, by bits.
    choices: u32,
    value: i64,
}

const INTEGER: u32 = 1;
const SWITCH: u32 = 2;
const LIST: u32 = 3;

const fn control(id: u32, kind: u32, range: (i64, i64), value: i64) -> Control {
    Control {
        id,
        kind,
        range,
        choices: 0b1111,
        value,
    }
}

/// By rising number, as they are counted through.
static CONTROLS: Mutex<[Control; 6]> = Mutex::new([
    // Brightness, mains frequency (off), backlight compensation (on).
    control(0x0098_0900, INTEGER, (-64, 64), 5),
    control(0x0098_0918, LIST, (0, 3), 0),
    control(0x0098_091C, INTEGER, (0, 2), 1),
    // Exposure: manual, of manual and automatic with a fixed iris; slower frames in the dark.
    Control {
        choices: 0b1010,
        ..control(0x009A_0901, LIST, (0, 3), 1)
    },
    control(0x009A_0903, SWITCH, (0, 1), 1),
    // Focus: by hand.
    control(0x009A_090C, SWITCH, (0, 1), 0),
]);

/// `VIDIOC_QUERY_EXT_CTRL` asks for the next one with these bits.
const NEXT: u32 = 0xC000_0000;

/// A value at a place of a structure.
///
/// # Safety
/// The structure is longer than that.
unsafe fn read<T>(structure: *mut u8, place: usize) -> T {
    // SAFETY: as promised; it need not be aligned.
    unsafe { structure.add(place).cast::<T>().read_unaligned() }
}

/// As [`read`], the other way.
///
/// # Safety
/// As there.
unsafe fn write<T>(structure: *mut u8, place: usize, value: T) {
    // SAFETY: as promised.
    unsafe { structure.add(place).cast::<T>().write_unaligned(value) };
}

/// `VIDIOC_QUERYMENU` (37), `VIDIOC_G_EXT_CTRLS` (71), `VIDIOC_S_EXT_CTRLS` (72) and
/// `VIDIOC_QUERY_EXT_CTRL` (103).
///
/// # Safety
/// `structure` is that of the request.
pub(crate) unsafe fn answer(
    request: std::ffi::c_ulong,
    structure: *mut u8,
    log: &Path,
) -> Result<(), c_int> {
    let mut controls = CONTROLS.lock().unwrap_or_else(PoisonError::into_inner);
    if matches!(request, 71 | 72) {
        // SAFETY: offsets of `v4l2_ext_controls`: count, and where they are.
        let (count, list) = unsafe { (read::<u32>(structure, 4), read::<*mut u8>(structure, 24)) };
        if count != 1 || list.is_null() {
            return Err(libc::EINVAL);
        }
        // SAFETY: there is one `v4l2_ext_control` there, which is packed: id, size, value.
        let id = unsafe { read::<u32>(list, 0) };
        let control = controls.iter_mut().find(|control| control.id == id);
        let control = control.ok_or(libc::EINVAL)?;
        if request == 71 {
            // SAFETY: as above; the value is 32 bits for these kinds.
            unsafe { write(list, 12, control.value as i32) };
            return Ok(());
        }
        // SAFETY: as above.
        let value = i64::from(unsafe { read::<i32>(list, 12) });
        let is_listed = control.kind != LIST || control.choices >> value & 1 == 1;
        if !(control.range.0..=control.range.1).contains(&value) || !is_listed {
            return Err(libc::ERANGE);
        }
        control.value = value;
        let file = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(log);
        let written = file.and_then(|mut file| writeln!(file, "{id:08x} {value}"));
        return written.map_err(|_| libc::EIO);
    }
    // SAFETY: both other structures begin with an id.
    let asked = unsafe { read::<u32>(structure, 0) };
    let found = controls.iter().find(|control| match asked & NEXT {
        0 => control.id == asked,
        _ => control.id > asked & !NEXT,
    });
    let control = found.ok_or(libc::EINVAL)?;
    if request == 37 {
        // SAFETY: `v4l2_querymenu`: id, index, name.
        let index = unsafe { read::<u32>(structure, 4) };
        if index > 3 || control.choices >> index & 1 == 0 {
            return Err(libc::EINVAL);
        }
        // SAFETY: as above; a name of one letter and NUL.
        unsafe { write(structure, 8, [b'a' + index as u8, 0]) };
        return Ok(());
    }
    // SAFETY: offsets of `v4l2_query_ext_ctrl`: id, type, name, least, most, step, default, flags.
    unsafe {
        write(structure, 0, control.id);
        write(structure, 4, control.kind);
        write(structure, 8, *b"control\0");
        write(structure, 40, control.range.0);
        write(structure, 48, control.range.1);
        write(structure, 56, 1_u64);
        write(structure, 64, control.range.0);
        write(structure, 72, 0_u32);
    }
    Ok(())
}
