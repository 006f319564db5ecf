//! Is the page safe whatever the sellers write, and does it say what the numbers say?

use super::*;
use exports::Reject;
use pages::reading::{HOSTILE, Tag, read, unseen};
use scoring::{Amount, Band, Currency, Issue, Listing, Milli, Policy, Reason, Risk, ScoredListing, Timestamp};

/// A job of three listings, one reject and one issue; every text of a seller is `text` with something of its own.
fn job(text: &str) -> (Tally, Summary) {
    let policy = Policy::embedded();
    let mut tally = Tally::default();
    for (n, (risk, band)) in [(914, Band::RedFlag), (455, Band::Review), (21, Band::Clear)].into_iter().enumerate() {
        let own = |name: &str| format!("{name} {n} {text}");
        let title = own("title");
        let listing = Listing {
            listing_id: own("id"),
            title: title.clone(),
            description: Some(own("description")),
            brand: Some(own("brand")),
            category: Some(own("category")),
            price: Some(Amount(790_000)),
            currency: Some(Currency(*b"USD")),
            seller_id: Some(own("seller")),
            seller_name: Some(own("name")),
            seller_created_at: Some(Timestamp(1_790_000_000)),
            url: Some(format!("https://example.com/{text}")),
            gtin: Some(own("gtin")),
            ..Listing::default()
        };
        let reason = |points: i32, field: &str, start: usize, end: usize| Reason {
            signal: own("signal"),
            points: Milli(points),
            field: field.into(),
            start: start as u32,
            end: end as u32,
            text: own("text"),
            why: own("why"),
            rule: Some(own("rule")),
        };
        let reasons = vec![
            reason(2_310, "title", 0, title.len()),
            reason(1_000, "title", 6, 8),
            reason(-450, "description", 3, 500),
            reason(40, "seller_name", 0, 4),
        ];
        let log_odds = reasons.iter().fold(policy.base(), |sum, reason| sum.plus(reason.points));
        let scored = ScoredListing {
            listing_id: listing.listing_id.clone(),
            risk: Risk(risk),
            log_odds: Milli(log_odds.0 - n as i32),
            band,
            brand: Some(own("brand")),
            reasons,
            issues: vec![Issue { field: "price".into(), code: own("price.code"), detail: own("detail") }],
            policy: policy.id().to_owned(),
            input: String::new(),
            scored_at: String::new(),
        };
        tally.add(&listing, &scored);
    }
    tally.reject(&Reject { line: 17, code: format!("row.code {text}"), detail: format!("detail {text}") });
    let summary = Summary {
        job_id: format!("job {text}"),
        files: 1,
        rows: 4,
        scored: 3,
        rejected: 1,
        bands: tally.bands(),
        policy: policy.id().to_owned(),
        seconds: 0.5,
        rows_per_second: 8.0,
        source: format!("source {text}"),
        format: format!("format {text}"),
        ignored_columns: vec![format!("column {text}")],
        issues: tally.issues(),
        rejects: tally.rejects(),
        top: tally.highest(),
        thresholds: Thresholds { review: Risk(400), red_flag: Risk(800) },
        started_at: "2026-11-23T00:00:00Z".into(),
        finished_at: "2026-11-23T00:00:01Z".into(),
        failure: None,
    };
    (tally, summary)
}

fn page(text: &str) -> String {
    let (tally, mut summary) = job(text);
    summary.failure = Some(Failure { code: format!("file.code {text}"), reason: format!("reason {text}") });
    render(&tally, &summary, &Policy::embedded())
}

#[test]
fn nothing_a_seller_writes_becomes_markup() {
    const TAGS: &[&str] = &[
        "a",
        "bdi",
        "body",
        "caption",
        "code",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "head",
        "header",
        "html",
        "line",
        "main",
        "mark",
        "meta",
        "p",
        "path",
        "rect",
        "section",
        "span",
        "strong",
        "style",
        "summary",
        "svg",
        "table",
        "tbody",
        "td",
        "text",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "wbr",
    ];
    // Highlights and tokens come and go with the text, everything else must be there exactly as often.
    let shape = |tags: &[Tag]| -> Vec<String> {
        let fixed = |name: &&String| !["mark", "code", "wbr", "a"].contains(&name.as_str());
        tags.iter().map(|(name, _)| name).filter(fixed).cloned().collect()
    };
    let harmless = shape(&read(&page("harmless")).0);
    for text in HOSTILE {
        let page = page(text);
        let (tags, seen) = read(&page);
        assert_eq!(shape(&tags), harmless, "{text:?}");
        for (name, attributes) in &tags {
            assert!(TAGS.contains(&name.as_str()), "<{name}> by {text:?}");
            for (attribute, value) in attributes {
                assert!(!attribute.starts_with("on") && attribute != "style" && attribute != "src", "{attribute} by {text:?}");
                if attribute == "href" {
                    assert!(value.starts_with('#') || value.starts_with("https://example.com/"), "{value:?}");
                }
            }
        }
        if text.chars().all(|c| c.is_ascii_graphic() || c == ' ') {
            assert!(seen.matches(text).count() > 20, "{text:?} is shown as it was written");
        }
    }
}

#[test]
fn what_cannot_be_seen_never_reaches_the_page() {
    for text in HOSTILE {
        let unseen = unseen(&page(text));
        assert!(unseen.is_empty(), "{unseen:?} by {text:?}");
    }
}

#[test]
fn nothing_comes_from_elsewhere() {
    let page = page("harmless");
    let (tags, _) = read(&page);
    let csp = tags.iter().find_map(|(_, attributes)| {
        let is_csp = attributes.iter().any(|(_, value)| value == "Content-Security-Policy");
        attributes.iter().find(|(name, _)| is_csp && name == "content").map(|(_, value)| value.clone())
    });
    let csp = csp.unwrap();
    assert!(csp.starts_with("default-src 'none'; style-src 'sha256-") && !csp.contains("unsafe"), "{csp}");
    for (name, attributes) in &tags {
        assert!(!["script", "link", "img", "iframe", "object", "embed", "form", "base", "use", "image"].contains(&name.as_str()));
        assert!(!attributes.iter().any(|(name, value)| name == "http-equiv" && value != "Content-Security-Policy"));
    }
}

#[test]
fn the_style_needs_nothing_from_elsewhere_and_cannot_end_early() {
    for forbidden in ["url(", "@import", "@font-face", "</"] {
        assert!(!include_str!("style.css").contains(forbidden), "{forbidden}");
    }
}

#[test]
fn every_sum_on_the_page_adds_up() {
    let (_, text) = read(&page("harmless"));
    let milli = |word: &str| -> Option<i64> {
        let digits =
            word.strip_prefix('+').map(str::to_owned).or_else(|| word.strip_prefix('−').map(|rest| format!("-{rest}")))?;
        digits.replace('.', "").parse().ok().filter(|_| digits.split('.').nth(1).is_some_and(|decimals| decimals.len() == 3))
    };
    let mut sums = 0;
    for card in text.split("Why, in points of log odds").skip(1) {
        let points: Vec<i64> = card.lines().filter_map(|line| milli(line.split_whitespace().next()?)).collect();
        let (sum, parts) = points.split_last().unwrap();
        assert_eq!(parts.iter().sum::<i64>(), *sum, "{card}");
        assert!(parts.len() >= 5);
        sums += 1;
    }
    assert_eq!(sums, 2, "one for each flagged listing");
}

#[test]
fn the_page_in_words() {
    let (tally, summary) = job("x");
    let (_, text) = read(&render(&tally, &summary, &Policy::embedded()));
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let policy = Policy::embedded();
    let mut text = lines.collect::<Vec<_>>().join("\n").replace(policy.id(), "POLICY");
    // What the policy says may change without this page.
    let base = policy.base();
    for (points, name) in [(base, "BASE"), (base.plus(Milli(2_900)), "SUM"), (base.plus(Milli(2_899)), "SUM-1")] {
        text = text.replace(&format!("\n{} ", cards::signed(points)), &format!("\n{name} "));
    }
    insta::assert_snapshot!(text);
}

#[test]
fn a_job_without_listings_and_a_failed_one_say_so() {
    let check = |summary: &Summary, expected: &[&str]| {
        let (_, text) = read(&render(&Tally::default(), summary, &Policy::embedded()));
        for sentence in expected {
            assert!(text.contains(sentence), "{sentence:?} in {text}");
        }
    };
    check(&Summary::default(), &["No listing in this file", "every row was a listing"]);
    let failure = Failure { code: "file.empty".into(), reason: "the file is empty".into() };
    let failed = Summary { failure: Some(failure), ..Summary::default() };
    check(&failed, &["This file could not be read to its end: the file is empty.", "file.empty", "no row was read"]);
    let (tally, summary) = job("x");
    let (_, text) = read(&render(&tally, &Summary { failure: failed.failure, ..summary }, &Policy::embedded()));
    assert!(text.find("could not be read to its end").unwrap() < text.rfind("2 of 3 listings need eyes").unwrap(), "at the top");
}
