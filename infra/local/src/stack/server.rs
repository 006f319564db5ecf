//! How are the loopback servers run and stopped together?

use axum::Router;
use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::{limits, loopback};

/// The tasks of the servers, and the signal that ends them.
#[derive(Debug)]
pub(crate) struct Servers {
    stop: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

impl Servers {
    pub(crate) fn new() -> Self {
        Self { stop: watch::Sender::new(false), tasks: JoinSet::new() }
    }

    /// Serves `router` to this machine until the servers stop.
    pub(crate) fn add(&mut self, listener: TcpListener, router: Router) {
        let (stopped, router) = (self.stopped(), loopback::guarded(router));
        // Small answers must not wait for more bytes to fill a packet.
        let listener = listener.tap_io(|stream| {
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!(%error, "cannot switch off packet gathering");
            }
        });
        self.tasks.spawn(async move {
            if let Err(error) = axum::serve(listener, router).with_graceful_shutdown(stopped).await {
                tracing::error!(%error, "a local server ended early");
            }
        });
    }

    /// Lets requests in flight finish, but no longer than the grace.
    pub(crate) async fn stop(mut self) {
        self.stop.send_replace(true);
        let ended = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(limits::STOP_GRACE, ended).await.is_err() {
            tracing::warn!(grace_seconds = limits::STOP_GRACE.as_secs(), "a local server had to be cut off");
        }
    }

    fn stopped(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut stop = self.stop.subscribe();
        async move {
            // An error means the servers were dropped, which stops them too.
            let _ = stop.wait_for(|stop| *stop).await;
        }
    }
}
