//! Code blocks with classes, by `syntect`.
//!
//! The classes are prefixed with `h-`; the style sheet for them is written by
//! `build.rs` from the same library.
//!
//! Grammars are regular expressions by the hundred: a block takes a millisecond,
//! as long as all the rest of an article. Blocks are therefore remembered by their
//! text, which makes a snippet that many articles print, and every later rendering
//! of a page, cost nothing.

use std::sync::{Arc, LazyLock};

use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;

use super::escape_html;
use crate::memo::{Key, Memo};

/// Blocks beyond this are shown plain: some grammars are slow on long input.
const BLOCK: usize = 64 * 1024;
/// Lines beyond this likewise.
const LINE: usize = 2 * 1024;

/// How many blocks are remembered.
const REMEMBERED: usize = 1024;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

static BLOCKS: LazyLock<Memo<Key, String>> = LazyLock::new(Memo::default);

/// The inside of `<code>`: escaped, and with classes where the language is known.
pub(super) fn html(language: &str, code: &str) -> Arc<String> {
    let key = Key::of("highlight", 1, &[language.as_bytes(), code.as_bytes()]);
    if BLOCKS.len() > REMEMBERED {
        // The first call makes all of them old, the second forgets them.
        BLOCKS.forget_unused();
        BLOCKS.forget_unused();
    }
    BLOCKS.get_or_make(key, || highlight(language, code))
}

fn highlight(language: &str, code: &str) -> String {
    let token = language.split([' ', ',', '{', ';']).next().unwrap_or("");
    if token.is_empty() || code.len() > BLOCK || code.lines().any(|line| line.len() > LINE) {
        return escape_html(code);
    }
    let Some(syntax) = SYNTAXES.find_syntax_by_token(token) else {
        return escape_html(code);
    };
    let style = ClassStyle::SpacedPrefixed { prefix: "h-" };
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, &SYNTAXES, style);
    for line in code.split_inclusive('\n') {
        if generator.parse_html_for_line_which_includes_newline(line).is_err() {
            return escape_html(code);
        }
    }
    generator.finalize()
}
