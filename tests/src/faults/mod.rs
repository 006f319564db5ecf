//! How does a bad day look from under the SDK? A seeded connector that throttles, breaks, cuts and goes silent.
//!
//! It sits where the network would be, so that the SDK's own retries and timeouts are part of what is tested. Whether a call is hit
//! depends on the seed, on what the call asks for and on how often it was asked, never on the order in which concurrent calls happen
//! to arrive: a seed that fails once fails again.

mod answer;
mod call;

pub use call::Operation;

use answer::Break;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::{RuntimeComponents, RuntimeComponentsBuilder};
use aws_smithy_types::config_bag::ConfigBag;
use call::Call;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::future::pending;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// What goes wrong with a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Refused before it did anything: 400 `ProvisionedThroughputExceededException` or 503 `SlowDown`.
    Throttle,
    /// The service failed before it did anything: 500.
    InternalError,
    /// The connection breaks before anything arrives.
    Reset,
    /// It is done, and the connection breaks before the answer arrives.
    LostAnswer,
    /// It is done, and no answer ever comes.
    Silence,
    /// The answer's body breaks off with an error after so many percent.
    CutBody(u8),
    /// The answer's body goes silent after so many percent, and never ends.
    StallBody(u8),
    /// The answer's body ends in good order after so many percent, and its headers agree.
    ShortBody(u8),
    /// About half of the items of a `BatchWriteItem` are handed back unwritten.
    Unprocessed,
}

/// Which of the matching calls are hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// So many percent of them, chosen by the seed, each attempt anew.
    Percent(u8),
    /// The first so many attempts of each distinct call.
    FirstAttempts(u32),
    /// The first so many calls of each operation, whatever they ask for: for calls that are made one after the other.
    First(u64),
}

/// The point at which the process dies: from there on no call is ever answered, and [`Faults::death`] resolves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// The call of this number (from 0) never leaves.
    Before(u64),
    /// The call of this number (from 0) is done, but nobody is left to hear it.
    After(u64),
    /// As [`Cut::After`], for the first call of this operation.
    AfterFirst(&'static str),
}

#[derive(Clone, Copy, Debug)]
struct Rule {
    operation: Operation,
    when: When,
    fault: Fault,
}

/// A plan of faults and the record of what it did. Shared by all clients of one invocation.
pub struct Faults {
    seed: u64,
    rules: Vec<Rule>,
    cut: Option<Cut>,
    state: Mutex<State>,
    died: Notify,
}

#[derive(Default)]
struct State {
    calls: u64,
    attempts: HashMap<u64, u32>,
    dead: bool,
    fired: BTreeMap<(String, String), u64>,
    made: BTreeMap<String, u64>,
}

/// What the plan says about one call.
enum Verdict {
    Pass,
    Hit(Fault, u64),
    DieBefore,
    DieAfter,
}

impl Faults {
    /// A good day.
    #[must_use]
    pub fn none() -> Self {
        Self::seeded(0)
    }

    /// An empty plan with a seed for its choices.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self { seed, rules: Vec::new(), cut: None, state: Mutex::default(), died: Notify::new() }
    }

    /// One more rule; the first that hits a call decides.
    #[must_use]
    pub fn with(mut self, operation: Operation, when: When, fault: Fault) -> Self {
        self.rules.push(Rule { operation, when, fault });
        self
    }

    /// The process dies there.
    #[must_use]
    pub fn cut(mut self, cut: Cut) -> Self {
        self.cut = Some(cut);
        self
    }

    /// Puts the plan over a client's own connector.
    #[must_use]
    pub fn over(self: &Arc<Self>, inner: SharedHttpClient) -> SharedHttpClient {
        SharedHttpClient::new(Client { inner, faults: Arc::clone(self) })
    }

    /// Whether no call is refused, spoiled or left without an answer. A death is calm: it comes once and is quick.
    #[must_use]
    pub fn is_calm(&self) -> bool {
        self.rules.is_empty()
    }

    /// Resolves once the process has died.
    pub async fn death(&self) {
        let died = self.died.notified();
        if !self.state().dead {
            died.await;
        }
    }

    /// Whether the process has died.
    #[must_use]
    pub fn is_dead(&self) -> bool {
        self.state().dead
    }

    /// Calls made so far, retries included.
    pub fn calls(&self) -> u64 {
        self.state().calls
    }

    /// Calls of one operation made so far, retries included.
    pub fn calls_of(&self, operation: &str) -> u64 {
        self.state().made.get(operation).copied().unwrap_or(0)
    }

    /// Faults that struck so far. A test of faults in which none struck proves nothing.
    pub fn fired(&self) -> u64 {
        self.state().fired.values().sum()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn judge(&self, call: &Call) -> Verdict {
        let mut state = self.state();
        if state.dead {
            return Verdict::DieBefore;
        }
        let number = state.calls;
        state.calls += 1;
        *state.made.entry(call.operation.clone()).or_default() += 1;
        let attempt = state.attempts.entry(call.identity).or_default();
        let (this_attempt, roll) = (*attempt, mix(self.seed ^ mix(call.identity.wrapping_add(u64::from(*attempt)))));
        *attempt += 1;
        match self.cut {
            Some(Cut::Before(at)) if at == number => {
                state.dead = true;
                return Verdict::DieBefore;
            }
            Some(Cut::After(at)) if at == number => return Verdict::DieAfter,
            Some(Cut::AfterFirst(operation)) if operation == call.operation => return Verdict::DieAfter,
            _ => {}
        }
        let hit = self.rules.iter().find(|rule| {
            rule.operation.covers(call)
                && match rule.when {
                    When::Percent(percent) => roll % 100 < u64::from(percent),
                    When::FirstAttempts(attempts) => this_attempt < attempts,
                    When::First(calls) => state.made.get(&call.operation).is_some_and(|&made| made <= calls),
                }
        });
        hit.map_or(Verdict::Pass, |rule| Verdict::Hit(rule.fault, roll))
    }

    fn note(&self, call: &Call, fault: Fault) {
        *self.state().fired.entry((call.operation.clone(), format!("{fault:?}"))).or_default() += 1;
    }

    fn die(&self) {
        self.state().dead = true;
        self.died.notify_waiters();
    }
}

impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        write!(
            f,
            "faults: seed {}, rules {:?}, cut {:?}; calls {:?}; struck {:?}",
            self.seed, self.rules, self.cut, state.made, state.fired
        )
    }
}

#[derive(Debug)]
struct Client {
    inner: SharedHttpClient,
    faults: Arc<Faults>,
}

impl HttpClient for Client {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(Connector { inner, faults: Arc::clone(&self.faults) })
    }

    fn validate_base_client_config(&self, components: &RuntimeComponentsBuilder, config: &ConfigBag) -> Result<(), BoxError> {
        self.inner.validate_base_client_config(components, config)
    }

    fn validate_final_config(&self, components: &RuntimeComponents, config: &ConfigBag) -> Result<(), BoxError> {
        self.inner.validate_final_config(components, config)
    }
}

#[derive(Debug)]
struct Connector {
    inner: SharedHttpConnector,
    faults: Arc<Faults>,
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (inner, faults) = (self.inner.clone(), Arc::clone(&self.faults));
        HttpConnectorFuture::new(async move { faults.carry(&inner, request).await })
    }
}

impl Faults {
    async fn carry(&self, inner: &SharedHttpConnector, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let call = Call::of(&request);
        let (fault, roll) = match self.judge(&call) {
            Verdict::Pass => return inner.call(request).await,
            Verdict::Hit(fault, roll) => (fault, roll),
            Verdict::DieBefore => {
                self.die();
                return pending().await;
            }
            Verdict::DieAfter => {
                let done = inner.call(request).await;
                // The service has acted before the death is told: what the next process finds is decided.
                drop(done);
                self.die();
                return pending().await;
            }
        };
        let response = match fault {
            Fault::Throttle => Ok(answer::throttled(&call)),
            Fault::InternalError => Ok(answer::internal_error(&call)),
            Fault::Reset => Err(reset("connection reset by the test")),
            Fault::LostAnswer => {
                inner.call(request).await?;
                Err(reset("answer lost by the test"))
            }
            Fault::Silence => {
                self.note(&call, fault);
                inner.call(request).await?;
                return pending().await;
            }
            Fault::CutBody(percent) => answer::broken(inner.call(request).await?, percent, Break::Error).await,
            Fault::StallBody(percent) => answer::broken(inner.call(request).await?, percent, Break::Silence).await,
            Fault::ShortBody(percent) => answer::shortened(inner.call(request).await?, percent).await,
            Fault::Unprocessed => match answer::without_some_items(request, roll) {
                Ok((fewer, unprocessed)) => answer::with_unprocessed(inner.call(fewer).await?, unprocessed).await,
                // A batch of one, kept whole.
                Err(request) => return inner.call(*request).await,
            },
        };
        self.note(&call, fault);
        response
    }
}

fn reset(what: &'static str) -> ConnectorError {
    ConnectorError::io(io::Error::new(io::ErrorKind::ConnectionReset, what).into())
}

/// Spreads a number over all its bits (splitmix64), so that neighbours choose differently.
#[must_use]
pub fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests;
