//! What can be asked of the `touchstone` command?

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use ingest::StoreFrom;

/// Scores marketplace listings for counterfeit risk, on this machine.
#[derive(Debug, Parser)]
#[command(name = "touchstone", version, max_term_width = 100, after_help = EXAMPLES)]
pub(super) struct Touchstone {
    /// Say more on the error stream: once for each step, twice for each request.
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub(super) verbose: u8,
    #[command(subcommand)]
    pub(super) command: Command,
}

const EXAMPLES: &str = "\
Examples:
  touchstone demo                               see it work on a sample export
  touchstone score listings.csv --out results   score your own export
  touchstone serve --data ~/touchstone          keep a stack running, with a drop folder
  touchstone audit --data ~/touchstone --out a  see what is caught and what is missed
  touchstone policy check my-policy             see what a change of brands, words or weights does

An export may be CSV, TSV, JSON lines, a JSON array or a product feed in XML, plain or compressed with gzip or zstd,
as Shopify, Amazon, eBay, Etsy, WooCommerce, Google Merchant and Taobao write them. No account and no network are needed.";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Score listing exports and write the results into a folder
    Score(Score),
    /// Score the sample export that comes with the program, and show what happens on the way
    Demo(Demo),
    /// Keep the whole stack running on loopback, with its data in a folder
    Serve(Serve),
    /// Audit what was scored: what is caught, what is missed, what changed
    Audit(Audit),
    /// Work on a policy: the brands, words and weights that listings are scored by
    #[command(subcommand)]
    Policy(Policy),
}

/// Scores listing exports through the same function that runs in the cloud.
#[derive(Debug, Args)]
#[command(after_help = SCORE_NOTES)]
pub(super) struct Score {
    /// Exports to score; `-` reads one from standard input
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// Folder for the results; made when it is missing, files of an earlier run are replaced
    #[arg(long, value_name = "DIR")]
    pub(super) out: PathBuf,
    /// How many of the highest risks to print
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(super) top: usize,
}

const SCORE_NOTES: &str = "\
Results:
  DIR/scored.jsonl    one result a line, in the order of the input
  DIR/rejects.jsonl   rows that are no listing: line, machine name, reason
  DIR/summary.json    the counts
  DIR/report.html     the page to open in a browser
  With several files each has its own folder DIR/NAME/ with these four, and DIR has them for all files together:
  rejects carry the file's name, and the page leads to the pages of the files.

Exit status:
  0  every file was read to its end. Rejected rows do not change that; their number is printed
  2  a file could not be read, with one line on the error stream for each; the other files are scored all the same

Examples:
  touchstone score listings.csv --out results
  touchstone score exports/*.jsonl.gz --out results --top 25
  zcat listings.csv.gz | touchstone score - --out results";

/// Scores the sample export.
#[derive(Debug, Args)]
pub(super) struct Demo {
    /// Folder for the results
    #[arg(long, value_name = "DIR", default_value = "touchstone-demo")]
    pub(super) out: PathBuf,
}

/// Keeps the stack running.
#[derive(Debug, Args)]
#[command(after_help = SERVE_NOTES)]
pub(super) struct Serve {
    /// Folder for objects, tables, queue and the drop folder
    #[arg(long, value_name = "DIR")]
    pub(super) data: PathBuf,
    /// Port of the endpoint and the review console; S3, DynamoDB and SQS take the three ports after it. 0 lets the system choose all four
    #[arg(long, value_name = "N", default_value_t = 8787)]
    pub(super) port: u16,
    /// Lowest band whose results go into the table; the files always have all
    #[arg(long, value_enum, value_name = "BAND", default_value = "clear")]
    pub(super) store_from: Band,
}

/// [`StoreFrom`] as the command line spells it.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Band {
    /// Everything
    Clear,
    /// What a person should look at: large exports are through sooner
    Review,
    /// What a person should look at first
    RedFlag,
    /// Nothing
    Nothing,
}

impl From<Band> for StoreFrom {
    fn from(band: Band) -> Self {
        match band {
            Band::Clear => Self::Clear,
            Band::Review => Self::Review,
            Band::RedFlag => Self::RedFlag,
            Band::Nothing => Self::Nothing,
        }
    }
}

const SERVE_NOTES: &str = "\
Everything listens on 127.0.0.1 only. Put an export into DIR/drop, or upload it to the bucket touchstone-uploads under
exports/, and find its results in the review console, in the bucket touchstone-results and in the tables. The endpoint asks for a
token; there is one for each role in DIR/tokens.json. Ctrl-C stops; what was not finished goes on at the next start.

Example:
  touchstone serve --data ~/touchstone --port 8787
  cp listings.csv ~/touchstone/drop/";

/// Audits the results of a window of time.
#[derive(Debug, Args)]
#[command(after_help = AUDIT_NOTES)]
pub(super) struct Audit {
    /// Folder with the data of `serve`, which must not be running
    #[arg(long, value_name = "DIR")]
    pub(super) data: PathBuf,
    /// Folder for the report; made when it is missing, files of an earlier run are replaced
    #[arg(long, value_name = "DIR")]
    pub(super) out: PathBuf,
    /// Where the window begins (RFC 3339); --days before its end when left out
    #[arg(long, value_name = "TIME")]
    pub(super) from: Option<String>,
    /// Where the window ends; now when left out
    #[arg(long, value_name = "TIME")]
    pub(super) to: Option<String>,
    /// Days of the window
    #[arg(long, value_name = "N", default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=400))]
    pub(super) days: u32,
    /// How many listings to send to review at random at most
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(0..=5_000))]
    pub(super) sample: u32,
    /// Also tell what the policy in this folder would change
    #[arg(long, value_name = "DIR")]
    pub(super) candidate: Option<PathBuf>,
}

const AUDIT_NOTES: &str = "\
What it leaves:
  DIR/report.html       the page to open in a browser
  DIR/report.json       the same for programs
  DIR/sample.jsonl      the listings that were drawn at random; they are in the review queue
  DIR/statements.jsonl  statements of reasons for the confirmed decisions, in batches ready to be posted
  DIR/changes.jsonl.zst with --candidate: every listing whose band or brand it changes, compressed

What is missed can only be told from listings that were drawn at random and reviewed: run the audit, review what is in the
queue, and run it again.

Examples:
  touchstone audit --data ~/touchstone --out audit
  touchstone audit --data ~/touchstone --out audit --days 30 --candidate my-policy";

/// Work on a policy.
#[derive(Debug, Subcommand)]
pub(super) enum Policy {
    /// Check a policy folder and show what its changes do to verdicts
    Check(PolicyCheck),
}

/// Checks a policy folder: what is wrong with its files, which words collide, which examples fail, which verdicts change.
#[derive(Debug, Args)]
#[command(after_help = POLICY_CHECK_NOTES)]
pub(super) struct PolicyCheck {
    /// The policy folder: `shared/scoring/policy` of the repository, or a copy of it
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
    /// Compare with the policy in this folder, not with the one inside this program
    #[arg(long, value_name = "DIR")]
    pub(super) against: Option<PathBuf>,
    /// Compare verdicts over these exports (`-` is standard input), not over the examples of both policies and the sample export
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(super) listings: Vec<PathBuf>,
    /// How many listings of each sort to show; --json has as many
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(super) top: usize,
    /// Show every collision, also those that the other policy has as well
    #[arg(long)]
    pub(super) all: bool,
    /// Fail on new collisions too
    #[arg(long)]
    pub(super) strict: bool,
    /// Write one JSON object to standard output
    #[arg(long)]
    pub(super) json: bool,
}

const POLICY_CHECK_NOTES: &str = "\
What is shown:
  problems    what is wrong with a file, by line: the policy cannot be used before they are gone
  examples    those of brands and terms whose verdict is not as their author expects
  collisions  words that will be found where they mean something else: ordinary words of 14 languages, words of two brands
              or terms, words inside others. They are warnings, and only new ones are shown
  verdicts    the listings whose band or brand changes, with the signals that make the difference

Exit status:
  0  fine; collisions do not change that without --strict
  1  problems, or examples that fail
  2  a folder or an export cannot be read

Examples:
  touchstone policy check shared/scoring/policy
  touchstone policy check shared/scoring/policy --listings export.jsonl.gz --top 25
  touchstone policy check new-policy --against old-policy --strict --json > check.json";
