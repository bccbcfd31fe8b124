//! Whether a text is a JSON object that has or says something, by looking for its letters.
//!
//! There is no parser here, and none is needed to name a thing: a quote inside a JSON string has a
//! backslash in front, so `"key":"value"` stands nowhere but where a member is. At which depth it
//! stands is not known.

/// A JSON object, from brace to brace.
#[derive(Clone, Copy)]
pub(super) struct Object<'a>(&'a [u8]);

impl<'a> Object<'a> {
    /// This text, where it begins and ends as an object does.
    pub(super) fn of(text: &'a [u8]) -> Option<Self> {
        let text = text.trim_ascii();
        matches!(text, [b'{', .., b'}']).then_some(Self(text))
    }

    /// Whether a member has this name.
    pub(super) fn has(self, name: &str) -> bool {
        self.values(name).next().is_some()
    }

    /// Whether a member of this name is this text.
    pub(super) fn says(self, name: &str, text: &str) -> bool {
        self.values(name).any(|value| {
            value
                .strip_prefix(b"\"")
                .and_then(|value| value.strip_prefix(text.as_bytes()))
                .is_some_and(|rest| rest.starts_with(b"\""))
        })
    }

    /// Whether a member of this name is a text that begins so.
    pub(super) fn says_first(self, name: &str, text: &str) -> bool {
        self.values(name).any(|value| {
            value
                .strip_prefix(b"\"")
                .is_some_and(|value| value.starts_with(text.as_bytes()))
        })
    }

    /// What stands behind the colon of each member of this name, to the end of the object.
    fn values(self, name: &str) -> impl Iterator<Item = &'a [u8]> {
        let Self(text) = self;
        let key = [b"\"", name.as_bytes(), b"\""].concat();
        (0..text.len()).filter_map(move |at| {
            let behind = text.get(at..)?.strip_prefix(key.as_slice())?;
            let value = behind.trim_ascii_start().strip_prefix(b":")?;
            Some(value.trim_ascii_start())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_members_and_no_words_inside_a_text() {
        let object =
            Object::of(b" {\n \"type\" : \"mip\", \"note\":\"\\\"cmd\\\":\\\"120\\\" \" }\r\n")
                .unwrap();
        assert!(object.has("type") && object.says("type", "mip"));
        assert!(object.says_first("type", "mi") && !object.says("type", "mi"));
        assert!(!object.has("cmd") && !object.has("mip") && !object.has("typ"));
        for text in [
            "",
            "{",
            "}",
            "[\"type\"]",
            "\"type\":\"mip\"",
            "{\"type\":\"mip\"",
        ] {
            assert!(Object::of(text.as_bytes()).is_none(), "{text}");
        }
        assert!(!Object::of(b"{}").unwrap().has("type"));
    }
}
