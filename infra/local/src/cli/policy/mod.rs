//! What does `touchstone policy check` do with a folder?

mod folder;
mod json;
mod listings;
mod ordinary;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use scoring::{Collision, Comparison, FailedExample, Policy, PolicyError, embedded_files};

use super::args::PolicyCheck;
use super::words::{complain, plain, say};
use super::{FAULT, Outcome, UNREADABLE};

/// Everything that is found out about a folder.
struct Check {
    /// How the folder was named.
    folder: String,
    problems: Vec<PolicyError>,
    /// The policy, when it can be used.
    policy: Option<Arc<Policy>>,
    failing: Vec<FailedExample>,
    /// Those that the other policy has not.
    new_collisions: Vec<Collision>,
    known_collisions: Vec<Collision>,
    verdicts: Option<Verdicts>,
}

/// What changes against another policy.
struct Verdicts {
    /// How the other policy is called.
    against: String,
    before: Arc<Policy>,
    comparison: Comparison,
    /// What was scored.
    over: String,
    /// Rows of exports that are no listing.
    rejected: u64,
}

/// Why nothing could be found out, in a sentence for the person at the terminal.
type Unreadable = String;

/// Checks the folder and tells a person or a program.
pub(super) async fn run(arguments: PolicyCheck) -> Outcome {
    // Scoring keeps a core busy, and Ctrl-C has to be heard all the same.
    let work = tokio::task::spawn_blocking(move || check(&arguments).map(|check| tell(check, &arguments)));
    Ok(match work.await {
        Ok(Ok(code)) => code,
        Ok(Err(reason)) => {
            complain(format_args!("touchstone: {}", plain(&reason)));
            UNREADABLE.into()
        }
        Err(panic) => {
            complain(format_args!("touchstone: the check ended early: {panic}"));
            FAULT.into()
        }
    })
}

/// The policy of a folder.
pub(super) fn of_folder(folder: &Path) -> Result<Policy, Unreadable> {
    let read = folder::read(folder)?;
    let problem = read.problems.into_iter().next().map(|problem| problem.to_string());
    match problem {
        Some(problem) => Err(format!("{}: {problem}", folder.display())),
        None => Policy::from_files(&read.files).map_err(|error| format!("{}: {error}", folder.display())),
    }
}

fn tell(mut check: Check, arguments: &PolicyCheck) -> ExitCode {
    let collisions_fail = arguments.strict && !check.new_collisions.is_empty();
    let is_fine = check.problems.is_empty() && check.failing.is_empty() && !collisions_fail;
    if arguments.json {
        say(json::object(&mut check, is_fine));
    } else {
        text::print(&mut check, arguments, is_fine);
    }
    if is_fine { ExitCode::SUCCESS } else { PROBLEMS.into() }
}

/// The folder could be read, and something in it must change.
const PROBLEMS: u8 = 1;

fn check(arguments: &PolicyCheck) -> Result<Check, Unreadable> {
    let folder = folder::read(&arguments.folder)?;
    let other = other_policy(arguments.against.as_deref())?;
    let ordinary = ordinary::words();
    let review = Policy::review(&folder.files, &ordinary);
    let policy = review.policy.map(Arc::new);
    let (new_collisions, known_collisions) = divide(review.collisions, &Policy::review(&other.files, &ordinary).collisions);
    let verdicts = match &policy {
        Some(after) => Some(compare(arguments, other, after)?),
        None => None,
    };
    Ok(Check {
        folder: arguments.folder.display().to_string(),
        problems: folder.problems.into_iter().chain(review.problems).collect(),
        failing: policy.as_ref().map(Policy::failing_examples).unwrap_or_default(),
        policy,
        new_collisions,
        known_collisions,
        verdicts,
    })
}

/// The policy that is compared with.
struct Other {
    name: String,
    files: BTreeMap<String, String>,
    policy: Arc<Policy>,
}

fn other_policy(folder: Option<&Path>) -> Result<Other, Unreadable> {
    let Some(folder) = folder else {
        return Ok(Other { name: "the embedded policy".to_owned(), files: embedded_files(), policy: Policy::embedded() });
    };
    let read = folder::read(folder)?;
    let problems = read.problems.into_iter().next();
    let policy = problems.map_or_else(|| Policy::from_files(&read.files), Err);
    let policy =
        policy.map_err(|problem| format!("{}: is compared with and has problems itself: {problem}", folder.display()))?;
    Ok(Other { name: folder.display().to_string(), files: read.files, policy: Arc::new(policy) })
}

/// Which of the collisions are new; a line that moved makes none.
fn divide(collisions: Vec<Collision>, known: &[Collision]) -> (Vec<Collision>, Vec<Collision>) {
    let key = |collision: &Collision| (collision.file.clone(), collision.sort, collision.word.clone());
    let known: BTreeSet<_> = known.iter().map(key).collect();
    collisions.into_iter().partition(|collision| !known.contains(&key(collision)))
}

fn compare(arguments: &PolicyCheck, other: Other, after: &Arc<Policy>) -> Result<Verdicts, Unreadable> {
    let mut comparison = Comparison::new(other.policy.clone(), after.clone(), arguments.top);
    let scored = if arguments.listings.is_empty() {
        listings::examples([&other.policy, after], &mut comparison) + listings::sample(&mut comparison)?
    } else {
        let mut scored = listings::Scored::default();
        for path in &arguments.listings {
            scored = scored + listings::export(path, &mut comparison)?;
        }
        scored
    };
    let (over, rejected) = (scored.told(), scored.rejected);
    Ok(Verdicts { against: other.name, before: other.policy, comparison, over, rejected })
}
