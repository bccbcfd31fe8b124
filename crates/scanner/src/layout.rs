//! What stands where in a symbol of each version (ISO/IEC 18004, clauses 6 and 7).

use crate::Point;

/// Places of one version's modules.
pub(crate) struct Layout {
    pub(crate) version: usize,
    pub(crate) side: usize,
    /// Rows and columns of the middles of alignment patterns.
    pub(crate) alignment: Vec<usize>,
    /// For each module by rows: what it must be (dark or light), or nothing where it is data,
    /// format or version information.
    pub(crate) known: Vec<Option<bool>>,
    /// The modules (row × side + column) of the codewords' bits, in reading order.
    pub(crate) data: Vec<u32>,
}

impl Layout {
    /// The layout of a version from 1 to 40.
    pub(crate) fn new(version: usize) -> Self {
        let version = version.clamp(1, 40);
        let side = version * 4 + 17;
        let mut layout = Self {
            version,
            side,
            alignment: alignment(version),
            known: vec![None; side * side],
            data: Vec::new(),
        };
        let mut taken = vec![false; side * side];
        layout.draw_timing(&mut taken);
        layout.draw_finders(&mut taken);
        layout.draw_alignment(&mut taken);
        layout.take_information(&mut taken);
        layout.walk(&taken);
        layout
    }

    /// The version whose side is nearest to this many modules.
    pub(crate) fn nearest_version(modules: f32) -> usize {
        ((modules - 17.0) / 4.0).round().clamp(1.0, 40.0) as usize
    }

    /// The middles of the alignment patterns, in modules.
    pub(crate) fn alignment_patterns(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let last = self.alignment.last().copied().unwrap_or(0);
        self.alignment.iter().flat_map(move |&y| {
            self.alignment.iter().filter_map(move |&x| {
                let in_finder = (x == 6 && (y == 6 || y == last)) || (x == last && y == 6);
                (!in_finder).then_some((x, y))
            })
        })
    }

    /// The outer corners: top left, top right, bottom right, bottom left.
    pub(crate) fn corners(&self) -> [Point; 4] {
        let side = self.side as f32;
        [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)].map(|(x, y)| Point { x, y })
    }

    fn put(&mut self, taken: &mut [bool], x: usize, y: usize, dark: Option<bool>) {
        if x >= self.side || y >= self.side {
            return;
        }
        let at = y * self.side + x;
        if let (Some(known), Some(taken)) = (self.known.get_mut(at), taken.get_mut(at)) {
            *known = dark;
            *taken = true;
        }
    }

    fn draw_timing(&mut self, taken: &mut [bool]) {
        for at in 0..self.side {
            self.put(taken, at, 6, Some(at % 2 == 0));
            self.put(taken, 6, at, Some(at % 2 == 0));
        }
    }

    fn draw_finders(&mut self, taken: &mut [bool]) {
        let far = self.side - 8;
        for (left, top) in [(0, 0), (far, 0), (0, far)] {
            for (x, y) in (0..8).flat_map(|y| (0..8).map(move |x| (x, y))) {
                let (column, row) = (left + x, top + y);
                // The finder is seven wide; its separator lies towards the symbol's middle.
                let from_middle = |at: usize, start: usize, along: usize| {
                    let first = if start == 0 { 3 } else { along - 4 };
                    at.abs_diff(first)
                };
                let ring =
                    from_middle(column, left, self.side).max(from_middle(row, top, self.side));
                self.put(taken, column, row, Some(ring != 2 && ring != 4));
            }
        }
    }

    fn draw_alignment(&mut self, taken: &mut [bool]) {
        let middles: Vec<_> = self.alignment_patterns().collect();
        for (x, y) in middles {
            for (across, down) in
                (0..5_usize).flat_map(|down| (0..5_usize).map(move |across| (across, down)))
            {
                let ring = across.abs_diff(2).max(down.abs_diff(2));
                self.put(taken, x + across - 2, y + down - 2, Some(ring != 1));
            }
        }
    }

    fn take_information(&mut self, taken: &mut [bool]) {
        for copy in format_places(self.side) {
            for (x, y) in copy {
                self.put(taken, x, y, None);
            }
        }
        self.put(taken, 8, self.side - 8, Some(true));
        if self.version >= 7 {
            for (x, y) in version_places(self.side).into_iter().flatten() {
                self.put(taken, x, y, None);
            }
        }
    }

    /// Two columns at a time from the right, up and down in turn, past the timing column.
    fn walk(&mut self, taken: &[bool]) {
        let mut right = self.side - 1;
        let mut upwards = true;
        loop {
            for step in 0..self.side {
                let y = if upwards { self.side - 1 - step } else { step };
                for x in [right, right - 1] {
                    let at = y * self.side + x;
                    if taken.get(at) == Some(&false) {
                        self.data.push(at as u32);
                    }
                }
            }
            upwards = !upwards;
            right = match right {
                0..3 => return,
                8 => 5,
                other => other - 2,
            };
        }
    }
}

/// The modules (column, row) of both copies of the format information, highest bit first.
pub(crate) fn format_places(side: usize) -> [[(usize, usize); 15]; 2] {
    let first = [
        (0, 8),
        (1, 8),
        (2, 8),
        (3, 8),
        (4, 8),
        (5, 8),
        (7, 8),
        (8, 8),
        (8, 7),
        (8, 5),
        (8, 4),
        (8, 3),
        (8, 2),
        (8, 1),
        (8, 0),
    ];
    let mut second = [(0, 0); 15];
    for (at, place) in second.iter_mut().enumerate() {
        *place = if at < 7 {
            (8, side - 1 - at)
        } else {
            (side - 15 + at, 8)
        };
    }
    [first, second]
}

/// The modules (column, row) of both copies of the version information, lowest bit first.
pub(crate) fn version_places(side: usize) -> [[(usize, usize); 18]; 2] {
    let mut places = [[(0, 0); 18]; 2];
    let [upper, lower] = &mut places;
    for (at, (up, low)) in upper.iter_mut().zip(lower).enumerate() {
        *up = (side - 11 + at % 3, at / 3);
        *low = (at / 3, side - 11 + at % 3);
    }
    places
}

fn alignment(version: usize) -> Vec<usize> {
    if version == 1 {
        return Vec::new();
    }
    let count = version / 7 + 2;
    let step = if version == 32 {
        26
    } else {
        (version * 4 + count * 2 + 1) / (count * 2 - 2) * 2
    };
    let last = version * 4 + 10;
    let mut middles: Vec<usize> = (0..count - 1).map(|at| last - at * step).collect();
    middles.push(6);
    middles.reverse();
    middles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_modules_are_as_many_as_the_standard_says() {
        // ISO/IEC 18004, table 1: capacity in modules, format and version information excluded.
        for (version, bits) in [(1, 208), (2, 359), (7, 1_568), (14, 4_651), (40, 29_648)] {
            assert_eq!(Layout::new(version).data.len(), bits, "version {version}");
        }
    }

    #[test]
    fn alignment_patterns_stand_where_the_standard_puts_them() {
        assert_eq!(alignment(2), [6, 18]);
        assert_eq!(alignment(7), [6, 22, 38]);
        assert_eq!(alignment(32), [6, 34, 60, 86, 112, 138]);
        assert_eq!(alignment(40), [6, 30, 58, 86, 114, 142, 170]);
    }
}
