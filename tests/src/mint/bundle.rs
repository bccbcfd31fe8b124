//! A sound licence before desks whose bundle, or clock, is not.

use super::{Draft, abstains, accepts};
use crate::world::AT;
use hwagin_training::DAY;

pub(super) fn drafts() -> Vec<Draft> {
    let abstain = |code, name, why| abstains(code, name, why).licence(|_| {});
    vec![
        accepts("bundle/in-force", "signed for this time")
            .licence(|_| {})
            .bundle(AT - DAY, AT + DAY, AT + 7 * DAY, false),
        accepts("bundle/next-is-due", "overdue, and not ended")
            .licence(|_| {})
            .bundle(AT - 8 * DAY, AT - DAY, AT + DAY, false)
            .cautions(&["bundle_due"]),
        accepts(
            "bundle/clock-five-minutes-behind",
            "as far as a clock may be",
        )
        .licence(|_| {})
        .bundle(AT + 300, AT + DAY, AT + 7 * DAY, false),
        abstain(
            "desk.bundle_expired",
            "bundle/ended",
            "what the desk knows was signed for a time that is over",
        )
        .bundle(AT - 8 * DAY, AT - 2 * DAY, AT, false),
        abstain(
            "clock.behind",
            "bundle/clock-behind",
            "the bundle was issued later than the clock says it is",
        )
        .bundle(AT + 301, AT + DAY, AT + 7 * DAY, false),
        abstain(
            "clock.behind",
            "bundle/clock-set-back",
            "somebody turned the clock back while the desk ran",
        )
        .bundle(AT - DAY, AT + DAY, AT + 7 * DAY, true),
        abstain(
            "clock.behind",
            "bundle/ended-and-clock-behind",
            "with a wrong clock nobody can say what has ended",
        )
        .bundle(AT + DAY, AT + 2 * DAY, AT, false),
    ]
}
