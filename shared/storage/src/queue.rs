//! How does a function send a message to its own queue?

use crate::Error;
use aws_sdk_sqs::Client;

/// A queue.
#[derive(Clone, Debug)]
pub struct Queue {
    /// The client.
    pub client: Client,
    /// Address of the queue.
    pub url: String,
}

impl Queue {
    /// Sends one message.
    ///
    /// # Errors
    /// When SQS refuses.
    pub async fn send(&self, body: &str) -> Result<(), Error> {
        let request = self.client.send_message().queue_url(&self.url).message_body(body);
        request.send().await.map_err(|error| Error::service("SendMessage", error))?;
        Ok(())
    }
}
