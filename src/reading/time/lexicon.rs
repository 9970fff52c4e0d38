//! The cue words of English time expressions.
//!
//! What flows in is one word of letters, in any case; out comes what it is to the
//! grammar. Words with two lives (`may`, `march`, `second`, `sun`) are listed as
//! what a date would make of them; the grammar asks their neighbours.

use super::token::{DayPart, Part, Preposition, Unit, Vague, Verb, Which, Word};
use crate::reading::lexicon::Lexicon;

/// What a word that is no cue is to the grammar: words in `-ed` are taken for verbs in
/// the past.
pub(in crate::reading) fn by_form(word: &str) -> Word {
    if is_past_form(word.as_bytes()) { Word::Verb(Verb::Past) } else { Word::Other }
}

/// Whether a word that is no cue ends as a verb in the past does.
#[inline]
pub(in crate::reading) fn is_past_form(word: &[u8]) -> bool {
    matches!(word, [_, _, .., before, b'e' | b'E', b'd' | b'D'] if !matches!(before, b'e' | b'E'))
}

/// Words that count from one, and what the one with a number is.
type Series = (&'static [&'static str], fn(u8) -> Word);

/// Gives `lexicon` the cue words, in place of what their form makes of them.
pub(in crate::reading) fn list(lexicon: &mut Lexicon) {
    // Of two lists that share a word the later one decides.
    let series: [Series; 7] = [
        (&SHORT_MONTHS, |month| Word::Month { month, clear: false }),
        (&ORDINALS, Word::Ordinal),
        (&CARDINALS, |number| Word::Cardinal(number.into())),
        (&PLURAL_WEEKDAYS, Word::Weekdays),
        (&SHORT_WEEKDAYS, |weekday| Word::Weekday { weekday, full: false }),
        (&WEEKDAYS, |weekday| Word::Weekday { weekday, full: true }),
        (&MONTHS, |month| Word::Month { month, clear: !matches!(month, 3 | 5) }),
    ];
    for (spellings, word) in series {
        for (number, spellings) in (1..).zip(spellings) {
            for spelling in spellings.split(' ') {
                lexicon.entry(spelling).cue = word(number);
            }
        }
    }
    for (spellings, word) in CUES {
        for spelling in spellings.split(' ') {
            lexicon.entry(spelling).cue = *word;
        }
    }
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const SHORT_MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sept sep", "oct", "nov", "dec"];

const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const SHORT_WEEKDAYS: [&str; 7] =
    ["mon", "tue tues", "wed weds", "thu thur thurs", "fri", "sat", "sun"];

const PLURAL_WEEKDAYS: [&str; 7] =
    ["mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays"];

/// One to nineteen; the tens stand among the cues.
const CARDINALS: [&str; 19] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

/// First to twentieth; `thirtieth` stands among the cues.
const ORDINALS: [&str; 20] = [
    "first",
    "2nd",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

const CUES: &[(&str, Word)] = &[
    // Which one, and how far.
    ("last past", Word::Which(Which::Last)),
    ("this current", Word::Which(Which::This)),
    ("next coming upcoming", Word::Which(Which::Next)),
    ("previous preceding", Word::Which(Which::Previous)),
    ("following ensuing subsequent", Word::Which(Which::Following)),
    ("same that", Word::Which(Which::Same)),
    ("ago", Word::Ago),
    ("later afterward afterwards", Word::Later),
    ("earlier previously prior beforehand", Word::Earlier),
    ("early mid late", Word::Part(Part::Adjective)),
    ("end beginning start middle close dawn turn", Word::Part(Part::Noun)),
    // Units and what recurs.
    ("second", Word::Unit { unit: Unit::Second, plural: false }),
    ("seconds sec secs", Word::Unit { unit: Unit::Second, plural: true }),
    ("minute min", Word::Unit { unit: Unit::Minute, plural: false }),
    ("minutes mins", Word::Unit { unit: Unit::Minute, plural: true }),
    ("hour hr", Word::Unit { unit: Unit::Hour, plural: false }),
    ("hours hrs", Word::Unit { unit: Unit::Hour, plural: true }),
    ("day", Word::Unit { unit: Unit::Day, plural: false }),
    ("days", Word::Unit { unit: Unit::Day, plural: true }),
    ("week", Word::Unit { unit: Unit::Week, plural: false }),
    ("weeks", Word::Unit { unit: Unit::Week, plural: true }),
    ("fortnight", Word::Unit { unit: Unit::Fortnight, plural: false }),
    ("weekend", Word::Unit { unit: Unit::Weekend, plural: false }),
    ("weekends", Word::Unit { unit: Unit::Weekend, plural: true }),
    ("month", Word::Unit { unit: Unit::Month, plural: false }),
    ("months", Word::Unit { unit: Unit::Month, plural: true }),
    ("quarter", Word::Unit { unit: Unit::Quarter, plural: false }),
    ("quarters", Word::Unit { unit: Unit::Quarter, plural: true }),
    ("year", Word::Unit { unit: Unit::Year, plural: false }),
    ("years", Word::Unit { unit: Unit::Year, plural: true }),
    ("decade", Word::Unit { unit: Unit::Decade, plural: false }),
    ("decades", Word::Unit { unit: Unit::Decade, plural: true }),
    ("century", Word::Unit { unit: Unit::Century, plural: false }),
    ("centuries", Word::Unit { unit: Unit::Century, plural: true }),
    ("every each", Word::Every),
    ("per", Word::Per),
    ("once twice", Word::Times),
    ("hourly", Word::Recurring(Unit::Hour)),
    ("daily everyday nightly", Word::Recurring(Unit::Day)),
    ("weekly", Word::Recurring(Unit::Week)),
    ("fortnightly biweekly", Word::Recurring(Unit::Fortnight)),
    ("monthly", Word::Recurring(Unit::Month)),
    ("quarterly", Word::Recurring(Unit::Quarter)),
    ("yearly annually annual", Word::Recurring(Unit::Year)),
    // Days and their parts.
    ("today", Word::Deictic(0)),
    ("yesterday", Word::Deictic(-1)),
    ("tomorrow", Word::Deictic(1)),
    ("tonight tonite", Word::Tonight),
    ("morning", Word::DayPart { part: DayPart::Morning, plural: false }),
    ("mornings", Word::DayPart { part: DayPart::Morning, plural: true }),
    ("afternoon", Word::DayPart { part: DayPart::Afternoon, plural: false }),
    ("afternoons", Word::DayPart { part: DayPart::Afternoon, plural: true }),
    ("evening", Word::DayPart { part: DayPart::Evening, plural: false }),
    ("evenings", Word::DayPart { part: DayPart::Evening, plural: true }),
    ("night", Word::DayPart { part: DayPart::Night, plural: false }),
    ("nights", Word::DayPart { part: DayPart::Night, plural: true }),
    ("overnight", Word::DayPart { part: DayPart::Night, plural: false }),
    ("noon midday", Word::DayPart { part: DayPart::Noon, plural: false }),
    ("midnight", Word::DayPart { part: DayPart::Midnight, plural: false }),
    ("am", Word::Meridiem { pm: false }),
    ("pm", Word::Meridiem { pm: true }),
    (
        "gmt utc est edt cst cdt mst mdt pst pdt cet cest eet eest bst ist msk jst aest et",
        Word::Zone,
    ),
    ("spring", Word::Season(0)),
    ("summer", Word::Season(1)),
    ("autumn fall", Word::Season(2)),
    ("winter", Word::Season(3)),
    ("bc bce", Word::BeforeChrist),
    ("q h", Word::Label),
    ("fiscal", Word::Fiscal),
    (
        "christmas easter thanksgiving halloween new good boxing valentine labor labour orthodox black \
      memorial veterans juneteenth epiphany earth palm ash",
        Word::Holiday,
    ),
    // Numbers in words.
    ("twenty", Word::Cardinal(20)),
    ("thirty", Word::Cardinal(30)),
    ("forty", Word::Cardinal(40)),
    ("fifty", Word::Cardinal(50)),
    ("sixty", Word::Cardinal(60)),
    ("seventy", Word::Cardinal(70)),
    ("eighty", Word::Cardinal(80)),
    ("ninety", Word::Cardinal(90)),
    ("hundred", Word::Hundred),
    ("thousand", Word::Thousand),
    ("thirtieth", Word::Ordinal(30)),
    ("few several couple many", Word::Some),
    ("half", Word::Half),
    ("a an", Word::One),
    ("the these those", Word::Article),
    // Joints.
    ("in", Word::Preposition(Preposition::In)),
    ("on", Word::Preposition(Preposition::On)),
    ("at", Word::Preposition(Preposition::At)),
    ("of", Word::Preposition(Preposition::Of)),
    ("since", Word::Preposition(Preposition::Since)),
    ("from", Word::Preposition(Preposition::From)),
    ("until till", Word::Preposition(Preposition::Until)),
    ("by", Word::Preposition(Preposition::By)),
    ("before", Word::Preposition(Preposition::Before)),
    ("after", Word::Preposition(Preposition::After)),
    ("to", Word::Preposition(Preposition::To)),
    ("through", Word::Preposition(Preposition::Through)),
    ("between", Word::Preposition(Preposition::Between)),
    ("during throughout", Word::Preposition(Preposition::During)),
    ("for", Word::Preposition(Preposition::For)),
    ("within", Word::Preposition(Preposition::Within)),
    ("over", Word::Preposition(Preposition::Over)),
    (
        "around about circa approximately nearly almost roughly",
        Word::Preposition(Preposition::Around),
    ),
    ("and", Word::And),
    ("or", Word::Or),
    ("but while whereas although though when where which who because if as", Word::Conjunction),
    // Times without a date.
    ("now currently nowadays presently", Word::Vague(Vague::Present)),
    ("recently lately formerly", Word::Vague(Vague::Past)),
    ("recent", Word::Vague(Vague::Recent)),
    // Verbs, for the tense of a sentence.
    ("will would shall won ll", Word::Verb(Verb::Ahead)),
    (
        "due set scheduled expected planned slated likely poised supposed bound",
        Word::Verb(Verb::Plan),
    ),
    (
        "planning plan plans hopes hoping hope intends intend intended agreed agree vowed pledged \
      promised ready prepare preparing prepares wants want aims seeks pledge vow",
        Word::Verb(Verb::Intend),
    ),
    ("is are", Word::Verb(Verb::Is)),
    ("was were", Word::Verb(Verb::Was)),
    ("has have had", Word::Verb(Verb::Has)),
    ("be been being", Word::Verb(Verb::Be)),
    ("can could should must might", Word::Verb(Verb::Modal)),
    (
        "said told died met took came went saw began began broke brought built bought caught chose did drew \
      drove fell fled flew fought found gave got grew held hit kept knew laid led left lost made paid \
      put ran rose sent shot showed shut sold sought spoke spent spread struck swore taught \
      threw thought understood voted warned withdrew won wore wrote became urged called added",
        Word::Verb(Verb::Past),
    ),
    (
        "lasted remained stayed served continued ruled lived reigned worked stood",
        Word::Verb(Verb::Lasted),
    ),
    ("not never", Word::Not),
    (
        "begins starts opens ends expires meets decides flies travels resumes departs arrives faces \
      convenes reopens kicks heads",
        Word::Verb(Verb::Opens),
    ),
    ("decide meet begin resume", Word::Verb(Verb::Open)),
    ("i he she it we they you", Word::Pronoun),
    // What makes a number or a name of what follows.
    (
        "mr mrs ms miss dr sir lord lady president premier chancellor minister secretary senator \
      ambassador governor judge justice general colonel captain prof professor king queen prince",
        Word::Title,
    ),
    (
        "resolution article flight paragraph section room checkpoint chapter page no number route \
      highway model case bill law act convention protocol boeing airbus windows area building \
      unit battalion brigade regiment division apartment line channel version op block",
        Word::Numbered,
    ),
    (
        "people percent per cent men women children dollars euros pounds troops soldiers police votes \
      inmates prisoners refugees migrants workers students members meters metres kilometers \
      kilometres miles feet tons tonnes barrels cases deaths times degrees million billion points \
      seats staff acres hectares vehicles personnel km kg mm cm mph",
        Word::Counted,
    ),
    ("need speed indeed united red bed", Word::Other),
];
