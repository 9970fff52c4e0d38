//! What the pages look like: `[theme]` of `annals.toml`.

use serde::{Deserialize, Serialize};

/// The colours of one scheme, each as CSS writes it; what is left out stays as the
/// theme has it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("additionalProperties" = false)))]
pub struct Inks {
    /// Ground of the page.
    pub paper: Option<String>,
    /// Ground of notes, code and what is set apart.
    pub sheet: Option<String>,
    /// Text.
    pub ink: Option<String>,
    /// Text of lesser weight: dates, counts, captions.
    pub soft: Option<String>,
    /// Thin lines.
    pub rule: Option<String>,
    /// Strong lines.
    pub strong: Option<String>,
    /// Links under the pointer, kickers, bars, marks.
    pub accent: Option<String>,
    /// Underlines and small marks.
    pub quiet: Option<String>,
    /// Ground of what is found or pointed at.
    pub shine: Option<String>,
}

impl Inks {
    /// The colours that are set, each with the name that the style sheet gives it.
    pub fn set(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [
            ("paper", &self.paper),
            ("sheet", &self.sheet),
            ("ink", &self.ink),
            ("soft", &self.soft),
            ("rule", &self.rule),
            ("strong", &self.strong),
            ("accent", &self.accent),
            ("quiet", &self.quiet),
            ("shine", &self.shine),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value.as_deref()?)))
    }
}

/// What the pages look like: custom properties of the style sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("additionalProperties" = false)))]
pub struct Look {
    /// The colours on a light ground.
    #[serde(flatten)]
    pub light: Inks,
    /// Typefaces of the text, as CSS lists them.
    pub serif: Option<String>,
    /// Typefaces of everything around the text.
    pub sans: Option<String>,
    /// The colours on a dark ground.
    pub dark: Inks,
}

impl Look {
    /// The names of values that no style sheet could take as one: they end the rule they
    /// stand in, or ask another host.
    pub(super) fn unfit(&self) -> impl Iterator<Item = &'static str> {
        let faces = [("serif", self.serif.as_deref()), ("sans", self.sans.as_deref())];
        let faces = faces.into_iter().filter_map(|(name, value)| Some((name, value?)));
        self.light.set().chain(self.dark.set()).chain(faces).filter_map(|(name, value)| {
            let lower = value.to_ascii_lowercase();
            let ends = value.contains([';', '{', '}', '<', '\\', '@', '\n', '\r']);
            (value.trim().is_empty() || ends || lower.contains("/*") || lower.contains("url("))
                .then_some(name)
        })
    }
}
