//! How do the highest risks and the counts look on a terminal?

use std::io::IsTerminal;
use std::time::Duration;

use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{Attribute, Cell, CellAlignment, Color, ContentArrangement, Table};
use ingest::report::{Highest, Summary};
use scoring::Band;

use super::words::{HumanCount, count, plain};

/// Columns where nobody tells: a log or a pipe.
const WIDTH: u16 = 100;

/// The highest risks with their reasons, as wide as the terminal.
pub(super) fn table(top: &[Highest]) -> Table {
    let mut table = Table::new();
    table.load_style(UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    if !std::io::stdout().is_terminal() {
        let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        table.set_width(columns.unwrap_or(WIDTH));
    }
    table.set_header(["Risk", "Listing", "Why"]);
    for highest in top {
        let color = if highest.band == Band::RedFlag { Color::Red } else { Color::Yellow };
        let risk = Cell::new(highest.risk).fg(color).add_attribute(Attribute::Bold).set_alignment(CellAlignment::Right);
        table.add_row([risk, Cell::new(listing(highest)), Cell::new(reasons(highest))]);
    }
    table
}

fn listing(highest: &Highest) -> String {
    let details = [Some(&highest.listing_id), highest.brand.as_ref(), highest.price.as_ref()];
    let details: Vec<String> = details.into_iter().flatten().map(|detail| plain(detail)).collect();
    format!("{}\n{}", plain(&highest.title), details.join(" · "))
}

fn reasons(highest: &Highest) -> String {
    let lines = highest.reasons.iter().map(|reason| {
        let sign = if reason.points.0 > 0 { "+" } else { "" };
        format!("{sign}{} {}", reason.points, plain(&reason.why))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What came of all rows, and how long it took from the first file to the last result.
pub(super) fn counts(summary: &Summary, elapsed: Duration) -> String {
    let bands = summary.bands;
    format!(
        "{} scored: {}, {} to review, {} clear; {} rejected.\n\
         Scored in {:.2} s, {} rows/s; {:.2} s with upload and results. Policy {}.",
        count(summary.scored, "listing"),
        count(bands.red_flag, "red flag"),
        HumanCount(bands.review),
        HumanCount(bands.clear),
        count(summary.rejected, "row"),
        summary.seconds,
        HumanCount(whole(summary.rows_per_second)),
        elapsed.as_secs_f64(),
        summary.policy,
    )
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // `as` saturates, and a speed is not negative
fn whole(rate: f64) -> u64 {
    rate.round() as u64
}

#[cfg(test)]
mod tests {
    use ingest::report::ShortReason;
    use scoring::{Milli, Risk};

    use super::*;

    #[test]
    fn a_table_fits_its_width_whatever_the_seller_wrote() {
        let highest = Highest {
            listing_id: "A-17".into(),
            title: format!("{} \u{1b}[31m{}", "高仿驴牌手袋".repeat(9), "w".repeat(300)),
            price: Some("69.00 USD".into()),
            brand: Some("louis-vuitton".into()),
            risk: Risk(991),
            log_odds: Milli(4_700),
            band: Band::RedFlag,
            reasons: vec![
                ShortReason { points: Milli(2_310), why: "'1:1 复刻' means a one-to-one copy".into() },
                ShortReason { points: Milli(-400), why: "the seller has been there for nine years".into() },
            ],
        };
        for width in [40, 80, 100, 160] {
            let mut table = table(std::slice::from_ref(&highest));
            let text = table.set_width(width).to_string();
            let widest = text.lines().map(comfy_width).max().unwrap();
            assert!(widest <= usize::from(width), "{widest} > {width}:\n{text}");
            assert!(
                !text.contains('\u{1b}') && text.contains("99.1") && text.contains("+2.310") && text.contains("-0.400"),
                "{text}"
            );
        }
    }

    /// Columns a line takes: two for a CJK character.
    fn comfy_width(line: &str) -> usize {
        line.chars().map(|c| if ('\u{2e80}'..='\u{ffef}').contains(&c) { 2 } else { 1 }).sum()
    }
}
