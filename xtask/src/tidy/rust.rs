//! Just enough of Rust's grammar to tell code from comments and text.

/// Rust source, taken apart.
pub(super) struct Rust {
    /// The source with comments and the insides of literals blanked; same length, same lines.
    pub(super) code: String,
    /// The string literals, where they begin and what is between the quotes.
    pub(super) literals: Vec<(usize, String)>,
}

impl Rust {
    /// Takes `text` apart.
    pub(super) fn read(text: &str) -> Self {
        let mut cursor = Cursor {
            text: text.as_bytes(),
            at: 0,
            code: Vec::new(),
            literals: Vec::new(),
        };
        while cursor.at < cursor.text.len() {
            cursor.step();
        }
        let literals = cursor
            .literals
            .into_iter()
            .map(|(at, bytes)| (at, String::from_utf8_lossy(bytes).into_owned()))
            .collect();
        Self {
            code: String::from_utf8_lossy(&cursor.code).into_owned(),
            literals,
        }
    }

    /// The words of the code, each with where it begins.
    pub(super) fn words(&self) -> impl Iterator<Item = (usize, &str)> {
        let start = self.code.as_ptr().addr();
        self.code
            .split(|letter: char| !letter.is_alphanumeric() && letter != '_')
            .filter(|word| !word.is_empty())
            .map(move |word| (word.as_ptr().addr() - start, word))
    }

    /// Where items marked with the attribute begin and end.
    pub(super) fn items_marked(&self, attribute: &str) -> Vec<(usize, usize)> {
        self.code
            .match_indices(attribute)
            .map(|(from, _)| {
                let rest = self.code.get(from..).unwrap_or_default();
                (from, from + end_of_item(rest))
            })
            .collect()
    }

    /// Where attributes begin and end, each with its first word.
    pub(super) fn attributes(&self) -> Vec<(usize, usize, &str)> {
        let mut found = Vec::new();
        for opening in ["#[", "#!["] {
            for (from, _) in self.code.match_indices(opening) {
                let inside = self.code.get(from + opening.len()..).unwrap_or_default();
                let length = length_to_close(inside, b'[', b']');
                let word = inside
                    .split(|c: char| !c.is_alphanumeric() && c != '_')
                    .next();
                found.push((
                    from,
                    from + opening.len() + length,
                    word.unwrap_or_default(),
                ));
            }
        }
        found
    }
}

/// Up to and with the `}` or `;` that ends the item which `code` begins with.
fn end_of_item(code: &str) -> usize {
    let mut depth = 0usize;
    for (at, byte) in code.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1;
                }
            }
            b';' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    code.len()
}

fn length_to_close(code: &str, open: u8, close: u8) -> usize {
    let mut depth = 1usize;
    for (at, byte) in code.bytes().enumerate() {
        if byte == open {
            depth += 1;
        } else if byte == close {
            depth -= 1;
            if depth == 0 {
                return at + 1;
            }
        }
    }
    code.len()
}

struct Cursor<'a> {
    text: &'a [u8],
    at: usize,
    code: Vec<u8>,
    literals: Vec<(usize, &'a [u8])>,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a [u8] {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn step(&mut self) {
        let rest = self.rest();
        let in_word = self
            .code
            .last()
            .is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
        if rest.starts_with(b"//") {
            let length = rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len());
            self.blank(length);
        } else if rest.starts_with(b"/*") {
            self.blank(length_of_comment(rest));
        } else if rest.starts_with(b"'") {
            match length_of_character(rest) {
                Some(length) => self.blank(length),
                None => self.keep(1),
            }
        } else if let (false, Some((opening, length, closing))) = (in_word, raw_string(rest)) {
            self.literal(opening, length, closing);
        } else if rest.starts_with(b"\"") {
            let length = length_of_string(rest);
            self.literal(1, length, 1);
        } else {
            self.keep(1);
        }
    }

    /// A literal of `length` bytes with quotes of these lengths at its ends.
    fn literal(&mut self, opening: usize, length: usize, closing: usize) {
        let inside = self
            .rest()
            .get(opening..length.saturating_sub(closing))
            .unwrap_or_default();
        self.literals.push((self.at, inside));
        self.blank(length);
    }

    fn keep(&mut self, length: usize) {
        let next = self.rest();
        self.code.extend(next.iter().take(length));
        self.at += length;
    }

    fn blank(&mut self, length: usize) {
        let next = self.rest();
        self.code.extend(
            next.iter()
                .take(length)
                .map(|b| if *b == b'\n' { b'\n' } else { b' ' }),
        );
        self.at += length;
    }
}

fn length_of_comment(text: &[u8]) -> usize {
    let (mut depth, mut at) = (0usize, 0);
    while let Some(pair) = text.get(at..at + 2) {
        match pair {
            b"/*" => {
                depth += 1;
                at += 2;
            }
            b"*/" => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    text.len()
}

/// `'x'`, `'\n'`, `'가'`; `None` for a lifetime.
fn length_of_character(text: &[u8]) -> Option<usize> {
    if text.get(1) == Some(&b'\\') {
        let end = text.iter().skip(3).position(|b| *b == b'\'')?;
        return Some(end + 4);
    }
    let letter = text
        .get(1..)?
        .utf8_chunks()
        .next()?
        .valid()
        .chars()
        .next()?;
    let end = 1 + letter.len_utf8();
    (text.get(end) == Some(&b'\'')).then_some(end + 1)
}

fn length_of_string(text: &[u8]) -> usize {
    let mut at = 1;
    while let Some(byte) = text.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    text.len()
}

/// Lengths of the opening of a raw string (`br##"`), of it all, and of its closing (`"##`).
fn raw_string(text: &[u8]) -> Option<(usize, usize, usize)> {
    let letters = text
        .iter()
        .take_while(|b| matches!(b, b'b' | b'c' | b'r'))
        .count();
    if letters == 0 || letters > 2 || text.get(letters - 1) != Some(&b'r') {
        return None;
    }
    let hashes = text
        .iter()
        .skip(letters)
        .take_while(|b| **b == b'#')
        .count();
    let opening = letters + hashes + 1;
    if text.get(opening - 1) != Some(&b'"') {
        return None;
    }
    let mut closing = vec![b'"'];
    closing.resize(hashes + 1, b'#');
    let inside = text.get(opening..)?;
    let length = inside
        .windows(closing.len())
        .position(|w| w == closing)
        .unwrap_or(inside.len());
    let all = (opening + length + closing.len()).min(text.len());
    Some((opening, all, closing.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<String> {
        Rust::read(source)
            .literals
            .into_iter()
            .map(|(_at, text)| text)
            .collect()
    }

    #[test]
    fn finds_every_kind_of_string() {
        let source = r####"f("a\"b", b"c", r"d\", br#"e"f"#, 'g', '"', '\'', "h")"####;
        assert_eq!(texts(source), ["a\\\"b", "c", "d\\", "e\"f", "h"]);
    }

    #[test]
    fn takes_no_text_from_comments() {
        assert!(texts("// \"a\"\n/* \"b\" /* \"c\" */ \"d\" */ /// \"e\"").is_empty());
    }

    #[test]
    fn a_lifetime_opens_no_literal() {
        assert_eq!(texts("fn f<'a>(x: &'a str) -> &'a str { \"t\" }"), ["t"]);
    }

    #[test]
    fn code_keeps_its_length_and_lines() {
        let source = "let a = \"한 글\"; // unsafe\nunsafe {}";
        let rust = Rust::read(source);
        assert_eq!(rust.code.len(), source.len());
        assert_eq!(
            rust.words().filter(|(_at, word)| *word == "unsafe").count(),
            1
        );
    }

    #[test]
    fn an_item_under_test_ends_with_its_last_brace() {
        let source = "#[cfg(test)]\nmod tests { fn a() { b(\"}\") } }\nfn c() {}";
        let rust = Rust::read(source);
        let [(from, to)] = rust.items_marked("#[cfg(test)]")[..] else {
            panic!()
        };
        assert!(source[from..to].ends_with("} }") && source[to..].contains("fn c"));
    }
}
