//! Whether an address is in an area, without showing the address.

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// Letters of a word that is typed at least: one syllable fits too many places.
const MIN_LETTERS: usize = 2;

/// Whether every word of the area begins a word of the address, in that order.
///
/// "서울 마포구" is in "서울특별시 마포구 …". A house number is no area: a word with a digit in it
/// fits nothing, so that an address cannot be guessed to its door.
pub(super) fn is_in(address: &str, area: &str) -> bool {
    let (address, area) = (words(address), words(area));
    let mut rest = address.iter();
    !area.is_empty()
        && area.iter().all(|part| {
            let is_area =
                part.chars().count() >= MIN_LETTERS && !part.chars().any(char::is_numeric);
            is_area && rest.any(|word| word.starts_with(part.as_str()))
        })
}

fn words(text: &str) -> Vec<Zeroizing<String>> {
    let text = super::folded(text.nfkc());
    let words = text.split(|letter: char| letter.is_whitespace() || letter == ',');
    words
        .filter(|word| !word.is_empty())
        .map(|word| super::wiped(word.chars()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::is_in;

    #[test]
    fn an_area_is_told_by_the_beginnings_of_its_words() {
        let address = "서울특별시 마포구 견본로 12, 101동 202호";
        for area in [
            "서울특별시",
            "서울 마포",
            "마포구",
            "서울 마포구 견본로",
            "서울, 마포구",
        ] {
            assert!(is_in(address, area), "{area}");
        }
        for area in [
            "부산",
            "마포구 서울",
            "서울 종로구",
            "",
            " ",
            "마",
            "서울 12",
            "101동",
        ] {
            assert!(!is_in(address, area), "{area}");
        }
        assert!(is_in("12 Sample Road, SEJONG-SI", "sejong"));
    }
}
