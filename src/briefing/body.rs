//! The Markdown of a body, as what it has beside its prose.
//!
//! Most bodies read in Markdown as they do in prose, and most others have a few
//! backslashes and marks more. An archive keeps the prose of every article; to keep its
//! Markdown as well would be to keep the text twice.
//!
//! Entry points: [`Body::of`] and [`Body::markdown`].

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// The Markdown of a body, to be told with its prose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body(Kept);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Kept {
    /// All that the prose has to be changed in, in order.
    Changes(Box<[Change]>),
    /// The Markdown, which has too little of the prose: that of a table.
    Whole(Box<str>),
}

/// A place where the Markdown is not as the prose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Change {
    /// Byte of the prose.
    at: u32,
    /// Bytes of the prose that the Markdown does not have.
    cut: u32,
    /// What it has in their place.
    put: Box<str>,
}

impl Body {
    /// Keeps `markdown`, whose text is `prose`.
    pub fn of(markdown: &str, prose: &str) -> Self {
        let changes = changes(markdown, prose).map(|changes| Kept::Changes(changes.into()));
        Self(changes.unwrap_or_else(|| Kept::Whole(markdown.into())))
    }

    /// The Markdown, with the `prose` it was kept with.
    pub fn markdown<'a>(&'a self, prose: &'a str) -> Cow<'a, str> {
        match &self.0 {
            Kept::Whole(markdown) => Cow::Borrowed(markdown),
            Kept::Changes(changes) if changes.is_empty() => Cow::Borrowed(prose),
            Kept::Changes(changes) => {
                let put: usize = changes.iter().map(|change| change.put.len()).sum();
                let mut markdown = String::with_capacity(prose.len() + put);
                let mut from = 0;
                for Change { at, cut, put } in changes {
                    let at = *at as usize;
                    markdown.extend([prose.get(from..at).unwrap_or_default(), put]);
                    from = at + *cut as usize;
                }
                markdown.push_str(prose.get(from..).unwrap_or_default());
                Cow::Owned(markdown)
            }
        }
    }
}

/// What `prose` has to be changed in to be `markdown`; `None` where that would be much.
fn changes(markdown: &str, prose: &str) -> Option<Vec<Change>> {
    /// Bytes of a Markdown for each of its changes: fewer, and the whole is as short.
    const APART: usize = 64;
    let mut changes = Vec::new();
    let (mut left, mut at) = (markdown, 0);
    // A text is compared as a whole sooner than byte by byte.
    if markdown == prose {
        return Some(changes);
    }
    loop {
        let other = &prose[at..];
        let alike = alike(left, other);
        (left, at) = (&left[alike..], at + alike);
        let other = &other[alike..];
        if left.is_empty() && other.is_empty() {
            return Some(changes);
        }
        if changes.len() > markdown.len() / APART {
            return None;
        }
        let (put, cut) = until_alike(left, other)?;
        changes.push(Change {
            at: u32::try_from(at).ok()?,
            cut: u32::try_from(cut).ok()?,
            put: left[..put].into(),
        });
        (left, at) = (&left[put..], at + cut);
    }
}

/// How many bytes two texts begin with alike, by whole characters.
fn alike(one: &str, other: &str) -> usize {
    const MANY: usize = 32;
    let (a, b) = (one.as_bytes(), other.as_bytes());
    let many = a.chunks_exact(MANY).zip(b.chunks_exact(MANY)).take_while(|(a, b)| a == b);
    let many = many.count() * MANY;
    let few = a[many..].iter().zip(&b[many..]).take_while(|(a, b)| a == b).count();
    one.floor_char_boundary(many + few)
}

/// How many bytes of `markdown`, or else of `prose`, are to be passed over before both go
/// on alike.
fn until_alike(markdown: &str, prose: &str) -> Option<(usize, usize)> {
    /// Of a mark, an address of a link.
    const LONGEST: usize = 96;
    /// Bytes by which it is known that they do.
    const SURE: usize = 12;
    let goes_on = |put: usize, cut: usize| {
        let (Some(one), Some(other)) = (markdown.get(put..), prose.get(cut..)) else {
            return false;
        };
        let (one, other) = (one.as_bytes(), other.as_bytes());
        match (one.get(..SURE), other.get(..SURE)) {
            (Some(one), Some(other)) => one == other,
            _ => one == other,
        }
    };
    (1..=LONGEST).find_map(|n| {
        let put = goes_on(n, 0).then_some((n, 0));
        put.or_else(|| goes_on(0, n).then_some((0, n)))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn n_changes(markdown: &str, prose: &str) -> Option<usize> {
        let body = Body::of(markdown, prose);
        assert_eq!(body.markdown(prose), markdown);
        match body.0 {
            Kept::Changes(changes) => Some(changes.len()),
            Kept::Whole(_) => None,
        }
    }

    #[test]
    fn a_body_is_kept_as_what_it_has_beside_its_prose() {
        let prose = "The harbour of Kotor opened on Monday after a winter of repairs.\n\n\
                     Two cranes, * as we said, had been rebuilt – at a cost nobody has added up.";
        let escaped = prose.replace('*', "\\*");
        let marked = format!(
            "## {}",
            prose.replace("winter of repairs", "[winter of repairs](https://a.example)")
        );
        for (markdown, expected) in [
            (prose, Some(0)),
            (&escaped, Some(1)),
            (&prose.replace("winter of ", "winter"), Some(1)),
            (&prose.replace('–', "—"), None),
            (&marked, Some(3)),
            ("", None),
        ] {
            assert_eq!(n_changes(markdown, prose), expected, "{markdown}");
        }
        assert_eq!(n_changes("| a | b |", ""), Some(1));
        assert_eq!(n_changes("", ""), Some(0));
    }

    proptest! {
        #[test]
        fn every_body_comes_back(markdown in "[aé\\\\* –—]{0,60}", prose in "[aé* –—]{0,60}") {
            let body = Body::of(&markdown, &prose);
            prop_assert_eq!(body.markdown(&prose), markdown);
        }
    }
}
