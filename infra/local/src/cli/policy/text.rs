//! How does a person read the outcome of a check?

use console::{Alignment, measure_text_width, pad_str, style};
use scoring::{Band, Milli, ScoredListing, VerdictChange};

use super::{Check, Verdicts};
use crate::cli::args::PolicyCheck;
use crate::cli::words::{HumanCount, count, plain, say};

/// Columns that a title gets.
const TITLE_COLUMNS: usize = 72;
/// Columns that a count gets: a million has nine, with its commas.
const COUNT_COLUMNS: usize = 12;
/// Columns that a heading gets, so that what follows stands in line.
const HEAD_COLUMNS: usize = 12;
/// Signals shown for one listing: the greatest explain it.
const DIFFERENCES_MAX: usize = 3;
const BANDS: [Band; 3] = [Band::Clear, Band::Review, Band::RedFlag];

/// Prints it, the worst first; colour only on a terminal.
pub(super) fn print(check: &mut Check, arguments: &PolicyCheck, is_fine: bool) {
    print_head(check);
    print_problems(check);
    print_examples(check);
    print_collisions(check, arguments.all);
    match &mut check.verdicts {
        Some(verdicts) => print_verdicts(verdicts, arguments.top),
        None => say(format_args!("\n{}not compared before the problems are gone.", head("Verdicts"))),
    }
    say(format_args!("\n{}", outcome(check, is_fine)));
}

fn print_head(check: &Check) {
    let folder = plain(&check.folder);
    match &check.policy {
        None => say(format_args!("{}{folder}", head("Policy"))),
        Some(policy) => {
            let size = policy.size();
            say(format_args!(
                "{}{folder}, {}: {}, {}, {} to find",
                head("Policy"),
                policy.id(),
                count(size.brands as u64, "brand"),
                count(size.terms as u64, "term"),
                count(size.patterns as u64, "string"),
            ));
        }
    }
}

fn print_problems(check: &Check) {
    let count = count(check.problems.len() as u64, "problem");
    if check.problems.is_empty() {
        return say(format_args!("{}none", head("Problems")));
    }
    say(format_args!("\n{}", style(count).red().bold()));
    print_places(check.problems.iter().map(|problem| {
        let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
        (format!("{}{line}", problem.file), problem.reason.as_str())
    }));
}

fn print_examples(check: &Check) {
    let Some(policy) = &check.policy else { return };
    let run = HumanCount(policy.examples().count() as u64);
    if check.failing.is_empty() {
        return say(format_args!("{}all {run} as expected", head("Examples")));
    }
    say(format_args!("\n{}{run} run, {}", head("Examples"), style(format!("{} fail", check.failing.len())).red().bold()));
    for failed in &check.failing {
        say(format_args!("  {}:{}  {}", plain(&failed.example.file), failed.example.line, plain(&failed.to_string())));
        for reason in failed.scored.reasons.iter().take(DIFFERENCES_MAX) {
            say(format_args!("      {} {}: {}", signed(reason.points), reason.signal, plain(&reason.why)));
        }
    }
}

fn print_collisions(check: &Check, all: bool) {
    let (new, known) = (check.new_collisions.len(), check.known_collisions.len());
    let hint = if known == 0 || all { "" } else { " (--all shows them)" };
    let told = if new == 0 { "none that is new".to_owned() } else { style(format!("{new} new")).yellow().bold().to_string() };
    let gap = if new == 0 { "" } else { "\n" };
    say(format_args!("{gap}{}{told}; {} known before{hint}", head("Collisions"), HumanCount(known as u64)));
    let shown = check.new_collisions.iter().chain(check.known_collisions.iter().filter(|_| all));
    print_places(shown.map(|found| (format!("{}:{}", found.file, found.line), found.reason.as_str())));
}

/// Lines with a place each, in two columns.
fn print_places<'c>(lines: impl Iterator<Item = (String, &'c str)>) {
    let lines: Vec<_> = lines.map(|(place, reason)| (plain(&place), plain(reason))).collect();
    let columns = lines.iter().map(|(place, _)| measure_text_width(place)).max().unwrap_or_default();
    for (place, reason) in lines {
        say(format_args!("  {}  {reason}", pad_str(&place, columns, Alignment::Left, None)));
    }
}

fn print_verdicts(verdicts: &mut Verdicts, top: usize) {
    let Verdicts { against, before, comparison, over, rejected } = verdicts;
    let rejected = if *rejected == 0 { String::new() } else { format!("; {} rejected", count(*rejected, "row")) };
    say(format_args!("\n{}against {}, {}, over {over}{rejected}", head("Verdicts"), plain(against), before.id()));
    let (bands, brands, scores) = (comparison.band_changes(), comparison.brand_changes(), comparison.score_changes());
    if bands + brands + scores == 0 {
        return say("  nothing changes");
    }
    let row = |label: &str, cells: [String; 3]| {
        let cells = cells.map(|cell| pad_str(&cell, COUNT_COLUMNS, Alignment::Right, None).into_owned());
        say(format_args!("  {}{}", pad_str(label, COUNT_COLUMNS, Alignment::Left, None), cells.concat()));
    };
    row("was, is:", BANDS.map(|band| word(band).to_owned()));
    for before in BANDS {
        row(word(before), BANDS.map(|after| HumanCount(comparison.moves(before, after)).to_string()));
    }
    let means = comparison.mean_risks();
    say(format_args!(
        "  Another band: {}. Another brand alone: {}. Another score alone: {}. Mean risk {:.2}, was {:.2}.",
        HumanCount(bands),
        HumanCount(brands),
        HumanCount(scores),
        means.1,
        means.0,
    ));
    print_changes("Band or brand changes", bands + brands, comparison.changed(), top);
    print_changes("Score alone changes", scores, comparison.moved(), top);
}

fn print_changes(what: &str, all: u64, changes: &[VerdictChange], top: usize) {
    if changes.is_empty() {
        return;
    }
    let more = if all > changes.len() as u64 { format!(", the {top} greatest of {}", HumanCount(all)) } else { String::new() };
    say(format_args!("\n  {}{more}", style(what).bold()));
    for change in changes {
        let (before, after) = (&change.before, &change.after);
        let title = console::truncate_str(&plain(&change.title), TITLE_COLUMNS, "…").into_owned();
        say(format_args!(
            "  {:>5} → {:<5} {}  '{title}'",
            before.risk.to_string(),
            after.risk.to_string(),
            plain(&before.listing_id)
        ));
        let mut news = Vec::new();
        if before.band != after.band {
            news.push(format!("{} → {}", word(before.band), coloured(after.band)));
        }
        if before.brand != after.brand {
            news.push(format!("{} → {}", brand(before), brand(after)));
        }
        if !news.is_empty() {
            say(format_args!("                {}", news.join(", ")));
        }
        for difference in change.differences().iter().take(DIFFERENCES_MAX) {
            let (signal, why) = (difference.signal, plain(difference.why));
            let was = match (difference.before, difference.after) {
                (Milli(0), after) => signed(after),
                (before, Milli(0)) => format!("gone: {}", signed(before)),
                (before, after) => format!("{}, was {}", signed(after), signed(before)),
            };
            say(format_args!("                {was} {signal}: {why}"));
        }
    }
}

fn outcome(check: &Check, is_fine: bool) -> String {
    let failing = match check.failing.len() as u64 {
        0 => None,
        failing => Some(format!("{} not as expected", count(failing, "example"))),
    };
    let problems = Some(check.problems.len() as u64).filter(|problems| *problems > 0).map(|problems| count(problems, "problem"));
    let wrong: Vec<_> = problems.into_iter().chain(failing).collect();
    if !wrong.is_empty() {
        return style(format!("Not fine: {}.", wrong.join(", "))).red().to_string();
    }
    let new = count(check.new_collisions.len() as u64, "new collision");
    match (is_fine, check.new_collisions.is_empty()) {
        (true, true) => style("Fine.").green().to_string(),
        (true, false) => style(format!("Fine; look at the {new}.")).yellow().to_string(),
        (false, _) => style(format!("Not fine: {new}.")).red().to_string(),
    }
}

fn head(text: &str) -> String {
    style(pad_str(text, HEAD_COLUMNS, Alignment::Left, None)).bold().to_string()
}

fn word(band: Band) -> &'static str {
    match band {
        Band::Clear => "clear",
        Band::Review => "review",
        Band::RedFlag => "red flag",
    }
}

fn coloured(band: Band) -> String {
    let word = style(word(band));
    match band {
        Band::Clear => word.green(),
        Band::Review => word.yellow(),
        Band::RedFlag => word.red(),
    }
    .to_string()
}

fn brand(scored: &ScoredListing) -> String {
    scored.brand.as_deref().map_or_else(|| "no brand".to_owned(), |brand| format!("brand {brand}"))
}

fn signed(points: Milli) -> String {
    if points.0 > 0 { format!("+{points}") } else { points.to_string() }
}
