//! The words of stamps in the languages of the press: labels, months, weekdays,
//! time zones, and the small words between them.

use std::sync::LazyLock;

use super::Label;
use crate::text::fold;
use crate::vocabulary::Vocabulary;

/// The label that a folded word gives to the date after it.
pub(super) fn label_of(word: &str) -> Option<Label> {
    match word {
        "published"
        | "posted"
        | "publication"
        | "released"
        | "issued"
        | "created"
        | "filed"
        | "veroffentlicht"
        | "erschienen"
        | "erstellt"
        | "publie"
        | "publiee"
        | "paru"
        | "publicado"
        | "publicada"
        | "pubblicato"
        | "pubblicata"
        | "publicerad"
        | "publisert"
        | "gepubliceerd"
        | "geplaatst"
        | "opublikowano"
        | "publikacja"
        | "yayinlanma"
        | "yayinlandi"
        | "giris"
        | "objavljeno"
        | "objavljen"
        | "botuar"
        | "publikuar"
        | "publikovano"
        | "опубликовано"
        | "обjављено"
        | "објављено"
        | "опубліковано" => Some(Label::Published),
        "updated" | "update" | "modified" | "corrected" | "edited" | "revised" | "aktualisiert"
        | "stand" | "geandert" | "actualise" | "modifie" | "actualizado" | "actualizada"
        | "atualizado" | "aggiornato" | "aggiornata" | "uppdaterad" | "oppdatert" | "opdateret"
        | "bijgewerkt" | "zaktualizowano" | "aktualizacja" | "guncelleme" | "guncellendi"
        | "azurirano" | "izmenjeno" | "perditesuar" | "обновлено" | "ажурирано" | "измењено"
        | "оновлено" => Some(Label::Updated),
        _ => None,
    }
}

/// Words that only join the parts of a stamp, folded.
pub(super) fn is_link(word: &str) -> bool {
    matches!(
        word,
        "on" | "at"
            | "first"
            | "last"
            | "originally"
            | "date"
            | "time"
            | "and"
            | "um"
            | "am"
            | "vom"
            | "den"
            | "der"
            | "le"
            | "la"
            | "a"
            | "el"
            | "alle"
            | "ore"
            | "las"
            | "kl"
            | "il"
            | "zuletzt"
            | "letzte"
            | "was"
            | "is"
            | "of"
            | "in"
            | "mis"
            | "jour"
            | "maj"
            | "ultima"
            | "dernier"
            | "derniere"
            | "this"
            | "article"
            | "story"
            | "u"
            | "uhr"
            | "local"
            | "from"
            | "et"
            | "tarihi"
            | "saat"
            | "o"
            | "as"
            | "em"
            | "s"
            | "st"
            | "nd"
            | "rd"
            | "th"
            | "reading"
            | "lesezeit"
            | "est"
            | "more"
            | "than"
            | "news"
    )
}

pub(super) fn is_weekday(word: &str) -> bool {
    matches!(
        word,
        "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "mon"
            | "tue"
            | "tues"
            | "wed"
            | "thu"
            | "thur"
            | "thurs"
            | "fri"
            | "sat"
            | "sun"
            | "montag"
            | "dienstag"
            | "mittwoch"
            | "donnerstag"
            | "freitag"
            | "samstag"
            | "sonnabend"
            | "sonntag"
            | "mo"
            | "di"
            | "mi"
            | "do"
            | "fr"
            | "sa"
            | "so"
            | "lundi"
            | "mardi"
            | "mercredi"
            | "jeudi"
            | "vendredi"
            | "samedi"
            | "dimanche"
            | "lunes"
            | "martes"
            | "miercoles"
            | "jueves"
            | "viernes"
            | "sabado"
            | "domingo"
            | "lunedi"
            | "martedi"
            | "mercoledi"
            | "giovedi"
            | "venerdi"
            | "sabato"
            | "domenica"
            | "maandag"
            | "dinsdag"
            | "woensdag"
            | "donderdag"
            | "vrijdag"
            | "zaterdag"
            | "zondag"
            | "ponedeljak"
            | "utorak"
            | "sreda"
            | "cetvrtak"
            | "petak"
            | "subota"
            | "nedelja"
            | "nedjelja"
            | "ponedjeljak"
            | "srijeda"
            | "hene"
            | "marte"
            | "merkure"
            | "enjte"
            | "premte"
            | "shtune"
            | "diel"
    )
}

pub(super) fn is_zone(word: &str) -> bool {
    matches!(
        word,
        "UTC"
            | "GMT"
            | "EST"
            | "EDT"
            | "ET"
            | "CST"
            | "CDT"
            | "CT"
            | "MST"
            | "MDT"
            | "MT"
            | "PST"
            | "PDT"
            | "PT"
            | "BST"
            | "CET"
            | "CEST"
            | "EET"
            | "EEST"
            | "IST"
            | "MSK"
            | "JST"
            | "KST"
            | "HKT"
            | "SGT"
            | "AEST"
            | "AEDT"
            | "AWST"
            | "ACST"
            | "NZDT"
            | "NZST"
            | "WAT"
            | "EAT"
            | "SAST"
            | "MEZ"
            | "MESZ"
            | "TRT"
            | "PKT"
            | "WIB"
            | "AST"
            | "AKST"
            | "HST"
    )
}

/// The months as they are written in the languages of the press, folded.
const MONTHS: [&str; 12] = [
    "jan january januar janner janvier janv enero ene gennaio gen janeiro januari ocak janar \
     stycznia sijecnja января јануар січня styczen ledna",
    "feb february februar feber fevrier fevr febrero febbraio fevereiro februari subat shkurt \
     lutego veljace февраля фебруар лютого unora",
    "mar march marz maerz mrz mars marzo marco maart mart marts marca ozujka марта март березня \
     brezna",
    "apr april avril avr abril abr aprile nisan prill kwietnia travnja апреля април квітня \
     dubna",
    "may mai mayo maggio mag maio mei maj mayis maja svibnja мая маj мај травня kvetna",
    "jun june juni juin junio giugno giu junho haziran qershor czerwca lipnja июня јун червня \
     cervna",
    "jul july juli juillet juil julio luglio lug julho temmuz korrik lipca srpnja июля јул \
     липня cervence",
    "aug august aout agosto ago augustus augusti agustos gusht sierpnia kolovoza avgust августа \
     август серпня srpna",
    "sep sept september septembre septiembre settembre set setembro eylul shtator wrzesnia \
     rujna septembar сентября септембар вересня zari",
    "oct october okt oktober octobre octubre ottobre ott outubro ekim tetor pazdziernika \
     oktobar октября октобар жовтня rijna",
    "nov november novembre noviembre novembro kasim nentor studenoga studenog novembar ноября \
     новембар листопада",
    "dec december dez dezember decembre diciembre dic dicembre dezembro aralik dhjetor grudnia \
     prosinca decembar декабря децембар грудня prosince",
];

/// The same, each word with the number of its month: every word of a stamp is looked up.
static NUMBERS: LazyLock<Vocabulary<u32>> = LazyLock::new(|| {
    let mut numbers = Vocabulary::default();
    for (number, names) in (1..).zip(MONTHS) {
        names.split(' ').for_each(|name| *numbers.slot(name) = number);
    }
    numbers
});

/// The month that a word names, 1 to 12.
pub(in super::super) fn month(word: &str) -> Option<u32> {
    if word.len() < 3 || word.len() > 20 {
        return None;
    }
    let number = if word.is_ascii() { NUMBERS.get(word) } else { NUMBERS.get(&fold(word)) };
    (number > 0).then_some(number)
}
