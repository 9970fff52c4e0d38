//! The words of the pages in one language.
//!
//! `templates/strings/` has a file of words for each language; the build script turns
//! them into tables and gives each word a name, in [`word`]. In come the language and
//! the archive's own files of that folder, which change single words or bring another
//! language; out comes a [`Wording`].
//!
//! The decision to question: words are woven into a template before it is parsed. A
//! page is rendered a hundred thousand times and its words never change between, so
//! they cost nothing then. What a template writes is said at [`Wording::weave`].

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::explanation::Explains;
use crate::config::nearest;
use crate::diagnostic::Diagnostic;
use crate::when::Names;

pub mod word {
    //! A constant for each word, with the English one as its description. Written by
    //! the build script from `templates/strings/en.toml`.
    use super::Word;
    include!(concat!(env!("OUT_DIR"), "/word.rs"));
}

mod built_in {
    //! Written by the build script: `NAMES` of all words in their order, and
    //! `LANGUAGES` (code, words), English first.
    include!(concat!(env!("OUT_DIR"), "/wording.rs"));
}

/// The folder of the files of words.
pub(super) const STRINGS: &str = "strings/";

/// A word of the pages: a sentence, a label, a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word(usize);

impl Word {
    /// Every word whose name begins with `prefix`.
    pub(super) fn group(prefix: &str) -> impl Iterator<Item = Self> {
        // Names are in order.
        let first = built_in::NAMES.partition_point(|name| *name < prefix);
        let n = built_in::NAMES[first..].partition_point(|name| name.starts_with(prefix));
        (first..first + n).map(Self)
    }

    /// What it is in English, without what an archive changes.
    pub(super) fn english(self) -> &'static str {
        built_in::LANGUAGES[0].1[self.0]
    }
}

/// Every word in one language.
#[derive(Debug, Clone)]
pub struct Wording {
    language: String,
    words: Vec<Cow<'static, str>>,
    dates: Names,
    /// Whether the sentences of records stand in pages as they are.
    pub(super) says_as_records: bool,
}

/// The languages that the program brings, English first.
pub fn languages() -> impl Iterator<Item = &'static str> {
    built_in::LANGUAGES.iter().map(|(language, _)| *language)
}

impl Default for Wording {
    /// The English words.
    fn default() -> Self {
        Self::built_in(built_in::LANGUAGES[0].0, &built_in::LANGUAGES[0].1)
    }
}

impl Wording {
    fn built_in(language: &str, words: &[&'static str]) -> Self {
        let words = words.iter().copied().map(Cow::Borrowed).collect();
        Self {
            language: language.to_owned(),
            words,
            dates: Names::english().clone(),
            says_as_records: true,
        }
        .settled()
    }

    /// The words of `language`, two or three letters; the English ones where there are
    /// no others.
    ///
    /// `own` are the archive's files by their path below `templates/`: `strings/it.toml`
    /// brings a language, and a file of a language of ours changes what it names. What
    /// it does not name stays as it is, or English.
    ///
    /// # Errors
    ///
    /// What is wrong with the file, each with its place: bad TOML, a word that there is
    /// not (with the nearest one), one that is no text, or holds what no page can print.
    pub fn new(language: &str, own: &[(String, String)]) -> Result<Self, Vec<Diagnostic>> {
        let name = format!("{STRINGS}{language}.toml");
        let known = built_in::LANGUAGES.iter().find(|(code, _)| *code == language);
        let mut wording =
            known.map_or_else(Self::default, |(code, words)| Self::built_in(code, words));
        if let Some((name, text)) = own.iter().find(|(own, _)| *own == name) {
            wording.change(&format!("templates/{name}"), text)?;
            language.clone_into(&mut wording.language);
        }
        Ok(wording.settled())
    }

    /// The language that the words are of.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The word.
    pub fn say(&self, word: Word) -> &str {
        &self.words[word.0]
    }

    /// The word with `values` in the place of the names in braces.
    pub fn fill(&self, word: Word, values: &[(&str, &str)]) -> String {
        filled(self.say(word), values)
    }

    /// What stands in the word before the place called `name`, and after it, for those who
    /// fill it many times; all of it before, where there is no such place.
    pub fn around(&self, word: Word, name: &str) -> (&str, &str) {
        let word = self.say(word);
        word.split_once(&*["{", name, "}"].concat()).unwrap_or((word, ""))
    }

    /// The words for dates.
    pub fn dates(&self) -> &Names {
        &self.dates
    }

    /// A number with a sign between its thousands: `12,480`.
    pub fn number(&self, n: usize) -> String {
        grouped(n, self.say(word::LANGUAGE_THOUSANDS))
    }

    /// The word for `n` of something, by those for one and for many.
    pub fn unit(&self, one: Word, many: Word, n: usize) -> &str {
        let zero_is_one = self.say(word::LANGUAGE_ZERO) == "one";
        self.say(if n == 1 || (zero_is_one && n == 0) { one } else { many })
    }

    /// `n` of something: `1 source`, `2,000 sources`, by the words for one and for many.
    pub fn counted(&self, one: Word, many: Word, n: usize) -> String {
        let mut out = String::with_capacity(24);
        self.push_counted(&mut out, one, many, n);
        out
    }

    /// Appends [`Wording::counted`].
    pub fn push_counted(&self, out: &mut String, one: Word, many: Word, n: usize) {
        for piece in pieces(self.unit(one, many, n)) {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Place("n") => out.push_str(&self.number(n)),
                Piece::Place(other) => out.push_str(other),
            }
        }
    }

    /// Whether `n` of something takes the form for one.
    fn is_one(&self, n: &str) -> String {
        let zero = self.say(word::LANGUAGE_ZERO) == "one";
        if zero { format!("{n} <= 1") } else { format!("{n} == 1") }
    }

    /// A template, or a script, with the words in it.
    ///
    /// `[[home.newest]]` becomes the word of this name, and `[[list.page-of page=pager.page
    /// pages=pager.pages]]` one with expressions of `tera` in the places that it names; an
    /// expression with a space in it stands in round brackets. A word with a form for one
    /// and one for many takes both, and a condition on `n`. `[[dir]]` is the attribute of
    /// an element whose words run from right to left, and empty where they do not.
    ///
    /// # Errors
    ///
    /// An error for every name that no word has.
    pub fn weave(&self, file: &str, text: &str) -> Result<String, Vec<Diagnostic>> {
        let mut out = String::with_capacity(text.len() + text.len() / 8);
        let mut errors = Vec::new();
        let mut done = 0;
        while let Some(start) = text[done..].find("[[").map(|at| done + at) {
            let inside = start + 2;
            let Some(call) = Call::read(&text[inside..]) else {
                out.push_str(&text[done..inside]);
                done = inside;
                continue;
            };
            let end = inside + call.length;
            out.push_str(&text[done..start]);
            done = end;
            match call.name {
                "dir" if is_rtl(&self.language) => out.push_str(" dir=\"rtl\""),
                "dir" => {}
                _ => match self.woven(&call) {
                    Some(woven) => out.push_str(&woven),
                    None => errors.push(report::no_word(file, text, start..end, call.name)),
                },
            }
        }
        out.push_str(&text[done..]);
        if errors.is_empty() { Ok(out) } else { Err(errors) }
    }

    /// What a template is given for `call`; `None` where no word has its name.
    fn woven(&self, call: &Call<'_>) -> Option<String> {
        if let Some(at) = position(call.name) {
            return Some(with_expressions(&self.words[at], call));
        }
        let form = |form: &str| Some(&self.words[position(&format!("{}.{form}", call.name))?]);
        let [one, many] = [form("one")?, form("many")?].map(|word| with_expressions(word, call));
        let condition = self.is_one(call.expression("n").unwrap_or("n"));
        Some(format!("{{% if {condition} %}}{one}{{% else %}}{many}{{% endif %}}"))
    }

    /// Takes the words of an archive's own file.
    fn change(&mut self, file: &str, text: &str) -> Result<(), Vec<Diagnostic>> {
        let (table, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            return Err(errors.iter().map(|error| report::syntax(file, text, error)).collect());
        }
        let mut errors = Vec::new();
        let mut open: Vec<(String, &DeTable<'_>)> = vec![(String::new(), table.get_ref())];
        while let Some((prefix, table)) = open.pop() {
            for (key, value) in table {
                let name = format!("{prefix}{}", key.get_ref());
                match value.get_ref() {
                    DeValue::Table(inner) => open.push((format!("{name}."), inner)),
                    DeValue::String(own) => match position(&name) {
                        Some(_) if own.contains(NEVER) || own.contains("{{") => {
                            errors.push(report::markup(file, text, value));
                        }
                        Some(at) => self.words[at] = Cow::Owned(own.to_string()),
                        None => errors.push(report::no_word(file, text, key.span(), &name)),
                    },
                    _ => errors.push(report::no_text(file, text, value)),
                }
            }
        }
        errors.sort_by_key(|error| error.place.as_ref().and_then(|place| place.line));
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    /// With what depends on the words as they are now.
    fn settled(mut self) -> Self {
        let own = |word: Word| self.say(word).to_owned();
        self.dates = Names {
            months: [
                word::DATE_JANUARY,
                word::DATE_FEBRUARY,
                word::DATE_MARCH,
                word::DATE_APRIL,
                word::DATE_MAY,
                word::DATE_JUNE,
                word::DATE_JULY,
                word::DATE_AUGUST,
                word::DATE_SEPTEMBER,
                word::DATE_OCTOBER,
                word::DATE_NOVEMBER,
                word::DATE_DECEMBER,
            ]
            .map(own),
            seasons: [word::DATE_SPRING, word::DATE_SUMMER, word::DATE_AUTUMN, word::DATE_WINTER]
                .map(own),
            day: own(word::DATE_DAY),
            first_day: own(word::DATE_FIRST_DAY),
            about: own(word::DATE_ABOUT),
            perhaps: own(word::DATE_PERHAPS),
            perhaps_about: own(word::DATE_PERHAPS_ABOUT),
            since: own(word::DATE_SINCE),
            until: own(word::DATE_UNTIL),
            until_day: own(word::DATE_UNTIL_DAY),
            any_time: own(word::DATE_ANY_TIME),
            or: own(word::DATE_OR),
            year_unknown: own(word::DATE_YEAR_UNKNOWN),
            month_unknown: own(word::DATE_MONTH_UNKNOWN),
            day_unknown: own(word::DATE_DAY_UNKNOWN),
            decade: own(word::DATE_DECADE),
            century: own(word::DATE_CENTURY),
            ordinals: [word::DATE_FIRST, word::DATE_SECOND, word::DATE_THIRD, word::DATE_NTH]
                .map(own),
            undated: own(word::DATE_UNDATED),
            inferred: own(word::DATE_INFERRED),
            and: own(word::LANGUAGE_AND),
        };
        self.says_as_records = Explains::ALL.iter().all(|what| self.is_english(*what));
        self
    }
}

/// Whether a language is written from right to left, by its code.
pub fn is_rtl(language: &str) -> bool {
    let primary = language.split('-').next().unwrap_or(language);
    ["ar", "he", "fa", "ur", "ps", "yi", "ckb", "dv", "sd", "ug"].contains(&primary)
}

/// What no word may hold: it goes into text, attributes and scripts alike.
const NEVER: [char; 7] = ['<', '>', '&', '"', '\\', '\n', '\r'];

/// A word with `values` in the place of the names in braces.
fn filled(word: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(64);
    for piece in pieces(word) {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Place(name) => {
                let value = values.iter().find(|(own, _)| *own == name);
                out.push_str(value.map_or(name, |(_, value)| value));
            }
        }
    }
    out
}

fn position(name: &str) -> Option<usize> {
    built_in::NAMES.iter().position(|own| *own == name)
}

/// `12480` with `sign` between its thousands.
pub(super) fn grouped(n: usize, sign: &str) -> String {
    let digits = n.to_string();
    if digits.len() <= 3 {
        return digits;
    }
    let mut out = String::with_capacity(digits.len() + 8);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push_str(sign);
        }
        out.push(digit);
    }
    out
}

/// A word with its places filled by expressions, and code where backticks stand.
fn with_expressions(word: &str, call: &Call<'_>) -> String {
    let mut out = String::with_capacity(word.len() + 32);
    let mut in_code = false;
    for piece in pieces(word) {
        match piece {
            Piece::Text(text) => {
                for (at, part) in text.split('`').enumerate() {
                    if at > 0 {
                        in_code = !in_code;
                        out.push_str(if in_code { "<code>" } else { "</code>" });
                    }
                    out.push_str(part);
                }
            }
            Piece::Place(name) => match call.expression(name) {
                Some(number) if name == "n" => out.extend(["{{ ", number, " | number }}"]),
                Some(expression) => out.extend(["{{ ", expression, " }}"]),
                // For a script, which fills it by itself.
                None => out.extend(["{", name, "}"]),
            },
        }
    }
    out
}

/// A part of a word.
pub(super) enum Piece<'a> {
    Text(&'a str),
    /// A name that stood in braces.
    Place(&'a str),
}

/// The pieces of a word: text first and last, though it may be empty.
pub(super) fn pieces(word: &str) -> impl Iterator<Item = Piece<'_>> {
    let (mut ahead, mut in_place) = (Some(word), false);
    std::iter::from_fn(move || {
        let rest = ahead?;
        let brace = place_of(rest, b'{');
        if std::mem::take(&mut in_place) {
            let part = &rest[..brace.unwrap_or(rest.len())];
            if let Some(end) = place_of(part, b'}') {
                ahead = Some(&rest[end + 1..]);
                return Some(Piece::Place(&rest[..end]));
            }
        }
        in_place = brace.is_some();
        ahead = brace.map(|at| &rest[at + 1..]);
        Some(Piece::Text(&rest[..brace.unwrap_or(rest.len())]))
    })
}

/// Where `sign`, which is ASCII, stands first. Words are so short that a search which is
/// faster in long texts takes longer to set up than to do.
fn place_of(text: &str, sign: u8) -> Option<usize> {
    text.bytes().position(|byte| byte == sign)
}

/// What a template writes between double brackets.
struct Call<'a> {
    name: &'a str,
    arguments: Vec<(&'a str, &'a str)>,
    /// Bytes, with the brackets at the end.
    length: usize,
}

impl<'a> Call<'a> {
    /// Reads what stands behind `[[`; `None` where that is none of ours.
    fn read(text: &'a str) -> Option<Self> {
        let is_name = |c: char| c.is_ascii_lowercase() || c == '-' || c == '.';
        let end = text.find(|c| !is_name(c))?;
        let (name, mut rest) = text.split_at(end);
        if name.is_empty() || !(name.contains('.') || name == "dir") {
            return None;
        }
        let mut arguments = Vec::new();
        loop {
            if let Some(after) = rest.strip_prefix("]]") {
                return Some(Self { name, arguments, length: text.len() - after.len() });
            }
            let (key, value) = rest.strip_prefix(' ')?.split_once('=')?;
            if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_lowercase()) {
                return None;
            }
            let mut depth = 0usize;
            let end = value.find(|c| {
                match c {
                    '(' => depth += 1,
                    ')' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                depth == 0 && (c == ' ' || c == ']')
            })?;
            arguments.push((key, &value[..end]));
            rest = &value[end..];
        }
    }

    fn expression(&self, name: &str) -> Option<&'a str> {
        self.arguments.iter().find(|(own, _)| *own == name).map(|(_, expression)| *expression)
    }
}

mod report {
    //! Every diagnostic about words.

    use std::ops::Range;

    use super::{DeValue, Diagnostic, Spanned, built_in, nearest};

    pub(super) fn syntax(file: &str, text: &str, error: &toml::de::Error) -> Diagnostic {
        let diagnostic = Diagnostic::error("strings-syntax", error.message().replace('\n', ", "));
        match error.span() {
            Some(span) => diagnostic.at(file, text, span, ""),
            None => diagnostic.in_file(file),
        }
    }

    pub(super) fn no_word(file: &str, text: &str, span: Range<usize>, name: &str) -> Diagnostic {
        let bare = |name: &'static str| {
            let form = name.strip_suffix(".one").or_else(|| name.strip_suffix(".many"));
            form.unwrap_or(name)
        };
        let help = match nearest(name, built_in::NAMES.iter().map(|name| bare(name))) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "every name stands in `templates/strings/en.toml` of the program's sources"
                .to_owned(),
        };
        Diagnostic::error("strings-unknown", format!("no word of the pages is called `{name}`"))
            .at(file, text, span, "")
            .help(help)
    }

    pub(super) fn no_text(file: &str, text: &str, value: &Spanned<DeValue<'_>>) -> Diagnostic {
        Diagnostic::error("strings-type", "a word is a text in quotation marks").at(
            file,
            text,
            value.span(),
            "",
        )
    }

    pub(super) fn markup(file: &str, text: &str, value: &Spanned<DeValue<'_>>) -> Diagnostic {
        Diagnostic::error("strings-markup", "this word cannot stand in a page as it is")
            .at(file, text, value.span(), "")
            .help("leave out `<`, `>`, `&`, `\"`, `\\`, line breaks and `{{`")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn german() -> Wording {
        Wording::new("de", &[]).unwrap()
    }

    #[test]
    fn every_language_has_every_word_with_the_same_places() {
        let places = |word: &str| -> Vec<String> {
            let mut names: Vec<String> = pieces(word)
                .filter_map(|piece| match piece {
                    Piece::Place(name) => Some(name.to_owned()),
                    Piece::Text(_) => None,
                })
                .collect();
            names.sort();
            names
        };
        let (_, english) = &built_in::LANGUAGES[0];
        for (language, words) in built_in::LANGUAGES {
            for ((name, ours), english) in built_in::NAMES.iter().zip(words).zip(english) {
                assert_eq!(places(ours), places(english), "{language}: {name}");
                assert!(!ours.contains(NEVER), "{language}: {name}: {ours}");
                assert_eq!(ours.matches('`').count() % 2, 0, "{language}: {name}: {ours}");
                assert_eq!(ours.is_empty(), english.is_empty(), "{language}: {name}");
            }
        }
        assert_eq!(languages().collect::<Vec<_>>(), ["en", "de", "fr"]);
    }

    #[test]
    fn english_dates_are_those_of_the_ground() {
        assert_eq!(Wording::default().dates(), Names::english());
    }

    #[test]
    fn a_date_is_said_in_each_language() {
        for (edtf, german, french) in [
            ("2022-11-07", "7. November 2022", "7 novembre 2022"),
            ("2022-05-01", "1. Mai 2022", "1er mai 2022"),
            ("2022-06-03/2022-06-05", "3.–5. Juni 2022", "3–5 juin 2022"),
            ("1998~", "um 1998", "vers 1998"),
            ("199X", "1990er Jahre", "années 1990"),
            ("19XX", "20. Jahrhundert", "20e siècle"),
            ("../2022-09-01", "bis 1. September 2022", "jusqu’au 1er septembre 2022"),
            ("../2022-09", "bis September 2022", "jusqu’en septembre 2022"),
        ] {
            let when = crate::when::When::parse(edtf).unwrap();
            let said = ["de", "fr"]
                .map(|language| when.label_in(Wording::new(language, &[]).unwrap().dates()));
            assert_eq!(said, [german, french], "{edtf}");
        }
    }

    #[test]
    fn numbers_are_grouped_as_the_language_does() {
        for (language, n, expected) in [
            ("en", 999, "999"),
            ("en", 12_480, "12,480"),
            ("de", 1_234_567, "1.234.567"),
            ("fr", 1_000, "1\u{202f}000"),
        ] {
            assert_eq!(Wording::new(language, &[]).unwrap().number(n), expected);
        }
    }

    #[test]
    fn words_are_woven_into_a_template() {
        for (language, template, expected) in [
            ("en", "<h2>[[home.newest]]</h2>", "<h2>Newest briefings</h2>"),
            (
                "de",
                "[[list.page-of page=pager.page pages=(a or b)]]",
                "Seite {{ pager.page }} von {{ (a or b) }}",
            ),
            (
                "en",
                "[[count.articles n=n]]",
                "{% if n == 1 %}{{ n | number }} article{% else %}{{ n | number }} articles{% endif %}",
            ),
            ("fr", "[[unit.actors n=x.n]]", "{% if x.n <= 1 %}acteur{% else %}acteurs{% endif %}"),
            (
                "en",
                "[[data.one-article-note]]",
                "Beside every article stand <code>index.md</code>, its cleaned text, and <code>index.json</code>, everything that was read in it.",
            ),
            ("en", "<li[[dir]]>", "<li>"),
            // What is none of ours stays: an array of a script, a wiki link.
            ("en", "[[0, 1], [[Page]], [[a.b", "[[0, 1], [[Page]], [[a.b"),
        ] {
            let woven = Wording::new(language, &[]).unwrap().weave("x.html", template).unwrap();
            assert_eq!(woven, expected, "{template}");
        }
    }

    #[test]
    fn a_misspelt_word_names_the_nearest() {
        let error = german().weave("templates/x.html", "a\n[[home.newst]]").unwrap_err();
        assert_eq!(error.len(), 1);
        assert_eq!(error[0].message, "no word of the pages is called `home.newst`");
        assert_eq!(error[0].help.as_deref(), Some("did you mean `home.newest`?"));
        assert_eq!(error[0].place.as_ref().and_then(|place| place.line), Some(2));
    }

    #[test]
    fn an_archive_changes_single_words_and_brings_languages() {
        let file = |name: &str, text: &str| [(name.to_owned(), text.to_owned())];
        let own = file("strings/en.toml", "[section]\nbriefings = \"Clippings\"");
        let wording = Wording::new("en", &own).unwrap();
        assert_eq!(wording.say(word::SECTION_BRIEFINGS), "Clippings");
        assert_eq!(wording.say(word::SECTION_ACTORS), "Actors");

        let own = file("strings/it.toml", "[date]\nmay = \"maggio\"");
        let wording = Wording::new("it", &own).unwrap();
        assert_eq!((wording.language(), wording.dates().month(5)), ("it", "maggio"));
        // Without a file the pages are in English, and say so.
        assert_eq!(Wording::new("it", &[]).unwrap().language(), "en");
    }

    #[test]
    fn a_broken_file_of_words_is_shown_at_its_place() {
        for (text, line, message) in [
            ("[home]\nnewst = \"x\"", 2, "no word of the pages is called `home.newst`"),
            ("[home]\nnewest = 3", 2, "a word is a text in quotation marks"),
            ("[home]\nnewest = \"<b>\"", 2, "this word cannot stand in a page as it is"),
            ("[home]\nlatest = \"{{ x }}\"", 2, "this word cannot stand in a page as it is"),
        ] {
            let own = [("strings/en.toml".to_owned(), text.to_owned())];
            let errors = Wording::new("en", &own).unwrap_err();
            let place = errors[0].place.as_ref().unwrap();
            assert_eq!((place.line, errors[0].message.as_str()), (Some(line), message), "{text}");
            assert_eq!(place.file, "templates/strings/en.toml");
        }
    }
}
