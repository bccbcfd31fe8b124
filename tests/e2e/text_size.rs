//! Every screen with letters of each size that a person can choose, in both languages: no text is
//! cut off, and nothing has to be moved sideways.

use super::{Desk, views};

const SIZES: [&str; 3] = ["100", "150", "200"];

/// The texts that are cut off. A text counts where it is seen, whatever has to be scrolled down to;
/// where it can be moved into view by hand in one direction, it is not cut off in that direction.
const CUT: &str = "
    const found = [];
    const tell = (element, how, text) =>
        found.push(how + ': ' + (element.dataset.testid || element.className || element.tagName)
            + ' \"' + text.trim().slice(0, 40) + '\"');
    const seen = (element) => element.checkVisibility({opacityProperty: true, visibilityProperty: true})
        && !element.closest('.unseen');
    const clips = (how) => how === 'hidden' || how === 'clip';
    const scrolls = (how) => how === 'auto' || how === 'scroll';
    // The box of a line is taller than its letters.
    const letters = (box, size) => {
        const rest = Math.max(0, (box.height - size) / 2);
        return {left: box.left, right: box.right, top: box.top + rest, bottom: box.bottom - rest};
    };
    const cutBy = (element, box) => {
        let sideways = true, down = true;
        for (let around = element; around; around = around.parentElement) {
            const style = getComputedStyle(around), edge = around.getBoundingClientRect();
            if (sideways && clips(style.overflowX) && (box.left < edge.left - 1 || box.right > edge.right + 1))
                return 'cut at a side';
            if (down && clips(style.overflowY) && (box.top < edge.top - 1 || box.bottom > edge.bottom + 1))
                return 'cut above or below';
            if (scrolls(style.overflowX)) sideways = false;
            if (scrolls(style.overflowY)) down = false;
            if (style.position === 'fixed') break;
        }
        return sideways && (box.left < -1 || box.right > innerWidth + 1) ? 'beside the window' : null;
    };
    const pen = document.createElement('canvas').getContext('2d');
    const written = (element, text) => {
        const style = getComputedStyle(element);
        pen.font = style.fontStyle + ' ' + style.fontWeight + ' ' + style.fontSize + ' ' + style.fontFamily;
        const room = element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
        if (pen.measureText(text).width > room + 1) tell(element, 'longer than its field', text);
    };
    const lines = (text, from, to) => {
        const range = document.createRange();
        range.setStart(text, from);
        range.setEnd(text, to);
        return new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size;
    };
    let texts = 0;
    for (const element of document.body.querySelectorAll('*')) {
        if (!seen(element)) continue;
        if (element instanceof HTMLSelectElement) {
            texts += 1;
            written(element, element.selectedOptions[0]?.text ?? '');
        } else if (element instanceof HTMLInputElement && /^(text|search)$/.test(element.type)) {
            texts += 1;
            written(element, element.value || element.placeholder);
        }
        for (const text of element.childNodes) {
            if (text.nodeType !== Node.TEXT_NODE || !text.data.trim()) continue;
            if (element instanceof HTMLOptionElement || element instanceof HTMLCanvasElement) continue;
            texts += 1;
            const size = parseFloat(getComputedStyle(element).fontSize);
            const range = document.createRange();
            range.selectNodeContents(text);
            const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
            const how = boxes.map((box) => cutBy(element, letters(box, size))).find((how) => how);
            if (how) tell(element, how, text.data);
            // A path may break anywhere, and some scripts have no spaces.
            for (const word of text.data.matchAll(/(?<!\\S)[\\p{Script=Latin}\\p{Script=Hangul}\\p{N}]+(?!\\S)/gu))
                if (lines(text, word.index, word.index + word[0].length) > 1)
                    tell(element, 'broken in a word', word[0]);
        }
    }
    const page = document.scrollingElement;
    if (page.scrollWidth > innerWidth + 1) found.push('the page moves sideways: ' + page.scrollWidth);
    for (const box of document.querySelectorAll('.left, .right, .right *, dialog[open], dialog[open] *'))
        if (scrolls(getComputedStyle(box).overflowX) && box.scrollWidth > box.clientWidth + 1)
            found.push((box.dataset.testid || box.className) + ' moves sideways');
    return {texts, found};";

/// What the clerk works with is in view at once with the letters that it was drawn for.
const WHOLE: &str = "
    const columns = [...document.querySelectorAll('.left, .idle')];
    return columns.every((column) => column.scrollHeight <= column.clientHeight)";

/// What was looked at, and what was cut off there.
#[derive(Default)]
struct Found {
    screens: usize,
    cut: Vec<String>,
}

impl Found {
    fn look(&mut self, desk: &Desk, name: &str) {
        let said = desk.window.script(CUT);
        assert!(said["texts"].as_u64().unwrap() > 5, "{name}: {said}");
        let cut = said["found"].as_array().unwrap().iter();
        self.cut.extend(cut.map(|one| format!("{name}: {one}")));
        self.screens += 1;
        desk.window
            .picture(&format!("text-{}", name.replace([' ', ','], "-")));
    }
}

#[test]
fn no_text_is_cut_off_at_any_size() {
    let Some(desk) = Desk::open("text-size") else {
        return;
    };
    let mut found = Found::default();
    let ways = ["ko", "en"].map(|language| SIZES.map(|size| (language, size)));
    for view in views::ALL {
        view.each(
            &desk,
            ways.as_flattened(),
            |(language, size)| {
                desk.shown_in(language, "light");
                desk.toggle("text-next", "document.documentElement.dataset.text", size);
            },
            |(language, size)| {
                found.look(&desk, &format!("{} {language} {size}", view.name));
                if *size == "100" {
                    assert_eq!(desk.window.script(WHOLE), true, "{}", view.name);
                }
            },
        );
    }
    // The customer's window goes by the room it has, not by the clerk's eyes.
    views::before_the_customer(&desk, &["ko", "en", "th"], |tongue| {
        found.look(&desk, &format!("customer {tongue}"));
    });
    println!("figure text.screens {}", found.screens);
    println!("figure text.cut {}", found.cut.len());
    assert!(found.cut.is_empty(), "{:#?}", found.cut);
}

#[test]
fn a_text_that_is_cut_off_is_found() {
    let Some(desk) = Desk::open("text-cut") else {
        return;
    };
    let window = &desk.window;
    assert_eq!(window.script(CUT)["found"].as_array().unwrap().len(), 0);
    for (style, how) in [
        (
            "width: 30px; overflow: hidden; white-space: nowrap",
            "cut at a side",
        ),
        ("height: 8px; overflow: hidden", "cut above or below"),
        (
            "position: absolute; left: calc(100vw - 20px); white-space: nowrap",
            "moves sideways",
        ),
    ] {
        window.script(&format!(
            "const planted = document.createElement('p');
             planted.id = 'planted';
             planted.style.cssText = '{style}';
             planted.textContent = 'Too long for what it has';
             document.body.prepend(planted)"
        ));
        let said = window.script(CUT);
        let found = said["found"].to_string();
        assert!(
            found.contains(how) && found.contains("Too long"),
            "{how}: {found}"
        );
        window.script("document.getElementById('planted').remove()");
    }
}
