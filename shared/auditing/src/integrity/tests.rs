//! Is each way of altering decisions, seals and rows found and named?

use super::*;
use crate::Fired;
use proptest::prelude::*;
use scoring::{Band, Field, Listing, Milli, Policy, RawListing, Risk, ScoredListing, Scorer};
use std::collections::BTreeSet;

const DAY: &str = "2026-11-24";
const SCORED_AT: &str = "2026-11-23T00:00:00Z";

fn decision(number: u64) -> Decision {
    Decision {
        review_id: format!("r-{number}"),
        listing_id: format!("A-{number}"),
        decision: "confirmed".into(),
        reviewer: "ana".into(),
        note: String::new(),
        reviewed_at: format!("{DAY}T09:00:{:02}.000Z", number % 60),
        version: 1,
        before: None,
        result: Quoted {
            risk: Risk(914),
            log_odds: Milli(2_364),
            band: Band::RedFlag,
            brand: None,
            policy: "p-1".into(),
            input: "h-1".into(),
            job_id: "j-1".into(),
            scored_at: SCORED_AT.into(),
            reasons: vec![Fired { signal: "replica_term".into(), rule: None, points: Milli(2_310) }],
        },
        withdrawn_at: None,
    }
}

fn decisions() -> Vec<Decision> {
    (0..5).map(decision).collect()
}

fn seal(decisions: &[Decision]) -> Seal {
    let mut sealing = Sealing::new(DAY);
    for decision in decisions {
        sealing.push(decision, Some(2_000));
    }
    sealing.finish()
}

/// What is found when a day is compared with its seal, cut off once on the way.
fn verified(seal: Seal, decisions: &[Decision], now: i64) -> Findings {
    let mut findings = Findings::default();
    let mut verifying = Verifying::new(seal);
    for (at, decision) in decisions.iter().enumerate() {
        if at == 2 {
            verifying = serde_json::from_str(&serde_json::to_string(&verifying).unwrap()).unwrap();
        }
        verifying.push(decision, &mut findings);
    }
    verifying.finish(now, &mut findings);
    findings
}

fn told(found: impl IntoIterator<Item = Finding>) -> Vec<(Problem, String)> {
    found.into_iter().map(|finding| (finding.problem, finding.place)).collect()
}

fn expected(found: &[(Problem, &str)]) -> Vec<(Problem, String)> {
    found.iter().map(|(problem, place)| (*problem, (*place).to_owned())).collect()
}

#[test]
fn what_was_done_to_a_sealed_day_is_named() {
    let check = |alter: fn(&mut Vec<Decision>), found: &[(Problem, &str)]| {
        let mut altered = decisions();
        altered[4].withdrawn_at = Some("2026-11-25T00:00:00.000Z".into());
        let seal = seal(&altered);
        alter(&mut altered);
        let findings = verified(seal, &altered, 1_000);
        assert_eq!(told(findings.found), expected(found));
    };
    check(|_| {}, &[]);
    check(|all| all.reverse(), &[]);
    check(|all| all[1].note = "x".into(), &[(Problem::DecisionAltered, "decision r-1 on listing A-1")]);
    check(|all| all[1].decision = "rejected".into(), &[(Problem::DecisionAltered, "decision r-1 on listing A-1")]);
    check(|all| all[1].result.reasons.clear(), &[(Problem::DecisionAltered, "decision r-1 on listing A-1")]);
    check(|all| all[1].result.log_odds = Milli(2_365), &[(Problem::DecisionAltered, "decision r-1 on listing A-1")]);
    check(
        |all| drop(all.remove(2)),
        &[(Problem::DecisionMissing, "decision whose statement of reasons is ts-20a17c1f6ff41ab5...")],
    );
    check(|all| all.push(decision(7)), &[(Problem::DecisionAdded, "decision r-7 on listing A-7")]);
    check(|all| all.push(decision(1)), &[(Problem::DecisionAdded, "decision r-1 on listing A-1")]);
    check(|all| all[4].withdrawn_at = None, &[(Problem::WithdrawalAltered, "decision r-4 on listing A-4")]);
    check(|all| all[4].withdrawn_at = Some("x".into()), &[(Problem::WithdrawalAltered, "decision r-4 on listing A-4")]);
    check(
        |all| all[0].reviewed_at = all[0].reviewed_at.replace("-24T", "-23T"),
        &[(Problem::DecisionMissing, "decision whose statement of reasons is ts-0e6b33c0f4ee7567...")],
    );
}

#[test]
fn what_may_happen_to_a_sealed_decision_is_counted() {
    let seal = seal(&decisions());
    let mut now = decisions();
    now[0].withdrawn_at = Some("2026-11-26T00:00:00.000Z".into());
    now.truncate(3);
    let findings = verified(seal, &now, 2_000);
    assert!(findings.is_sound());
    assert_eq!((findings.days_checked, findings.decisions_checked), (1, 3));
    assert_eq!((findings.decisions_withdrawn_since, findings.decisions_expired), (1, 2));
}

#[test]
fn beyond_what_a_seal_lists_a_change_is_found_all_the_same() {
    let mut sealing = Sealing::listing_at_most(10, DAY);
    for number in 0..11 {
        sealing.push(&decision(number), None);
    }
    let seal = sealing.finish();
    let check = |altered: u64, found: &[(Problem, &str)]| {
        let (mut verifying, mut findings) = (Verifying::new(seal.clone()), Findings::default());
        for number in 0..11 {
            let note = if number == altered { "x".into() } else { String::new() };
            verifying.push(&Decision { note, ..decision(number) }, &mut findings);
        }
        verifying.finish(0, &mut findings);
        assert_eq!(told(findings.found), expected(found));
    };
    check(u64::MAX, &[]);
    check(3, &[(Problem::DecisionAltered, "decision r-3 on listing A-3")]);
    check(10, &[(Problem::DecisionAltered, "day 2026-11-24")]);
}

#[test]
fn a_seal_reads_back_the_same_and_parts_join() {
    let all = decisions();
    let seal = seal(&all);
    assert_eq!(serde_json::from_str::<Seal>(&serde_json::to_string(&seal).unwrap()).unwrap(), seal);
    let (mut one, mut other) = (Sealing::new(DAY), Sealing::new(DAY));
    all[3..].iter().for_each(|decision| one.push(decision, Some(2_000)));
    all[..3].iter().for_each(|decision| other.push(decision, Some(9_000)));
    let mut joined: Sealing = serde_json::from_str(&serde_json::to_string(&one).unwrap()).unwrap();
    joined.merge(other);
    assert_eq!(joined.finish().digest(), seal.digest());
}

#[test]
fn the_canonical_form_never_changes() {
    // Seals of years ago are compared with it.
    assert_eq!(decision(1).digest().to_string(), "39f367bab42bd8bf6f61bfb04090296833d292c101819183b0c224c1dff7ea0b");
    let digest = seal(&decisions()).digest();
    assert_eq!(digest.to_string(), "8fb14075141280997797bb55b8cad548eface69092ca14b9c769c846e9ae0152");
}

#[test]
fn what_was_done_to_the_decisions_on_a_listing_is_named() {
    let three = || {
        let mut all: Vec<_> = (0..3).map(decision).collect();
        for (number, decision) in all.iter_mut().enumerate() {
            decision.listing_id = "A".into();
            decision.version = number as u64 + 1;
            decision.before = number.checked_sub(1).map(|before| format!("{DAY}T09:00:0{before}.000Z#r-{before}"));
        }
        all
    };
    let check = |alter: fn(&mut Vec<Decision>), found: &[(Problem, &str)]| {
        let mut all = three();
        alter(&mut all);
        assert_eq!(told(check_listing(&all, |time| time >= "2026-11")), expected(found));
    };
    check(|_| {}, &[]);
    check(|all| all.reverse(), &[]);
    check(|all| drop(all.remove(2)), &[]);
    check(|all| drop(all.remove(1)), &[(Problem::DecisionMissing, "decision r-1 on listing A")]);
    check(|all| drop(all.remove(0)), &[(Problem::DecisionMissing, "decision r-0 on listing A")]);
    check(|all| all[0].before = Some("2026-10-01T00:00:00.000Z#r-9".into()), &[]);
    check(
        |all| all[2].version = 2,
        &[(Problem::OrderBroken, "decision r-2 on listing A"), (Problem::OrderBroken, "decision r-2 on listing A")],
    );
    check(
        |all| (all[1].version, all[2].version) = (3, 2),
        &[(Problem::OrderBroken, "decision r-1 on listing A"), (Problem::OrderBroken, "decision r-2 on listing A")],
    );
}

#[test]
fn what_was_done_to_the_seals_is_named() {
    let days = ["2026-11-21", "2026-11-22", "2026-11-23", DAY];
    let sealed = |day: &str| {
        let mut sealing = Sealing::new(day);
        sealing.push(&Decision { reviewed_at: format!("{day}T09:00:00.000Z"), ..decision(1) }, None);
        sealing.finish()
    };
    let seals: Vec<_> = days.iter().map(|day| sealed(day)).collect();
    let mut chain = Chain::default();
    assert!(seals.iter().all(|seal| chain.append(seal)));
    assert!(!chain.append(&seals[1]));
    let head = chain.head();
    let check = |alter: fn(&mut Chain, &mut Vec<Seal>), found: &[(Problem, &str)]| {
        let (mut chain, mut seals) = (chain.clone(), seals.clone());
        alter(&mut chain, &mut seals);
        let chain: Chain = serde_json::from_str(&serde_json::to_string(&chain).unwrap()).unwrap();
        assert_eq!(told(chain.verify(Some(&head), &seals)), expected(found));
    };
    check(|_, _| {}, &[]);
    check(|_, seals| seals[1].decisions = 2, &[(Problem::SealAltered, "seal of 2026-11-22")]);
    check(|_, seals| drop(seals.remove(1)), &[(Problem::SealMissing, "seal of 2026-11-22")]);
    check(|_, seals| seals.swap(1, 2), &[(Problem::SealsReordered, "seal of 2026-11-22")]);
    check(|_, seals| seals.push(Sealing::new("2026-11-25").finish()), &[(Problem::SealAdded, "seal of 2026-11-25")]);
    check(|_, seals| seals.push(seals[0].clone()), &[(Problem::SealAdded, "seal of 2026-11-21")]);
    // Both altered alike: the chain's own hash tells.
    check(
        |chain, seals| {
            seals[1].decisions = 2;
            chain.links[1].seal = seals[1].digest();
        },
        &[(Problem::ChainBroken, "link of 2026-11-22")],
    );
    // A chain made anew: the head that an old report told is gone.
    check(
        |chain, seals| {
            seals[1].decisions = 2;
            *chain = Chain::default();
            seals.iter().for_each(|seal| assert!(chain.append(seal)));
        },
        &[(Problem::ChainBroken, "chain of days")],
    );
    check(
        |chain, seals| {
            chain.links.truncate(3);
            seals.truncate(3);
        },
        &[(Problem::ChainBroken, "chain of days")],
    );
}

fn listing(title: &str) -> Listing {
    let mut raw = RawListing::default();
    raw.set(Field::ListingId, "A-17");
    raw.set(Field::Title, title);
    raw.set(Field::Price, "25 USD");
    raw.into_listing().unwrap()
}

const TITLE: &str = "Louis Vuitton Neverfull 1:1 replica, mirror quality";

#[test]
fn a_row_that_was_altered_is_named() {
    let mut scorer = Scorer::new(Policy::embedded());
    let honest = scorer.score(&listing(TITLE), SCORED_AT);
    let mut check =
        |alter: fn(&mut ScoredListing), title: Option<&str>, not_replayed: Option<NotReplayed>, expected: &[(Problem, &str)]| {
            let mut row = honest.clone();
            alter(&mut row);
            let listing = title.map(listing);
            let checked = replay(&row, &"line 3 of f", listing.as_ref(), &mut scorer);
            assert_eq!(checked.not_replayed, not_replayed);
            assert!(checked.found.iter().all(|finding| finding.place == "line 3 of f, listing A-17"));
            let told: Vec<_> = checked.found.iter().map(|finding| (finding.problem, finding.detail.as_str())).collect();
            assert_eq!(told.len(), expected.len(), "{told:?}");
            for ((problem, detail), (expected, words)) in told.into_iter().zip(expected) {
                assert_eq!(problem, *expected, "{detail}");
                assert!(detail.contains(words), "{detail}");
            }
        };
    let absent = Some(NotReplayed::ListingNotAtHand);
    check(|_| {}, Some(TITLE), None, &[]);
    check(|_| {}, None, absent, &[]);
    check(|row| row.policy = "p-0".into(), Some(TITLE), Some(NotReplayed::OtherPolicy), &[]);
    check(|row| row.scored_at = "2026-11-24T00:00:00Z".into(), Some(TITLE), None, &[]);
    check(|row| row.brand = None, Some(TITLE), None, &[(Problem::RowAltered, "gives: brand")]);
    check(|row| row.reasons[1].text.push('x'), Some(TITLE), None, &[(Problem::RowAltered, "gives: reasons[1]")]);
    check(|row| row.input = "h-0".into(), Some(TITLE), None, &[(Problem::ListingChanged, "input is h-0, and h-")]);
    check(|_| {}, Some("Neverfull"), None, &[(Problem::ListingChanged, "input is h-")]);
    // Without the listing, by the sums.
    check(
        |row| row.risk = Risk(10),
        None,
        absent,
        &[(Problem::RowInconsistent, "risk is 1.0"), (Problem::RowInconsistent, "band is red_flag")],
    );
    check(|row| row.band = Band::Clear, None, absent, &[(Problem::RowInconsistent, "band is clear, and follows as red_flag")]);
    check(|row| drop(row.reasons.remove(0)), None, absent, &[(Problem::RowInconsistent, "log_odds is")]);
    check(
        |row| row.log_odds = Milli(-20_000),
        None,
        absent,
        &[(Problem::RowInconsistent, "log_odds is -20.000"), (Problem::RowInconsistent, "risk is")],
    );
}

#[test]
fn a_line_is_replayed_to_the_byte() {
    let mut scorer = Scorer::new(Policy::embedded());
    let listing = listing(TITLE);
    let line = serde_json::to_string(&scorer.score(&listing, SCORED_AT)).unwrap();
    let mut check = |line: &str, not_replayed: Option<NotReplayed>, found: &[(Problem, &str)]| {
        let checked = replay_line(line.as_bytes(), &format_args!("line {} of f", 3), Some(&listing), &mut scorer);
        assert_eq!((told(checked.found), checked.not_replayed), (expected(found), not_replayed));
    };
    let row = "line 3 of f, listing A-17";
    check(&line, None, &[]);
    check(&line.replacen(':', ": ", 1), None, &[(Problem::RowAltered, row)]);
    check(&line.replacen("red_flag", "review", 1), None, &[(Problem::RowInconsistent, row), (Problem::RowAltered, row)]);
    check("{}", Some(NotReplayed::Unreadable), &[(Problem::Unreadable, "line 3 of f")]);
    check(&line[..9], Some(NotReplayed::Unreadable), &[(Problem::Unreadable, "line 3 of f")]);
}

#[test]
fn a_decision_that_quotes_another_result_is_named() {
    let mut scorer = Scorer::new(Policy::embedded());
    let row = scorer.score(&listing(TITLE), SCORED_AT);
    let fired =
        |reason: &scoring::Reason| Fired { signal: reason.signal.clone(), rule: reason.rule.clone(), points: reason.points };
    let quoting = Decision {
        listing_id: "A-17".into(),
        result: Quoted {
            risk: row.risk,
            log_odds: row.log_odds,
            band: row.band,
            brand: row.brand.clone(),
            policy: row.policy.clone(),
            input: row.input.clone(),
            job_id: "j-1".into(),
            scored_at: row.scored_at.clone(),
            reasons: row.reasons.iter().map(fired).collect(),
        },
        ..decision(1)
    };
    let check = |alter: fn(&mut Decision), reasons_max: usize, fields: Option<&str>| {
        let mut decision = quoting.clone();
        alter(&mut decision);
        let details: Vec<_> = check_quoted(&decision, &row, reasons_max).into_iter().map(|finding| finding.detail).collect();
        let expected: Vec<_> =
            fields.map(|fields| format!("not as in the result of job j-1 that it quotes: {fields}")).into_iter().collect();
        assert_eq!(details, expected);
    };
    check(|_| {}, 64, None);
    check(|decision| decision.result.reasons.truncate(2), 2, None);
    check(|decision| decision.result.reasons.truncate(2), 64, Some("reasons"));
    check(|decision| decision.result.reasons[0].points = Milli(1), 64, Some("reasons"));
    check(|decision| decision.result.risk = Risk(1), 64, Some("risk"));
    check(|decision| (decision.result.input, decision.listing_id) = ("h-0".into(), "B".into()), 64, Some("listing_id, input"));
}

#[test]
fn findings_do_not_depend_on_their_order() {
    let finding = |number: usize| Finding::new(Problem::RowAltered, format!("line {number:05}"), "x");
    let max = crate::limits::FINDINGS_MAX;
    let mut all = Findings::default();
    all.add((0..max + 5).map(finding));
    let (mut one, mut other) = (Findings::default(), Findings::default());
    one.add((7..max + 5).rev().map(finding));
    other.add((0..7).map(finding));
    one.merge(other);
    assert_eq!(one, all);
    assert_eq!((all.found.len(), all.problems[&Problem::RowAltered]), (max, max as u64 + 5));
    let mut rows = Findings::default();
    rows.add_row(Checked::default());
    rows.add_row(Checked { not_replayed: Some(NotReplayed::OtherPolicy), ..Checked::default() });
    rows.add_row(Checked { found: vec![finding(1)], ..Checked::default() });
    assert_eq!((rows.rows_checked, rows.rows_replayed, rows.rows_not_replayed[&NotReplayed::OtherPolicy]), (3, 2, 1));
    assert_eq!(rows.problems[&Problem::RowAltered], 1);
    assert_eq!(serde_json::from_str::<Findings>(&serde_json::to_string(&rows).unwrap()).unwrap(), rows);
}

proptest! {
    #[test]
    fn each_altered_decision_is_named(altered in proptest::collection::btree_set(0_usize..40, 0..40)) {
        let sealed: Vec<_> = (0..40).map(decision).collect();
        let mut now = sealed.clone();
        for at in &altered {
            now[*at].note.push('x');
        }
        let findings = verified(seal(&sealed), &now, 0);
        let named: BTreeSet<_> = findings.found.iter().map(|finding| finding.place.clone()).collect();
        let expected: BTreeSet<_> = altered.iter().map(|at| format!("decision r-{at} on listing A-{at}")).collect();
        prop_assert_eq!(named, expected);
    }

    #[test]
    fn no_two_decisions_have_one_form(one in any::<[String; 4]>(), other in any::<[String; 4]>()) {
        let with = |[review_id, listing_id, note, brand]: &[String; 4]| {
            let mut decision = Decision { review_id: review_id.clone(), listing_id: listing_id.clone(), note: note.clone(), ..decision(1) };
            decision.result.brand = (!brand.is_empty()).then(|| brand.clone());
            decision
        };
        prop_assert_eq!(with(&one).digest() == with(&other).digest(), one == other);
    }
}
