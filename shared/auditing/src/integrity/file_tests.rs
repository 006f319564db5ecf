//! Is one altered byte of a result file found, and its line named?

use super::*;
use crate::limits::BLOCK_LINES;
use proptest::prelude::*;

fn seal(lines: &[String]) -> FileSeal {
    let mut sealing = FileSealing::new("f");
    for (at, line) in lines.iter().enumerate() {
        // Cut off once on the way.
        if at == 1_500 {
            sealing = serde_json::from_str(&serde_json::to_string(&sealing).unwrap()).unwrap();
        }
        sealing.push_line(line.as_bytes());
    }
    sealing.finish()
}

fn lines(count: u64) -> Vec<String> {
    (0..count).map(|number| format!("{{\"listing_id\":\"{number}\"}}")).collect()
}

fn found(sealed: &[String], now: &[String]) -> Vec<(Problem, String)> {
    let mut findings = Findings::default();
    seal(sealed).verify(&seal(now), &mut findings);
    assert_eq!(findings.files_checked, 1);
    findings.found.into_iter().map(|finding| (finding.problem, finding.place)).collect()
}

#[test]
fn altered_lines_are_named() {
    let sealed = lines(2_500);
    let check = |alter: &dyn Fn(&mut Vec<String>), expected: &[(Problem, &str)]| {
        let mut now = sealed.clone();
        alter(&mut now);
        let expected: Vec<_> = expected.iter().map(|(problem, place)| (*problem, (*place).to_owned())).collect();
        assert_eq!(found(&sealed, &now), expected);
    };
    check(&|_| {}, &[]);
    for line in [1, 2, 777, 1_023, 1_024, 1_025, 2_048, 2_049, 2_500] {
        check(&|now| now[line - 1].push('x'), &[(Problem::FileAltered, &format!("line {line} of f"))]);
    }
    // One in each of two blocks, two in one block, two lines exchanged.
    check(
        &|now| (0..2).for_each(|block| now[block * 1_024 + 5].push('x')),
        &[(Problem::FileAltered, "line 1030 of f"), (Problem::FileAltered, "line 6 of f")],
    );
    check(&|now| (3..5).for_each(|line| now[line].push('x')), &[(Problem::FileAltered, "lines 1 to 1024 of f")]);
    check(&|now| now.swap(2_060, 2_400), &[(Problem::FileAltered, "lines 2049 to 2500 of f")]);
    check(&|now| drop(now.remove(1_500)), &[(Problem::LinesMissingOrAdded, "f, from line 1025 on")]);
    check(&|now| now.push("x".into()), &[(Problem::LinesMissingOrAdded, "f, from line 2049 on")]);
    check(&|now| now.insert(0, "x".into()), &[(Problem::LinesMissingOrAdded, "f, from line 1 on")]);
    check(&|now| now.clear(), &[(Problem::LinesMissingOrAdded, "f, from line 1 on")]);
}

#[test]
fn a_seal_is_small_and_reads_back_the_same() {
    let seal = seal(&lines(BLOCK_LINES * 2 + 1));
    assert_eq!((seal.lines, seal.blocks.len()), (BLOCK_LINES * 2 + 1, 3));
    let text = serde_json::to_string(&seal).unwrap();
    assert_eq!(serde_json::from_str::<FileSeal>(&text).unwrap(), seal);
    assert!(text.len() < 1_000);
    assert!(serde_json::from_str::<FileSeal>(&text.replacen("\"blocks\":[\"", "\"blocks\":[\"0", 1)).is_err());
}

#[test]
fn the_digest_of_a_seal_covers_every_part() {
    let sealed = seal(&lines(3));
    let others = [
        FileSeal { file: "g".into(), ..sealed.clone() },
        FileSeal { lines: 4, ..sealed.clone() },
        FileSeal { bytes: 4, ..sealed.clone() },
        FileSeal { whole: Digest::default(), ..sealed.clone() },
        FileSeal { blocks: vec![], ..sealed.clone() },
        seal(&lines(4)),
    ];
    assert!(others.iter().all(|other| other.digest() != sealed.digest()));
}

proptest! {
    #[test]
    fn one_altered_byte_is_named(count in 1_u64..3_000, line in any::<prop::sample::Index>(), byte in any::<prop::sample::Index>(), bit in 0_u8..7) {
        let sealed = lines(count);
        let at = line.index(sealed.len());
        let mut bytes = sealed[at].clone().into_bytes();
        let position = byte.index(bytes.len());
        bytes[position] ^= 1 << bit;
        let mut now = sealed.clone();
        now[at] = String::from_utf8(bytes).unwrap();
        prop_assert_eq!(found(&sealed, &now), vec![(Problem::FileAltered, format!("line {} of f", at + 1))]);
    }
}
