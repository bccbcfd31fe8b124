//! A small generator of random numbers: SplitMix64. The same seed gives the same pictures on
//! every machine and with every version of every crate.

/// Random numbers from a seed.
#[derive(Clone, Debug)]
pub struct Random {
    state: u64,
}

impl Random {
    /// The stream that belongs to the seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut random = Self {
            state: seed ^ 0x6a09_e667_f3bc_c908,
        };
        // Seeds that differ in one bit are far apart after two steps.
        random.next_u64();
        random.next_u64();
        random
    }

    /// The stream that belongs to the seed and a number within it.
    #[must_use]
    pub fn at(seed: u64, index: u64) -> Self {
        Self::new(seed.rotate_left(32) ^ index.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// Sixty-four random bits.
    pub fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to below 1.
    pub fn unit(&mut self) -> f32 {
        (self.next_u64() >> 40) as f32 / (1u32 << 24) as f32
    }

    /// A number from `low` to below `high`.
    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// A whole number below `bound`, which is not 0.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.next_u64() % bound as u64) as usize
    }

    /// True in that share of the cases.
    pub fn chance(&mut self, share: f32) -> bool {
        self.unit() < share
    }

    /// A normal number: mean 0, deviation 1, and never beyond ±6 (twelve uniform ones added up).
    pub fn normal(&mut self) -> f32 {
        (0..12).map(|_| self.unit()).sum::<f32>() - 6.0
    }

    /// The same, faster and never beyond ±3.5: for the noise of a million pixels.
    pub(crate) fn quick_normal(&mut self) -> f32 {
        let bits = self.next_u64();
        let four = (bits & 0xffff) + (bits >> 16 & 0xffff) + (bits >> 32 & 0xffff) + (bits >> 48);
        // The sum of four uniform numbers has the deviation sqrt(4/12) of their range.
        (four as f32 / 65_536.0 - 2.0) * 1.732
    }

    /// That many random bytes.
    pub fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| (self.next_u64() >> 56) as u8).collect()
    }

    /// One of them.
    pub fn pick<'a, T>(&mut self, among: &'a [T]) -> &'a T {
        &among[self.below(among.len())]
    }
}
