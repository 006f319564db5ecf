//! How are names, numbers and errors worded for a terminal?

use std::error::Error;
use std::fmt::{Display, Write as _};
use std::io::Write as _;

pub(super) use indicatif::{HumanBytes, HumanCount};

/// A line of results. A reader that has seen enough, such as `head`, is no reason to fail.
pub(super) fn say(line: impl Display) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

/// A line about what is wrong or under way.
pub(super) fn complain(line: impl Display) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// An error with its causes, on one line.
pub(super) fn chain(error: &dyn Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let _ = write!(line, ": {error}");
        cause = error.source();
    }
    plain(&line)
}

/// Text of unknown origin made safe for a terminal and for one line: control characters would move the cursor, and
/// direction marks would turn the line around. A dot shows where something hidden stood.
pub(super) fn plain(text: &str) -> String {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
    };
    text.chars()
        .map(|c| {
            if c == '\n' || c == '\t' {
                ' '
            } else if hidden(c) {
                '·'
            } else {
                c
            }
        })
        .collect()
}

/// How to call this program again from here: by its name where the shell finds it, else by its path.
pub(super) fn program() -> String {
    let name = || "touchstone".to_owned();
    let Ok(path) = std::env::current_exe() else { return name() };
    let found =
        std::env::var_os("PATH").is_some_and(|all| std::env::split_paths(&all).any(|folder| path.parent() == Some(&*folder)));
    if found {
        return name();
    }
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(&path).display().to_string()
}

/// `1 row`, `2,000 rows`.
pub(super) fn count(number: u64, one: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {one}{plural}", HumanCount(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_title_reaches_the_terminal_as_a_command() {
        let check = |text: &str, expected: &str| assert_eq!(plain(text), expected);
        check("bag \u{1b}[2J\u{7}", "bag ·[2J·");
        check("two\nlines\tand\r", "two lines and·");
        check("\u{202e}gab\u{200b}", "·gab·");
        check("驴牌 sac à main", "驴牌 sac à main");
    }

    #[test]
    fn counts_agree_with_their_noun() {
        assert_eq!([0, 1, 12_345].map(|n| count(n, "row")), ["0 rows", "1 row", "12,345 rows"]);
    }
}
