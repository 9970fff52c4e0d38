//! Names taken apart and evened out, so that two of them can be compared.

use std::borrow::Cow;

use super::super::lexicon::{self, Classes};
use crate::text::fold;

/// The first word of a folded name of several, where it is of no other use.
pub(super) fn own_first_word(name: &str) -> Option<&str> {
    let (first, _) = name.split_once(' ')?;
    (first.len() >= 4 && lexicon::classes(first) == Classes::NONE).then_some(first)
}

/// Given name and surname of a full name, folded; `None` for a bare one. A title
/// that was left on the name is passed over.
pub(super) fn person(name: &str) -> Option<(Cow<'_, str>, Cow<'_, str>)> {
    const SPACES: [char; 2] = [' ', '\u{A0}'];
    // Most names that are asked for are bare ones: no byte of theirs may be that of a space.
    if !name.bytes().any(|byte| byte == b' ' || !byte.is_ascii()) {
        return None;
    }
    let is_title = |classes: Classes| classes.any(Classes::TITLE) && !classes.any(Classes::GIVEN);
    let (mut given, mut surname) = (None, None);
    for word in name.split(SPACES) {
        let classes = lexicon::classes(word);
        if classes.any(Classes::PARTICLE) || is_suffix(word) {
            continue;
        }
        if given.is_some() {
            surname = Some(word);
            continue;
        }
        let title = match word.trim_end_matches('.') {
            bare if bare.len() < word.len() => is_title(lexicon::classes(bare)),
            _ => is_title(classes),
        };
        given = (!title).then_some(word);
    }
    let (given, surname) = (fold(given?), part(surname?));
    // "George W.": what follows the given name is no surname, the name stays whole.
    let initial = surname.chars().nth(1).is_none();
    Some((given, if initial { key(name) } else { surname }))
}

/// The folded last word of a name.
pub(super) fn last_part(name: &str) -> Cow<'_, str> {
    let last = name.split([' ', '\u{A0}']).rfind(|word| !is_suffix(word));
    part(last.unwrap_or(name))
}

/// A part of a name, folded, without an Arabic article.
fn part(word: &str) -> Cow<'_, str> {
    let folded = fold(word.trim_end_matches(['.', ',']));
    let bare = folded.strip_prefix("al-").or_else(|| folded.strip_prefix("el-"));
    match bare.map(str::to_owned) {
        Some(bare) => Cow::Owned(bare),
        None => folded,
    }
}

fn is_suffix(word: &str) -> bool {
    matches!(word.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III" | "IV" | "")
}

/// A whole name, folded, with its points and hyphens evened out.
pub(super) fn key(name: &str) -> Cow<'_, str> {
    let folded = fold(name);
    if !folded.bytes().any(|byte| matches!(byte, b'.' | b'-' | b'\n')) {
        return folded;
    }
    let mut key = String::with_capacity(folded.len());
    for c in folded.chars() {
        match c {
            '.' => {}
            '-' | '\n' => key.push(' '),
            _ => key.push(c),
        }
    }
    Cow::Owned(key)
}

/// The first letters of the words with a capital, folded.
pub(super) fn initials(name: &str) -> String {
    name.split([' ', '-'])
        .filter_map(|word| word.chars().next())
        .filter(|c| c.is_uppercase())
        .flat_map(char::to_lowercase)
        .collect()
}
