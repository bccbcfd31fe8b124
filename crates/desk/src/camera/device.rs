//! Which cameras there are, under names that outlive a reboot and another socket.
//!
//! The system numbers devices in the order in which it met them, so a number means another camera
//! tomorrow; there are also nodes that carry no pictures. On Linux the links of udev give a lasting
//! name, and sysfs says which node of a camera is the first, and which camera is no thing at all.

#[cfg(target_os = "linux")]
use std::path::Path;

/// Names one camera for good: by its make and serial number where the system knows them, else by
/// its socket, else by its node.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct CameraId(String);

impl CameraId {
    /// The id that reads so. It may name a camera that is not there.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The id as text, for settings and the window.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One camera.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CameraInfo {
    /// Which one it is.
    pub id: CameraId,
    /// What its maker calls it.
    pub name: String,
    /// A program makes its pictures. Such a camera can play a recording, so it is never chosen
    /// but by hand.
    pub is_virtual: bool,
}

/// A camera as it can be opened now.
#[derive(Clone, Debug)]
pub(super) struct Device {
    pub(super) info: CameraInfo,
    pub(super) index: u32,
}

pub(super) fn list() -> Vec<CameraInfo> {
    devices().into_iter().map(|device| device.info).collect()
}

/// The chosen device; without a choice the first that is a thing and none of `unfit`, and of those
/// one that sees visible light before one that does not.
pub(super) fn find(choice: Option<&CameraId>, unfit: &[CameraId]) -> Option<Device> {
    let mut all = devices().into_iter();
    let Some(id) = choice else {
        return all
            .filter(|device| !device.info.is_virtual && !unfit.contains(&device.info.id))
            .min_by_key(|device| sees_infrared(&device.info.name));
    };
    all.find(|device| device.info.id == *id)
}

/// Face cameras of laptops give grey pictures of a lamp of their own, and see no screen.
fn sees_infrared(name: &str) -> bool {
    let name = name.to_lowercase();
    name.contains("infrared")
        || name
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| word == "ir")
}

/// Words in the names of the cameras that programs make: v4l2loopback, OBS, and their like.
const MADE_BY_A_PROGRAM: [&str; 4] = ["virtual", "loopback", "dummy video", "vivid"];

/// Whether a program makes the pictures, by the place of the device in sysfs, its driver, and its
/// name. Somebody who may load a kernel module or change the program can hide it: this keeps a
/// recording from being played by accident or from a dialog, not from an administrator.
fn is_virtual(name: &str, place: &str, driver: &str) -> bool {
    let is_said = |text: &str| {
        let text = text.to_lowercase();
        MADE_BY_A_PROGRAM.iter().any(|word| text.contains(word))
    };
    place.contains("/virtual/") || is_said(driver) || is_said(name)
}

#[cfg(target_os = "linux")]
fn devices() -> Vec<Device> {
    let mut indices: Vec<u32> = names_in(Path::new("/dev"))
        .iter()
        .filter_map(|name| name.strip_prefix("video")?.parse().ok())
        .filter(|&index| gives_pictures(index))
        .collect();
    indices.sort_unstable();
    indices
        .into_iter()
        .map(|index| {
            let node = format!("video{index}");
            let name = sysfs(index, "name").unwrap_or_else(|| node.clone());
            let place = link(&format!("/sys/class/video4linux/{node}"));
            let driver = link(&format!("/sys/class/video4linux/{node}/device/driver"));
            let is_virtual = is_virtual(&name, &place, &driver);
            let id = CameraId(lasting_name(&node).unwrap_or(node));
            let info = CameraInfo {
                id,
                name,
                is_virtual,
            };
            Device { info, index }
        })
        .collect()
}

/// Where a link of sysfs leads; nowhere if there is none.
#[cfg(target_os = "linux")]
fn link(path: &str) -> String {
    let target = std::fs::read_link(path).unwrap_or_default();
    target.to_string_lossy().into_owned()
}

/// A webcam has a node for pictures (its first) and often one for data about them.
#[cfg(target_os = "linux")]
fn gives_pictures(index: u32) -> bool {
    sysfs(index, "index").is_none_or(|place| place == "0")
}

#[cfg(target_os = "linux")]
fn sysfs(index: u32, attribute: &str) -> Option<String> {
    let path = format!("/sys/class/video4linux/video{index}/{attribute}");
    let text = std::fs::read_to_string(path).ok()?;
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The link that udev made to this node, by make and serial number or else by socket.
#[cfg(target_os = "linux")]
fn lasting_name(node: &str) -> Option<String> {
    ["by-id", "by-path"].into_iter().find_map(|kind| {
        let folder = Path::new("/dev/v4l").join(kind);
        let mut links = names_in(&folder);
        links.sort();
        links.into_iter().find(|link| {
            let target = std::fs::read_link(folder.join(link)).ok();
            target.is_some_and(|target| target.file_name().is_some_and(|name| name == node))
        })
    })
}

#[cfg(target_os = "linux")]
fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect()
}

#[cfg(not(target_os = "linux"))]
fn devices() -> Vec<Device> {
    let found = nokhwa::query(nokhwa::utils::ApiBackend::Auto).unwrap_or_default();
    found
        .into_iter()
        .filter_map(|camera| {
            let index = camera.index().as_index().ok()?;
            let name = camera.human_name();
            let id = CameraId(format!("{name}/{}", camera.misc()));
            let is_virtual = is_virtual(&name, "", "");
            let info = CameraInfo {
                id,
                name,
                is_virtual,
            };
            Some(Device { info, index })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cameras_that_programs_make_are_known() {
        const USB: &str =
            "../../devices/pci0000:00/0000:00:14.0/usb1/1-3/1-3:1.0/video4linux/video0";
        const NOWHERE: &str = "../../devices/virtual/video4linux/video9";
        assert!(!is_virtual("HD Pro Webcam C920", USB, "../uvcvideo"));
        assert!(!is_virtual("HD Pro Webcam C920", "", ""));
        assert!(is_virtual("HD Pro Webcam C920", NOWHERE, ""));
        assert!(is_virtual("Dummy video device (0x0000)", "", ""));
        assert!(is_virtual("OBS Virtual Camera", USB, ""));
        assert!(is_virtual("v4l2loopback", "", ""));
        assert!(is_virtual(
            "camera",
            "../../devices/platform/vivid.0",
            "/bus/platform/drivers/vivid"
        ));
    }

    #[test]
    fn cameras_for_faces_are_known() {
        assert!(sees_infrared("Integrated IR Camera"));
        assert!(sees_infrared("HP 5MP Camera: HP IR Camera"));
        assert!(!sees_infrared("Mirror Webcam"));
        assert!(!sees_infrared("Integrated Camera"));
    }
}
