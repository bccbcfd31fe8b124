//! What is asked of a camera that looks at bright screens, and given back when it is closed.
//!
//! Exposure, focus and white balance stay the camera's own: it sees what it sees, and we do not.
//! Four things are nudged, each only where the camera has the control, says its range, and stands
//! otherwise:
//!
//! | Control | Becomes | Why |
//! |---|---|---|
//! | exposure, focus | automatic | a camera left on manual by another program sees a screen as a white patch, or as a blur |
//! | frame rate in the dark | kept | with long exposures every movement of the hand smears the modules |
//! | backlight compensation | lowest | it brightens what stands before a window; here the bright thing is what counts |
//! | mains frequency | found out by the camera, where it can | where "off" leaves bands across the picture |
//!
//! Brightness, contrast, gain and sharpness are left alone: on most cameras they change numbers
//! after the picture was taken, and bring back nothing that it did not catch.

/// One control as a camera describes it. Switches count 0 and 1.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Control {
    pub(super) id: u32,
    pub(super) least: i64,
    pub(super) most: i64,
    pub(super) value: i64,
    /// The choices, where the control is a list.
    pub(super) choices: Option<Vec<i64>>,
}

/// A control and what it is to be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Change {
    pub(super) id: u32,
    pub(super) from: i64,
    pub(super) to: i64,
}

// linux/v4l2-controls.h.
const BACKLIGHT_COMPENSATION: u32 = 0x0098_091C;
const MAINS_FREQUENCY: u32 = 0x0098_0918;
const EXPOSURE_AUTO: u32 = 0x009A_0901;
const EXPOSURE_AUTO_PRIORITY: u32 = 0x009A_0903;
const FOCUS_AUTO: u32 = 0x009A_090C;

/// The ways of exposure of `V4L2_CID_EXPOSURE_AUTO`: all automatic, and automatic with a fixed
/// iris, which is what webcams have.
const AUTO: i64 = 0;
const FIXED_IRIS: i64 = 3;
/// The one way in which nothing is automatic.
const MANUAL: i64 = 1;
/// `V4L2_CID_POWER_LINE_FREQUENCY`: not at all, and by itself.
const MAINS_OFF: i64 = 0;
const MAINS_AUTO: i64 = 3;

/// What to change, in the order in which to do it.
pub(super) fn changes(controls: &[Control]) -> Vec<Change> {
    const ORDER: [u32; 5] = [
        EXPOSURE_AUTO,
        EXPOSURE_AUTO_PRIORITY,
        FOCUS_AUTO,
        BACKLIGHT_COMPENSATION,
        MAINS_FREQUENCY,
    ];
    let known = ORDER
        .iter()
        .filter_map(|id| controls.iter().find(|control| control.id == *id));
    known
        .filter_map(|control| {
            let to = wanted(control)?;
            let change = Change {
                id: control.id,
                from: control.value,
                to,
            };
            (to != control.value).then_some(change)
        })
        .collect()
}

fn wanted(control: &Control) -> Option<i64> {
    match control.id {
        EXPOSURE_AUTO if control.value == MANUAL => {
            let ways = [FIXED_IRIS, AUTO];
            ways.into_iter().find(|way| control.offers(*way))
        }
        EXPOSURE_AUTO_PRIORITY => Some(0).filter(|off| control.offers(*off)),
        FOCUS_AUTO => Some(1).filter(|on| control.offers(*on)),
        BACKLIGHT_COMPENSATION => Some(control.least),
        MAINS_FREQUENCY if control.value == MAINS_OFF => {
            Some(MAINS_AUTO).filter(|auto| control.offers(*auto))
        }
        _ => None,
    }
}

impl Control {
    fn offers(&self, value: i64) -> bool {
        let in_range = (self.least..=self.most).contains(&value);
        in_range
            && self
                .choices
                .as_ref()
                .is_none_or(|choices| choices.contains(&value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn control(id: u32, (least, most): (i64, i64), value: i64) -> Control {
        Control {
            id,
            least,
            most,
            value,
            choices: None,
        }
    }

    fn list(id: u32, choices: &[i64], value: i64) -> Control {
        Control {
            choices: Some(choices.to_vec()),
            ..control(id, (0, 3), value)
        }
    }

    fn told(controls: &[Control]) -> Vec<(u32, i64)> {
        let changes = changes(controls).into_iter();
        changes.map(|change| (change.id, change.to)).collect()
    }

    #[test]
    fn a_camera_in_order_is_left_alone() {
        let controls = [
            control(0x0098_0900, (0, 255), 200),
            list(EXPOSURE_AUTO, &[1, 3], FIXED_IRIS),
            control(EXPOSURE_AUTO_PRIORITY, (0, 1), 0),
            control(FOCUS_AUTO, (0, 1), 1),
            control(BACKLIGHT_COMPENSATION, (0, 2), 0),
            list(MAINS_FREQUENCY, &[0, 1, 2], 2),
        ];
        assert_eq!(told(&controls), []);
        assert_eq!(told(&[]), []);
    }

    #[test]
    fn what_stands_in_the_way_of_a_bright_screen_is_changed() {
        let controls = [
            control(BACKLIGHT_COMPENSATION, (0, 2), 1),
            control(FOCUS_AUTO, (0, 1), 0),
            control(EXPOSURE_AUTO_PRIORITY, (0, 1), 1),
            list(EXPOSURE_AUTO, &[1, 3], MANUAL),
            list(MAINS_FREQUENCY, &[0, 1, 2, 3], MAINS_OFF),
        ];
        let wanted = [
            (EXPOSURE_AUTO, FIXED_IRIS),
            (EXPOSURE_AUTO_PRIORITY, 0),
            (FOCUS_AUTO, 1),
            (BACKLIGHT_COMPENSATION, 0),
            (MAINS_FREQUENCY, MAINS_AUTO),
        ];
        assert_eq!(told(&controls), wanted);
    }

    #[test]
    fn nothing_is_asked_that_the_camera_does_not_offer() {
        let controls = [
            list(EXPOSURE_AUTO, &[1], MANUAL),
            control(FOCUS_AUTO, (0, 0), 0),
            control(EXPOSURE_AUTO_PRIORITY, (1, 1), 1),
            list(MAINS_FREQUENCY, &[0, 1, 2], MAINS_OFF),
            control(BACKLIGHT_COMPENSATION, (1, 4), 1),
        ];
        assert_eq!(told(&controls), []);
    }
}
