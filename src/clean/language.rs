//! The language of a clipping.
//!
//! A kilobyte of its text goes in; an ISO 639-1 code comes out, or nothing where it
//! does not tell. English is known by its commonest words, which is cheaper than
//! asking and nearly always the answer.
//!
//! Entry point: [`language_of`].

use super::line;

/// The language of the text, as ISO 639-1 code, where a kilobyte of it tells.
pub(super) fn language_of(text: &str, from: usize) -> Option<&'static str> {
    const ENOUGH: usize = 1024;
    // behind the menus, where the clipping has any length
    let start = if text.len() - from > 4 * ENOUGH { from + ENOUGH } else { from };
    let start = text.ceil_char_boundary(start);
    let sample = &text[start..text.floor_char_boundary((start + ENOUGH).min(text.len()))];
    if is_english(sample) {
        return Some("en");
    }
    let info = whatlang::detect(sample).filter(whatlang::Info::is_reliable)?;
    two_letters(info.lang())
}

/// Whether the commonest English words make up an eighth of the sample: cheaper
/// than asking, and nearly always the answer.
fn is_english(sample: &str) -> bool {
    let bytes = sample.as_bytes();
    let (mut words, mut english, mut start) = (0, 0, 0);
    let mut word = |end: usize| {
        words += usize::from(end > start);
        english += usize::from(is_common(&bytes[start..end]));
        start = end + 1;
    };
    line::each_place(bytes, |[byte, ..]| byte.is_ascii_whitespace(), &mut word);
    word(bytes.len());
    words >= 20 && english * 8 >= words
}

/// Whether a word is one of the commonest in English.
fn is_common(word: &[u8]) -> bool {
    // few of those words are compared with one of two, three or four letters
    match word {
        [a, b] => {
            matches!(&[*a, *b], b"of" | b"to" | b"is" | b"by" | b"at" | b"it" | b"an" | b"be")
        }
        [a, b, c] => matches!(
            &[*a, *b, *c],
            b"the" | b"and" | b"was" | b"for" | b"his" | b"The" | b"its" | b"has"
        ),
        [a, b, c, d] => {
            matches!(&[*a, *b, *c, *d], b"that" | b"with" | b"said" | b"from" | b"have" | b"this")
        }
        _ => false,
    }
}

fn two_letters(lang: whatlang::Lang) -> Option<&'static str> {
    use whatlang::Lang;
    Some(match lang {
        Lang::Eng => "en",
        Lang::Deu => "de",
        Lang::Fra => "fr",
        Lang::Spa => "es",
        Lang::Ita => "it",
        Lang::Por => "pt",
        Lang::Nld => "nl",
        Lang::Swe => "sv",
        Lang::Dan => "da",
        Lang::Nob => "no",
        Lang::Fin => "fi",
        Lang::Pol => "pl",
        Lang::Ces => "cs",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Bul => "bg",
        Lang::Ron => "ro",
        Lang::Hun => "hu",
        Lang::Ell => "el",
        Lang::Tur => "tr",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Bel => "be",
        Lang::Ara => "ar",
        Lang::Pes => "fa",
        Lang::Heb => "he",
        Lang::Hin => "hi",
        Lang::Ben => "bn",
        Lang::Urd => "ur",
        Lang::Tam => "ta",
        Lang::Cmn => "zh",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Vie => "vi",
        Lang::Ind => "id",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Aze => "az",
        Lang::Hye => "hy",
        Lang::Kat => "ka",
        Lang::Cat => "ca",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_sentences_tell_the_language() {
        for (text, expected) in [
            (
                "The harbour of Kotor opened on Monday, and the port master said that it was in time for the ferries to the south.",
                Some("en"),
            ),
            (
                "Der Hafen von Kotor wurde am Montag wieder geöffnet, nachdem zwei Kräne den Winter über neu gebaut worden waren.",
                Some("de"),
            ),
            (
                "Le port de Kotor a rouvert lundi après un hiver de travaux pendant lequel deux grues ont été reconstruites.",
                Some("fr"),
            ),
            (
                "El puerto de Kotor volvió a abrir el lunes después de un invierno de obras en las que se reconstruyeron dos grúas.",
                Some("es"),
            ),
            (
                "Il porto di Cattaro ha riaperto lunedì dopo un inverno di lavori durante il quale sono state ricostruite due gru.",
                Some("it"),
            ),
            ("", None),
        ] {
            assert_eq!(language_of(text, 0), expected, "{text:?}");
        }
    }
}
