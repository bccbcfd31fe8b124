//! Which cameras there are, under names that outlive a reboot and another socket.
//!
//! nokhwa numbers devices in the order in which the system met them, so a number means another
//! camera tomorrow; it also lists nodes that carry no pictures. On Linux the links of udev give a
//! lasting name, and sysfs says which node of a camera is the first.

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

/// The chosen device, or the first one.
pub(super) fn find(choice: Option<&CameraId>) -> Option<Device> {
    let mut all = devices().into_iter();
    match choice {
        Some(id) => all.find(|device| device.info.id == *id),
        None => all.next(),
    }
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
            let id = CameraId(lasting_name(&node).unwrap_or(node));
            Device {
                info: CameraInfo { id, name },
                index,
            }
        })
        .collect()
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
            let id = CameraId(format!("{}/{}", camera.human_name(), camera.misc()));
            Some(Device {
                info: CameraInfo {
                    id,
                    name: camera.human_name(),
                },
                index,
            })
        })
        .collect()
}
