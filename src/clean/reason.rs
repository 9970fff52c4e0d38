//! Why a line is no part of the article, and what was mended in one: every reason
//! that the cleaner itself can write into a ledger.
//!
//! A reason is its words: records print them, and pages look their translation up by
//! them (`[rule]` in `templates/strings/`). One can be made only here, so the ledger
//! never names what the pages have no words for; the rules of an owner, which name
//! their pattern, are the exception ([`super::rule`]).

use crate::article::{PRIVATE_COMMENT as OWN_COMMENT, PRIVATE_MARK as OWN_MARK};

/// Why a line went, stayed in doubt, or was mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reason(&'static str);

impl Reason {
    /// The reason, for people.
    pub(super) const fn text(self) -> &'static str {
        self.0
    }
}

macro_rules! reasons {
    ($($name:ident = $text:expr;)*) => {
        $(pub(super) const $name: Reason = Reason($text);)*

        /// The words of every reason.
        #[cfg(test)]
        pub(crate) const ALL: &[&str] = &[$($text),*];
    };
}

reasons! {
    // What furniture is.
    SHARE = "share row";
    ADVERT = "advert marker";
    NAVIGATION = "navigation";
    SIGN_IN = "invitation to sign in or subscribe";
    NEWSLETTER = "newsletter prompt";
    FOOTER = "page footer";
    CONSENT = "cookie notice";
    COMMENTS = "readers' comments";
    RELATED = "related stories";
    READ_MORE = "link to another story";
    TAGS = "tags of the page";
    PLAYER = "player controls";
    SHOP = "shopping notice";
    AUTHOR_NOTE = "note on the author";
    COPYRIGHT = "copyright notice";
    COUNTER = "counter";
    READING_TIME = "reading time";
    AGE = "age of another story";
    ICONS = "icon names";
    MARKS = "separator";
    EMBED = "embedded post";
    SIGN_OFF = "agency sign-off";
    BREADCRUMB = "breadcrumb";

    // Where it stands, and what stands there already.
    ABOVE = "above the headline";
    BETWEEN = "between headline and text";
    BELOW = "after the end of the article";
    RELATED_BELOW = "related stories after the end of the article";
    UNLIKE = "unlike the text around it: teaser, menu or prompt";
    DOUBTFUL = "kept in doubt";
    OUTSIDE = "outside the article";
    BESIDE = "beside the article";
    REPEAT = "line printed a second time";
    REPEATED_HEADLINE = "repeated headline";
    HEADLINE_AGAIN = "headline printed a second time";
    RECURRING = "line that stands in several clippings of the outlet";
    STAMP_INSIDE = "stamp inside the text";
    STAMP_LABEL = "label of a stamp";
    BYLINE_INSIDE = "byline inside the text";
    PICTURE_WORDS = "words that describe a picture";
    OPENS_THE_TEXT = "sentence that also opens the text";
    SENTENCE_BETWEEN = "sentence between headline and text";

    // Of saved pages.
    MARKUP = "markup, scripts and data of the page";
    HIDDEN = "hidden on the page";
    OTHER_PAGE = "link to another page";
    UNDER_A_PICTURE = "text under a picture";
    HEADS_WHAT_WENT = "heading of what was removed";
    OUTLET_RULE = "rule of the outlet";

    // Of web clippers and programs for notes.
    CLIPPER_HEADING = "heading of a web clipper";
    CLIPPER_RULE = "rule of a web clipper";
    SHOWN_FILE = "file shown by a note-taking program";
    NOTE_LINK = "link to a note";
    HIGHLIGHT = "highlight";
    PRIVATE_COMMENT = OWN_COMMENT;
    PRIVATE_MARK = OWN_MARK;

    // What was mended.
    DATELINE = "dateline, kept as a field";
    CRAWL_DATE = "crawl date prefix";
    BROKEN_WORD = "hyphen that broke a word at the line end";
    UNBROKEN_SPACE = "space that does not break";
    TAB = "tab";
    WIDTHLESS = "character without width";
    SOFT_HYPHEN = "soft hyphen";
    LINE_SEPARATOR = "line separator";
    OBJECT = "placeholder of an object";
    CONTROL = "control character";
    REFERENCE = "character reference left over";
    QUOTE_OPENS = "closing quotation mark that opens";
    DOUBLED_SPACE = "doubled space";
}

/// The reasons that may be wrong about a sentence of the article: learnt odds, words
/// that describe pictures, weak forms, and the words of prompts, which an article about
/// newsletters has too. All others are sure.
pub(super) const UNSURE: &[Reason] = &[
    UNLIKE,
    BETWEEN,
    SENTENCE_BETWEEN,
    PICTURE_WORDS,
    STAMP_INSIDE,
    BYLINE_INSIDE,
    SIGN_IN,
    NEWSLETTER,
    CONSENT,
    SHOP,
    FOOTER,
    AUTHOR_NOTE,
];

#[cfg(test)]
mod tests {
    use super::ALL;

    #[test]
    fn no_two_reasons_have_the_same_words() {
        let mut words = ALL.to_vec();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), ALL.len());
    }
}
