//! What does a run go over, and by which decisions? Settled when it begins, so that every invocation of it sees the same.

use crate::limits::{DECISIONS_MAX, DECISIONS_PER_CALL_MAX, JOBS_MAX};
use crate::publish::Before;
use crate::record;
use crate::request::Request;
use crate::{Deps, Error};
use auditing::estimate::Recalibration;
use auditing::integrity::{Chain, Decision, FileSeal, Finding, Findings, Quoted, Seal, Sealing, Verifying, check_listing};
use auditing::report::{Covered, Unread};
use auditing::{Decided, Drawn, Fired, Traits};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use storage::Upload;
use storage::jobs::{Job, Jobs, State};
use storage::objects::{self, AuditFiles, SEAL_CHAIN_KEY, file_seal_key, seal_key};
use storage::reviews::{self, Recorded, Reviews};

/// The plan of a run.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Plan {
    /// The policies that it goes by: the one of the program, and another one. With other ones, it is another run.
    pub(crate) policies: String,
    /// By when they began, then by name.
    pub(crate) jobs: Vec<PlannedJob>,
    /// How the risk must be read, as far as earlier runs tell: what is drawn follows from it, and must not change on the way.
    pub(crate) prior: Recalibration,
    /// What is known of the coverage before a row is read.
    pub(crate) covered: Covered,
    /// The decisions that stand, by listing.
    pub(crate) decisions: BTreeMap<String, Standing>,
    /// What the decisions themselves and their seals tell.
    pub(crate) findings: Findings,
    /// Last hash of the chain of seals, hexadecimal: who keeps it can tell whether a seal was altered since.
    pub(crate) seals_head: String,
}

/// A job to go over.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct PlannedJob {
    pub(crate) job_id: String,
    pub(crate) bucket: String,
    pub(crate) key: String,
    pub(crate) version_id: Option<String>,
    pub(crate) etag: Option<String>,
    pub(crate) upload: Upload,
    pub(crate) expires_at: i64,
    /// Its file could not be read to its end then, and cannot now.
    pub(crate) is_broken: bool,
}

/// A decision that stands on a listing.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Standing {
    /// As recorded.
    pub(crate) decision: Decision,
    /// Which draw the listing was sent to review by.
    pub(crate) drawn: Option<Drawn>,
    /// What the decision before it said, where one is on record.
    pub(crate) earlier_counterfeit: Option<bool>,
}

impl Standing {
    /// Whether a counterfeit was found; `None` when the person could not tell.
    pub(crate) fn counterfeit(&self) -> Option<bool> {
        counterfeit(&self.decision)
    }

    /// The decision as the steps of an audit take it.
    pub(crate) fn decided(&self, counterfeit: bool, traits: Traits) -> Decided {
        let Decision { review_id, listing_id, reviewer, reviewed_at, result, .. } = self.decision.clone();
        let Quoted { risk, log_odds, band, brand, input, reasons, .. } = result;
        Decided {
            review_id,
            listing_id,
            counterfeit,
            reviewer,
            source: None,
            sampled: self.drawn.clone(),
            decided_at: reviewed_at,
            risk,
            log_odds,
            band,
            brand,
            input,
            traits,
            reasons,
        }
    }
}

fn counterfeit(decision: &Decision) -> Option<bool> {
    match decision.decision.as_str() {
        "confirmed" => Some(true),
        "rejected" => Some(false),
        _ => None,
    }
}

/// The plan that an earlier invocation made, or a new one.
pub(crate) async fn settled(
    deps: &Deps,
    request: &Request,
    started_at: Timestamp,
    policies: &str,
    files: &AuditFiles,
) -> Result<Plan, Error> {
    match objects::get(&deps.s3, &deps.config.results_bucket, &files.plan).await {
        Ok(bytes) => {
            let plan: Plan = record::read(&bytes)?;
            if plan.policies == policies {
                return Ok(plan);
            }
        }
        Err(storage::Error::NotFound) => {}
        Err(error) => return Err(error.into()),
    }
    let plan = make(deps, request, started_at, policies).await?;
    objects::put(&deps.s3, &deps.config.results_bucket, &files.plan, "application/zstd", record::write(&plan)?).await?;
    Ok(plan)
}

async fn make(deps: &Deps, request: &Request, started_at: Timestamp, policies: &str) -> Result<Plan, Error> {
    let (from, to) = (time(&request.window.from)?, time(&request.window.to)?);
    let (jobs, mut covered) = jobs_of_window(deps, from, to).await?;
    let mut findings = Findings::default();
    let mut records = Records { by_listing: BTreeMap::new(), count: 0, left_out: 0, from: day(from).to_string() };
    let today = day(started_at);
    let mut chain: Chain = record_or_default(deps, SEAL_CHAIN_KEY).await?;
    check_chain(deps, &chain, &mut findings).await?;
    let mut is_longer = false;
    for day in days(day(from), today) {
        is_longer |= read_day(deps, &day.to_string(), day < today, started_at, &mut chain, &mut records, &mut findings).await?;
    }
    if is_longer {
        let json = serde_json::to_vec(&chain).map_err(record::error)?;
        objects::put(&deps.s3, &deps.config.results_bucket, SEAL_CHAIN_KEY, "application/json", json).await?;
    }
    covered.decisions_left_out_count = records.left_out;
    let decisions = records.standing(&mut findings);
    let prior = Before::read(deps, &request.run_id).await?.prior();
    Ok(Plan { policies: policies.to_owned(), jobs, prior, covered, decisions, findings, seals_head: chain.head().to_string() })
}

/// Every day from one to another.
fn days(from: Date, to: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(from), |day| day.checked_add(1.day()).ok()).take_while(move |day| *day <= to)
}

fn day(time: Timestamp) -> Date {
    TimeZone::UTC.to_datetime(time).date()
}

fn time(text: &str) -> Result<Timestamp, Error> {
    text.parse().map_err(|error| Error::BadRequest(format!("'{text}' is no time: {error}")))
}

/// The jobs that began in the window. Of several exports of one name the newest counts: each has the listings of the one before.
async fn jobs_of_window(deps: &Deps, from: Timestamp, to: Timestamp) -> Result<(Vec<PlannedJob>, Covered), Error> {
    let table = Jobs::new(deps.dynamodb.clone(), &deps.config.tables.jobs);
    let mut covered = Covered::default();
    let mut newest: BTreeMap<(String, String), Job> = BTreeMap::new();
    let mut jobs_count = 0;
    for day in days(day(from), day(to)) {
        for job in table.of_day(&day.to_string(), JOBS_MAX).await? {
            if !time(&job.started_at).is_ok_and(|started_at| from <= started_at && started_at < to) {
                continue;
            }
            if job.state == State::Running {
                covered.jobs_running_count += 1;
                continue;
            }
            jobs_count += 1;
            let key = (job.bucket.clone(), job.key.clone());
            let order = |job: &Job| (job.upload.at_ms, job.upload.sequencer.clone(), job.job_id.clone());
            match newest.get(&key) {
                Some(other) if order(other) >= order(&job) => {}
                _ => {
                    newest.insert(key, job);
                }
            }
        }
    }
    let mut jobs: Vec<Job> = newest.into_values().collect();
    jobs.sort_by(|one, other| (&one.started_at, &one.job_id).cmp(&(&other.started_at, &other.job_id)));
    for job in jobs.drain(JOBS_MAX.min(jobs.len())..) {
        let detail = format!("the window has more than {JOBS_MAX} jobs");
        covered.jobs_unread.push(Unread { job_id: job.job_id, code: "audit.too_many_jobs".to_owned(), detail });
    }
    covered.jobs_superseded_count = jobs_count - jobs.len() as u64 - covered.jobs_unread.len() as u64;
    let jobs = jobs.into_iter().map(|job| PlannedJob {
        job_id: job.job_id,
        bucket: job.bucket,
        key: job.key,
        version_id: job.version_id,
        etag: job.etag,
        upload: job.upload,
        expires_at: job.expires_at,
        is_broken: job.state == State::Failed,
    });
    Ok((jobs.collect(), covered))
}

/// The decisions of one day. A day that is over is compared with its seal, or sealed; tells whether the chain became longer.
async fn read_day(
    deps: &Deps,
    day: &str,
    is_over: bool,
    now: Timestamp,
    chain: &mut Chain,
    records: &mut Records,
    findings: &mut Findings,
) -> Result<bool, Error> {
    let bucket = &deps.config.results_bucket;
    let seal: Option<Seal> = if is_over { record_of(deps, &seal_key(day)).await? } else { None };
    // A run at the same time may have sealed the day, and its chain may have been overwritten by ours.
    let joined = seal.as_ref().is_some_and(|seal| chain.append(seal));
    let mut verifying = seal.map(Verifying::new);
    let mut sealing = Sealing::new(day);
    let reviews = Reviews::new(deps.dynamodb.clone(), &deps.config.tables);
    let mut after = None;
    loop {
        let page = reviews.recorded_of_day(day, after.as_ref(), DECISIONS_PER_CALL_MAX).await?;
        for recorded in &page {
            let decision = canonical(recorded);
            match &mut verifying {
                Some(verifying) => verifying.push(&decision, findings),
                None => sealing.push(&decision, Some(recorded.expires_at)),
            }
            records.add(decision, recorded.review.drawn.as_ref());
        }
        if page.len() < DECISIONS_PER_CALL_MAX {
            break;
        }
        after = page.into_iter().last().map(|recorded| recorded.review);
    }
    match verifying {
        Some(verifying) => verifying.finish(now.as_second(), findings),
        None if is_over => {
            let seal = sealing.finish();
            let json = serde_json::to_vec(&seal).map_err(record::error)?;
            objects::put(&deps.s3, bucket, &seal_key(day), "application/json", json).await?;
            // What was sealed just now is what is on record: whichever of two runs comes first, both say the same.
            findings.days_checked += 1;
            findings.decisions_checked += seal.decisions;
            return Ok(chain.append(&seal));
        }
        None => {}
    }
    Ok(joined)
}

/// Compares a result file with its seal; the first run that reads it seals it. So what was altered since is found under any policy.
pub(crate) async fn compare_file(deps: &Deps, job_id: &str, now: &FileSeal, findings: &mut Findings) -> Result<(), Error> {
    let key = file_seal_key(job_id);
    if let Some(sealed) = record_of::<FileSeal>(deps, &key).await? {
        sealed.verify(now, findings);
        return Ok(());
    }
    // Whichever of two runs comes first, both say the same.
    now.verify(now, findings);
    let json = serde_json::to_vec(now).map_err(record::error)?;
    Ok(objects::put(&deps.s3, &deps.config.results_bucket, &key, "application/json", json).await?)
}

/// Whether the seals are those that joined the chain.
async fn check_chain(deps: &Deps, chain: &Chain, findings: &mut Findings) -> Result<(), Error> {
    let mut seals: Vec<Seal> = Vec::new();
    for link in &chain.links {
        seals.extend(record_of::<Seal>(deps, &seal_key(&link.day)).await?);
    }
    findings.add(chain.verify(None, &seals));
    Ok(())
}

async fn record_of<T: serde::de::DeserializeOwned>(deps: &Deps, key: &str) -> Result<Option<T>, Error> {
    match objects::get(&deps.s3, &deps.config.results_bucket, key).await {
        Ok(json) => serde_json::from_slice(&json).map(Some).map_err(record::error),
        Err(storage::Error::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

async fn record_or_default<T: serde::de::DeserializeOwned + Default>(deps: &Deps, key: &str) -> Result<T, Error> {
    Ok(record_of(deps, key).await?.unwrap_or_default())
}

/// The decisions on record, by listing.
struct Records {
    by_listing: BTreeMap<String, Vec<(Decision, Option<Drawn>)>>,
    count: usize,
    left_out: u64,
    /// First day that was read.
    from: String,
}

impl Records {
    fn add(&mut self, decision: Decision, drawn: Option<&storage::results::Drawn>) {
        if self.count == DECISIONS_MAX {
            self.left_out += 1;
            return;
        }
        self.count += 1;
        let drawn = drawn.map(|drawn| Drawn { run_id: drawn.run_id.clone(), stratum: drawn.stratum });
        self.by_listing.entry(decision.listing_id.clone()).or_default().push((decision, drawn));
    }

    /// The decision that stands on each listing: the latest that was not taken back.
    fn standing(self, findings: &mut Findings) -> BTreeMap<String, Standing> {
        let mut standing = BTreeMap::new();
        for (listing_id, records) in self.by_listing {
            let decisions: Vec<Decision> = records.iter().map(|(decision, _)| decision.clone()).collect();
            let found: Vec<Finding> =
                check_listing(&decisions, |reviewed_at| reviewed_at.get(..10).is_some_and(|day| day >= self.from.as_str()));
            findings.add(found);
            let latest = records
                .iter()
                .filter(|(decision, _)| decision.withdrawn_at.is_none())
                .max_by_key(|(decision, _)| decision.version);
            let Some((decision, drawn)) = latest else { continue };
            let is_before = |earlier: &&Decision| {
                decision.before.as_deref() == Some(format!("{}#{}", earlier.reviewed_at, earlier.review_id).as_str())
            };
            let earlier_counterfeit = decisions.iter().find(is_before).and_then(counterfeit);
            standing.insert(listing_id, Standing { decision: decision.clone(), drawn: drawn.clone(), earlier_counterfeit });
        }
        standing
    }
}

fn canonical(recorded: &Recorded) -> Decision {
    let reviews::Review { review_id, listing_id, decision, reviewer, note, reviewed_at, withdrawn_at, version, result, .. } =
        recorded.review.clone();
    let reviews::Reviewed { risk, log_odds, band, brand, policy, input, job_id, scored_at, reasons } = result;
    let reasons =
        reasons.into_iter().map(|fired| Fired { signal: fired.signal, rule: fired.rule, points: fired.points }).collect();
    Decision {
        review_id,
        listing_id,
        decision: decision.name().to_owned(),
        reviewer,
        note,
        reviewed_at,
        version,
        before: recorded.before.clone(),
        result: Quoted { risk, log_odds, band, brand, policy, input, job_id, scored_at, reasons },
        withdrawn_at,
    }
}
