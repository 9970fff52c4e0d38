//! The colours and typefaces that an archive sets in `annals.toml`, as rules at the end
//! of the style sheet.
//!
//! They are custom properties, so one value changes everything that is drawn with it.
//! Paper stays light and everyone's own choice of a scheme counts, as in the style
//! sheet itself.

use std::fmt::Write as _;

use crate::config::Look;
use crate::diagnostic::Diagnostic;

/// The rules; empty where nothing is set.
pub(super) fn rules(look: &Look) -> String {
    let mut light = declarations(look.light.set());
    for (name, value) in [("serif", &look.serif), ("sans", &look.sans)] {
        if let Some(value) = value {
            // Writing to a string does not fail.
            let _ = write!(light, "--{name}:{value};");
        }
    }
    let dark = declarations(look.dark.set());
    let mut out = String::new();
    if !light.is_empty() {
        let _ = writeln!(out, ":root{{{light}}}\n@media print{{:root{{{PRINT}}}}}");
    }
    // Where only the light colours are set, the dark ones of the theme stay.
    let ours = DARK.iter().filter(|(name, _)| look.light.set().any(|(own, _)| own == *name));
    let kept = declarations(ours.copied());
    if !light.is_empty() || !dark.is_empty() {
        let _ = writeln!(
            out,
            "@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{kept}{dark}}}}}\n\
             @media screen{{:root[data-theme=dark]{{{kept}{dark}}}}}"
        );
    }
    out
}

fn declarations<'a>(inks: impl Iterator<Item = (&'static str, &'a str)>) -> String {
    inks.flat_map(|(name, value)| ["--", name, ":", value, ";"]).collect()
}

/// The theme's own colours on a light ground, and on a dark one.
const LIGHT: [(&str, &str); 9] = [
    ("paper", "#fbf8f1"),
    ("sheet", "#f3eee2"),
    ("ink", "#1e1a15"),
    ("soft", "#5d5446"),
    ("rule", "#d5cbb8"),
    ("strong", "#1e1a15"),
    ("accent", "#8c1c13"),
    ("quiet", "#918469"),
    ("shine", "#f5e6b8"),
];
const DARK: [(&str, &str); 9] = [
    ("paper", "#191714"),
    ("sheet", "#23201b"),
    ("ink", "#e9e3d7"),
    ("soft", "#b0a695"),
    ("rule", "#403a30"),
    ("strong", "#8d8373"),
    ("accent", "#ec9f88"),
    ("quiet", "#786e5e"),
    ("shine", "#4a3d14"),
];

/// The grounds on paper, as the style sheet has them: no ink goes into a ground.
const PRINT: &str = "--paper:#fff;--sheet:#f4f4f4";

/// The least contrast of text (WCAG 2.2, 1.4.3).
const LEGIBLE: f64 = 4.5;

/// A warning for each colour of text that is too faint on its ground: on the page, on
/// what is set apart, and for text on what is found. Only colours written as `#rgb` or
/// `#rrggbb` are weighed; what else CSS can say is taken as it is.
pub fn too_faint(look: &Look) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (scheme, inks, ours) in [("", &look.light, &LIGHT), (".dark", &look.dark, &DARK)] {
        let colour = |name: &str| {
            let own = inks.set().find(|(own, _)| *own == name);
            let value = own.or_else(|| ours.iter().find(|(own, _)| *own == name).copied());
            value.and_then(|(_, value)| parse(value))
        };
        let is_own = |name: &str| inks.set().any(|(own, _)| own == name);
        for (ink, ground) in [
            ("ink", "paper"),
            ("ink", "sheet"),
            ("ink", "shine"),
            ("soft", "paper"),
            ("soft", "sheet"),
            ("accent", "paper"),
        ] {
            let (Some(one), Some(other)) = (colour(ink), colour(ground)) else { continue };
            let ratio = contrast(one, other);
            if (is_own(ink) || is_own(ground)) && ratio < LEGIBLE {
                found.push(report::faint(scheme, ink, ground, ratio));
            }
        }
    }
    found
}

/// A colour, as `#rgb` or `#rrggbb`.
///
/// ```
/// use annals::theme::look::parse;
///
/// assert_eq!(parse("#0b5cad"), Some([0x0b, 0x5c, 0xad]));
/// assert_eq!(parse("#fff"), Some([255, 255, 255]));
/// assert_eq!(parse("rebeccapurple"), None);
/// ```
pub fn parse(value: &str) -> Option<[u8; 3]> {
    let digits = value.trim().strip_prefix('#')?;
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let number = u32::from_str_radix(digits, 16).ok()?;
    let [_, r, g, b] = match digits.len() {
        3 => {
            let [r, g, b] = [number >> 8, number >> 4 & 15, number & 15].map(|digit| digit * 17);
            (r << 16 | g << 8 | b).to_be_bytes()
        }
        6 => number.to_be_bytes(),
        _ => return None,
    };
    Some([r, g, b])
}

/// The light colour called `name` that an archive's pages have: its own or the theme's.
pub fn light(look: &Look, name: &str) -> [u8; 3] {
    let own = look.light.set().find(|(own, _)| *own == name).and_then(|(_, value)| parse(value));
    let ours = || LIGHT.iter().find(|(own, _)| *own == name).and_then(|(_, value)| parse(value));
    own.or_else(ours).unwrap_or_default()
}

/// Source: WCAG 2.2, the definitions of contrast ratio and relative luminance.
fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let luminance = |colour: [u8; 3]| {
        let [r, g, b] = colour.map(|channel| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

mod report {
    //! The diagnostic of this file.

    use super::Diagnostic;

    pub(super) fn faint(scheme: &str, ink: &str, ground: &str, ratio: f64) -> Diagnostic {
        let message =
            format!("`theme{scheme}.{ink}` on `{ground}` has a contrast of {ratio:.1} : 1");
        Diagnostic::warning("theme-contrast", message)
            .in_file("annals.toml")
            .help("text is legible for everyone from 4.5 : 1 on; take a darker or a lighter colour")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn look(text: &str) -> Look {
        Config::read("annals.toml", text).unwrap().0.theme
    }

    #[test]
    fn nothing_is_added_where_nothing_is_set() {
        assert_eq!(rules(&Look::default()), "");
    }

    #[test]
    fn a_light_colour_leaves_the_dark_one_as_it_is() {
        let rules = rules(&look("[theme]\naccent = \"#0b5cad\"\nserif = \"Georgia, serif\"\n"));
        assert_eq!(
            rules,
            ":root{--accent:#0b5cad;--serif:Georgia, serif;}\n\
             @media print{:root{--paper:#fff;--sheet:#f4f4f4}}\n\
             @media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){--accent:#ec9f88;}}\n\
             @media screen{:root[data-theme=dark]{--accent:#ec9f88;}}\n"
        );
    }

    #[test]
    fn a_dark_colour_is_for_those_who_see_the_page_dark() {
        let rules = rules(&look("[theme.dark]\naccent = \"#8fc1f5\"\n"));
        assert!(!rules.starts_with(":root{"), "{rules}");
        assert_eq!(rules.matches("--accent:#8fc1f5;").count(), 2, "{rules}");
    }

    #[test]
    fn the_colours_here_are_those_of_the_style_sheet() {
        let style = include_str!("../../templates/assets/style.css");
        let schemes: Vec<&str> = style.split("{color-scheme:").skip(1).collect();
        for (scheme, ours) in schemes.iter().zip([LIGHT, DARK, DARK]) {
            let rule = scheme.split('}').next().unwrap();
            for (name, value) in ours {
                assert!(rule.contains(&format!("--{name}:{value}")), "{name}: {value}: {rule}");
            }
        }
        assert!(style.contains(&format!("@media print{{\n:root{{{PRINT}}}")));
    }

    #[test]
    fn a_faint_colour_is_told() {
        for (text, expected) in [
            ("", vec![]),
            ("[theme]\naccent = \"#0b5cad\"", vec![]),
            (
                "[theme]\naccent = \"#f4a\"",
                vec!["`theme.accent` on `paper` has a contrast of 3.0 : 1"],
            ),
            (
                "[theme.dark]\nsoft = \"#555\"",
                vec![
                    "`theme.dark.soft` on `paper` has a contrast of 2.4 : 1",
                    "`theme.dark.soft` on `sheet` has a contrast of 2.2 : 1",
                ],
            ),
            ("[theme]\naccent = \"oklch(40% 0.2 20)\"", vec![]),
        ] {
            let found: Vec<String> =
                too_faint(&look(text)).into_iter().map(|found| found.message).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
