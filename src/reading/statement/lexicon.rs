//! The words that decide who said what.
//!
//! A few hundred English words by what they do in a sentence, and the verbs of
//! saying with what may follow them. Words that are not here are taken for nouns
//! or verbs by their shape; so the lists hold only what shape cannot tell.
//!
//! Entry point: [`class`].

use crate::reading::lexicon::{Lexicon, lexicon};

/// What a word does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[repr(u8)]
pub(in crate::reading) enum Class {
    /// `the`: names what is known.
    Definite,
    /// `a`, `some`, `three`: names what is new.
    Determiner,
    /// `his`, `their`.
    Possessive,
    /// A pronoun that can be a subject.
    Pronoun(Pronoun),
    /// `him`, `them`.
    Object,
    /// `who`, `which`.
    Relative,
    /// `of`.
    Of,
    /// Other prepositions.
    Preposition,
    /// `to`.
    To,
    /// Forms of "be".
    Be,
    /// Forms of "have" and "do".
    Have,
    /// `will`, `could`.
    Modal,
    /// `and`, `or`, `but`.
    And,
    /// `because`, `while`, `what`.
    Subordinator,
    /// `that`.
    That,
    /// `not`, `never`.
    Negation,
    /// `also`, `later`.
    Adverb,
    /// `Tuesday`, `week`.
    Time,
    /// What one person is: `president`, `spokeswoman`.
    Role,
    /// What several are: `officials`, `police`.
    Collective,
    /// What a body is: `ministry`, `alliance`.
    Body,
    /// What is written: `report`, `letter`.
    Document,
    /// Introduces a name or a title in quotation marks: `dubbed`, `film`.
    Label,
    /// A finite verb that reports nothing.
    Finite,
    /// A verb that reports.
    Report(Verb),
    /// `according`.
    According,
    /// None of these.
    #[default]
    Unknown,
}

/// Pronouns that can speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::reading) enum Pronoun {
    /// He or she: which one the text means is for its reader.
    Person,
    /// `it`
    It,
    /// `they`
    They,
    /// `I`, `we`, `you`, `there`: nobody that could be looked up.
    Other,
}

/// A form of a verb of saying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::reading) struct Verb {
    /// What may follow.
    pub frame: Frame,
    /// Which form.
    pub form: Form,
    /// Whether the same word is a noun as well: `claims`.
    pub noun: bool,
}

/// What a verb of saying takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::reading) enum Frame {
    /// A quotation or a clause, with `that` or without.
    Say,
    /// The same after an addressee: `told reporters`.
    Tell,
    /// A quotation or a clause; other objects are acts: `announced the opening`.
    Announce,
    /// Any object, which is what was said: `accused X of …`, `urged X to …`.
    Target,
    /// An object after `on` or `for`, a quotation otherwise: `called on X to …`.
    Call,
    /// A quotation only: `read`, `joked`.
    Quote,
}

/// Forms of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::reading) enum Form {
    /// `say`
    Base,
    /// `says`
    Third,
    /// `said`, past tense or participle
    Past,
    /// `saying`
    Ing,
}

/// What `word`, in any case, does.
pub(super) fn class(word: &str) -> Class {
    lexicon().of(word).class
}

/// Whether a name that begins with `word` is that of a place or a body.
pub(super) fn begins_place(word: &str) -> bool {
    matches!(
        word,
        "New"
            | "North"
            | "South"
            | "East"
            | "West"
            | "Northern"
            | "Southern"
            | "Eastern"
            | "Western"
            | "Central"
            | "United"
            | "Saudi"
            | "Sri"
            | "San"
            | "Los"
            | "Las"
            | "Hong"
            | "Costa"
            | "Puerto"
            | "Sierra"
            | "Great"
            | "Royal"
            | "National"
            | "International"
            | "Supreme"
            | "Foreign"
            | "Prime"
            | "Associated"
    )
}

/// Whether a name that holds `word` is that of a body, an outlet or a street.
pub(super) fn is_in_no_person(word: &str) -> bool {
    matches!(
        word,
        "News"
            | "Times"
            | "Post"
            | "Herald"
            | "Press"
            | "Journal"
            | "Street"
            | "Agency"
            | "Authority"
            | "Research"
            | "Group"
            | "Union"
            | "Online"
            | "Radio"
            | "Television"
            | "TV"
    )
}

/// Whether a role is one that whoever leads a body may be called by.
pub(super) fn leads(role: &str) -> bool {
    matches!(
        role,
        "chief"
            | "head"
            | "leader"
            | "boss"
            | "president"
            | "secretary-general"
            | "general"
            | "secretary"
            | "director"
            | "chairman"
            | "chairwoman"
            | "chair"
            | "ceo"
            | "commander"
            | "premier"
            | "chancellor"
            | "commissioner"
            | "minister"
    )
}

/// Whether a role, in any case, speaks for the body it belongs to.
pub(super) fn speaks_for(role: &str) -> bool {
    [
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "spokespeople",
        "spokesmen",
        "official",
        "officials",
        "diplomats",
        "diplomat",
        "authorities",
        "police",
        "sources",
    ]
    .iter()
    .any(|speaker| speaker.eq_ignore_ascii_case(role))
}

const CLASSES: &[(Class, &str)] = &[
    (Class::Definite, "the"),
    (
        Class::Determiner,
        "a an this these those some several many most all both other another no every each one \
         two three four five six seven eight nine ten dozens hundreds thousands few any such \
         either neither last next early late more",
    ),
    (Class::Possessive, "his her its their our my your"),
    (Class::Pronoun(Pronoun::Person), "he she"),
    (Class::Pronoun(Pronoun::It), "it"),
    (Class::Pronoun(Pronoun::They), "they"),
    (Class::Pronoun(Pronoun::Other), "i we you there"),
    (Class::Object, "him them us me himself herself itself themselves"),
    (Class::Relative, "who which"),
    (Class::Of, "of"),
    (
        Class::Preposition,
        "in on at from for with by during about over under between among through into against \
         like via near despite amid within without including following ahead toward towards upon \
         across around outside inside per alongside",
    ),
    (Class::To, "to"),
    (Class::Be, "is are was were be been being am isn't aren't wasn't weren't"),
    (Class::Have, "has have had having do does did hasn't haven't hadn't"),
    (
        Class::Modal,
        "will would can could may might shall should must won't wouldn't can't couldn't cannot",
    ),
    (Class::And, "and or but nor yet"),
    (
        Class::Subordinator,
        "because while when where if although though unless whereas whether what how why once \
         since until after before as than so lest",
    ),
    (Class::That, "that"),
    (Class::Negation, "not never don't doesn't didn't"),
    (
        Class::Adverb,
        "also then later earlier again even further previously recently already still just too \
         instead now however therefore thus only often once meanwhile moreover nevertheless \
         afterwards ever always soon though simply initially",
    ),
    (
        Class::Time,
        "monday tuesday wednesday thursday friday saturday sunday january february march april \
         june july august september october november december jan feb mar apr jun jul aug sep \
         sept oct nov dec today yesterday tomorrow tonight week weeks month months year years day \
         days hour hours minute minutes morning afternoon evening night weekend noon midnight ago \
         a.m p.m am pm gmt",
    ),
    (
        Class::Role,
        "president vice-president premier minister secretary secretary-general undersecretary \
         chancellor chief head leader boss commander general colonel col lt gen maj major capt \
         captain sgt sergeant lieutenant adm admiral brig brigadier cmdr marshal spokesman \
         spokeswoman spokesperson ambassador envoy mayor governor gov senator sen lawmaker \
         congressman congresswoman rep representative deputy director chairman chairwoman chair \
         chairperson ceo founder co-founder cofounder professor prof doctor dr mr mrs ms miss mx \
         sir lord lady dame baroness judge justice prosecutor lawyer attorney solicitor analyst \
         expert economist historian researcher scientist author co-author coauthor coach manager \
         officer sheriff detective inspector superintendent pope bishop archbishop cardinal rev \
         reverend imam rabbi king queen prince princess emperor sultan sheikh ayatollah activist \
         journalist reporter editor correspondent official diplomat negotiator mediator \
         coordinator commissioner speaker mp mep msp councillor councilor alderman teacher \
         principal rector dean student resident owner executive treasurer candidate nominee \
         father mother brother sister son daughter wife husband uncle aunt cousin neighbor \
         neighbour actor actress singer musician writer poet novelist playwright artist painter \
         director-general producer player striker goalkeeper midfielder defender driver pilot \
         farmer fisherman worker witness victim survivor man woman boy girl veteran volunteer \
         organiser organizer investigator engineer architect surgeon physician nurse biologist \
         physicist chemist astronomer geologist psychologist sociologist academic scholar \
         adviser advisor aide counsel ombudsman coroner firefighter policeman policewoman soldier \
         president-elect warden whistleblower blogger fan designer developer \
         inventor entrepreneur businessman businesswoman billionaire philanthropist minister-elect \
         supremo skipper",
    ),
    (
        Class::Collective,
        "officials diplomats critics experts analysts ministers leaders police authorities \
         researchers scientists sources lawyers prosecutors residents witnesses activists \
         protesters demonstrators opponents supporters observers economists lawmakers troops \
         soldiers forces officers investigators doctors teachers students parents families \
         spokespeople representatives senators politicians allies negotiators mediators \
         authors historians academics journalists reporters campaigners organisers organizers \
         unions workers farmers locals neighbors neighbours relatives friends colleagues \
         executives employees members voters republicans democrats conservatives people others \
         media commentators reviewers rebels militants separatists insurgents inspectors judges \
         firefighters rescuers medics astronomers engineers advocates environmentalists users",
    ),
    (
        Class::Body,
        "ministry government council commission parliament party court agency company bank \
         university alliance bloc union organisation organization group department office \
         committee force mission army military embassy administration authority foundation \
         institute association federation church club firm team board senate house congress \
         cabinet kremlin pentagon navy service inspectorate newspaper magazine outlet broadcaster \
         network country state city nation kingdom republic municipality corporation school \
         college hospital bureau centre center laboratory society charity regulator watchdog \
         tribunal assembly secretariat coalition opposition consortium airline manufacturer \
         retailer publisher studio museum observatory",
    ),
    (
        Class::Document,
        "report statement letter study document survey poll article memo memorandum communique \
         communiqué declaration text note email e-mail tweet post message resolution findings \
         results figures filing complaint indictment lawsuit ruling verdict motion petition \
         review audit analysis census website webpage leaflet caption headline sign banner",
    ),
    (
        Class::Label,
        "named nicknamed dubbed titled entitled labelled labeled so-called film movie song book \
         novel album series episode hashtag game programme program show single play musical \
         poem opera exhibition category word phrase term codenamed slogan renamed",
    ),
    (
        Class::Finite,
        "came went took made gave met held spoke began left ran got kept won lost fell rose \
         grew sent led brought bought built felt saw stood became paid sat broke drew drove shot \
         fought hit cut put let set seems seem appears remains remain comes goes takes makes gives \
         meets holds speaks begins leaves runs gets keeps wins loses falls rises grows sends leads \
         brings wants need needs know knows knew refuses stands became becomes lies live lives \
         shut quit struck sought withdrew overcame underwent arose",
    ),
    (Class::According, "according"),
];

const IRREGULAR: &[(&str, &str)] = &[
    ("say", "said"),
    ("tell", "told"),
    ("write", "wrote written"),
    ("think", "thought"),
    ("read", "read"),
    ("forecast", "forecast"),
    ("forbid", "forbade"),
    ("swear", "swore sworn"),
    ("show", "showed shown"),
    ("find", "found"),
];

/// Verbs of saying by frame; `*` marks those whose forms are nouns as well.
const VERBS: &[(Frame, &str)] = &[
    (
        Frame::Say,
        "say insist argue claim* maintain allege assert believe think state* estimate* reckon \
         explain suggest acknowledge admit concede contend opine predict complain boast lament \
         fear* hope* expect recall recommend testify caution* warn stress* emphasise emphasize \
         observe remark* comment* note* mention* quip joke* vow* speculate theorise theorize \
         suspect* worry* reason* imply declare pronounce underline underscore reiterate",
    ),
    (Frame::Tell, "tell inform remind assure advise notify"),
    (
        Frame::Announce,
        "add announce confirm reveal disclose report* write indicate reply* respond answer* \
         conclude repeat clarify specify elaborate counter* show* pledge* promise* agree \
         swear proclaim find tweet* post* signal* point charge* learn",
    ),
    (
        Frame::Target,
        "accuse blame* urge* condemn denounce criticise criticize ask demand* request* deny reject \
         dismiss praise* welcome slam blast* threaten commend thank decry deplore \
         implore beg rebuke",
    ),
    (Frame::Call, "call* describe appeal*"),
    (
        Frame::Quote,
        "read continue shout cry* muse exclaim whisper scream yell sing chant wonder* begin go express \
         characterise characterize brand* term* label* quote* cite",
    ),
];

/// Gives `lexicon` the words that decide who said what.
pub(in crate::reading) fn list(lexicon: &mut Lexicon) {
    for (frame, verbs) in VERBS {
        for verb in verbs.split_whitespace() {
            let noun = verb.ends_with('*');
            let lemma = verb.trim_end_matches('*');
            for (form, spelling) in forms(lemma) {
                // only the plain forms are nouns too, and the -ing form of none
                let noun = noun && matches!(form, Form::Base | Form::Third);
                lexicon.entry(&spelling).class = Class::Report(Verb { frame: *frame, form, noun });
            }
        }
    }
    for (class, list) in CLASSES {
        for word in list.split_whitespace() {
            lexicon.entry(word).class = *class;
        }
    }
    // nouns first of all, but the letter reads and the report states
    for word in ["report", "note", "post", "tweet", "reports", "notes", "posts", "tweets"] {
        let form = if word.ends_with('s') { Form::Third } else { Form::Base };
        let verb = Verb { frame: Frame::Announce, form, noun: true };
        lexicon.entry(word).class = Class::Report(verb);
    }
}

/// The forms of a verb, from its lemma.
fn forms(lemma: &str) -> Vec<(Form, String)> {
    let mut forms = vec![(Form::Base, lemma.to_owned())];
    let stem = lemma.strip_suffix('e').unwrap_or(lemma);
    let doubled = matches!(lemma, "admit" | "quip" | "slam" | "beg");
    let consonant_y = lemma.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o']));
    let sibilant = lemma.ends_with(['s', 'x']) || lemma.ends_with("ch") || lemma.ends_with("sh");
    let third = match consonant_y {
        Some(stem) => format!("{stem}ies"),
        None if sibilant || lemma == "go" => format!("{lemma}es"),
        None => format!("{lemma}s"),
    };
    forms.push((Form::Third, third));
    let last = if doubled { &lemma[lemma.len() - 1..] } else { "" };
    forms.push((Form::Ing, format!("{stem}{last}ing")));
    match IRREGULAR.iter().find(|(verb, _)| *verb == lemma) {
        Some((_, past)) => {
            // "read" and "forecast" are all forms at once; past is the likely one
            forms.extend(past.split_whitespace().map(|past| (Form::Past, past.to_owned())));
        }
        None if matches!(lemma, "go" | "begin" | "sing") => {
            let past = match lemma {
                "go" => "went",
                "begin" => "began",
                _ => "sang",
            };
            forms.push((Form::Past, past.to_owned()));
        }
        None => forms.push((
            Form::Past,
            match consonant_y {
                Some(stem) => format!("{stem}ied"),
                None => format!("{stem}{last}ed"),
            },
        )),
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_known_in_all_their_forms() {
        for (word, form) in [
            ("says", Form::Third),
            ("told", Form::Past),
            ("announcing", Form::Ing),
            ("denied", Form::Past),
            ("denies", Form::Third),
            ("admitted", Form::Past),
            ("urging", Form::Ing),
            ("stressed", Form::Past),
            ("stresses", Form::Third),
            ("agreed", Form::Past),
            ("replying", Form::Ing),
        ] {
            let Class::Report(verb) = class(word) else { panic!("{word} reports nothing") };
            assert_eq!(verb.form, form, "{word}");
        }
    }

    #[test]
    fn a_word_with_two_uses_keeps_the_commoner() {
        assert_eq!(class("general"), Class::Role);
        assert_eq!(class("the"), Class::Definite);
        assert_eq!(class("statement"), Class::Document);
        assert!(matches!(class("reports"), Class::Report(Verb { noun: true, .. })));
    }
}
