//! What stands around every page? A head that forbids all that the page does not need, and the mark of the house.

use crate::csp::content_security_policy;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// What all pages look like.
const STYLE: &str = include_str!("style.css");

/// A whole page: self-contained, without scripts. `own_style` stands below the common style; it must not contain `</`.
#[must_use]
pub fn document(title: &str, own_style: &str, body: &Markup) -> String {
    let style = [STYLE, own_style].concat();
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(content_security_policy(&style));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                title { (title) " · Touchstone" }
                style { (PreEscaped(&style)) }
            }
            body { (body) }
        }
    };
    page.into_string()
}

/// The mark of the house, for the head of a page.
#[must_use]
pub fn brand() -> Markup {
    html! {
        p.brand {
            svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true" {
                rect.stone x="1" y="1" width="16" height="16" rx="5" {}
                path.streak d="M4.5 12.5 L13.5 5.5" {}
            }
            "Touchstone"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_needs_nothing_from_elsewhere_and_cannot_end_early() {
        for forbidden in ["url(", "@import", "@font-face", "</"] {
            assert!(!STYLE.contains(forbidden), "{forbidden}");
        }
    }

    #[test]
    fn the_policy_names_the_very_style_of_the_page() {
        let page = document("<b>", "p { color: red }", &html! { p { "x" } });
        let style = page.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0;
        assert!(style.ends_with("p { color: red }"));
        let policy = html! { (content_security_policy(style)) }.into_string();
        assert!(page.contains(&policy), "{policy}");
        assert!(page.contains("<title>&lt;b&gt; · Touchstone</title>"));
    }
}
