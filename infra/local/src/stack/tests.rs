//! Does the product's SDK find a real S3, DynamoDB and SQS here, and does a folder remember them?

use aws_sdk_s3::primitives::ByteStream;
use serde_json::Value;

use super::*;

async fn put(stack: &Stack, key: &str, body: &'static [u8]) {
    stack.s3().put_object().bucket(UPLOADS_BUCKET).key(key).body(ByteStream::from_static(body)).send().await.unwrap();
}

async fn events(stack: &Stack) -> Vec<Value> {
    let received = stack.sqs().receive_message().queue_url(stack.queue_url()).max_number_of_messages(10).send().await;
    let mut events = Vec::new();
    for message in received.unwrap().messages() {
        events.push(serde_json::from_str(message.body().unwrap()).unwrap());
        let receipt = message.receipt_handle().unwrap();
        stack.sqs().delete_message().queue_url(stack.queue_url()).receipt_handle(receipt).send().await.unwrap();
    }
    events
}

#[tokio::test]
async fn an_upload_is_announced_with_its_size_and_tag_in_order() {
    let stack = Stack::start(Storage::Memory).await.unwrap();
    put(&stack, "exports/a b+华.csv", b"id,title\n").await;
    put(&stack, "exports/second.csv", b"x").await;
    let source = format!("{UPLOADS_BUCKET}/exports/second.csv");
    stack.s3().copy_object().copy_source(source).bucket(UPLOADS_BUCKET).key("exports/third.csv").send().await.unwrap();
    stack.s3().put_object().bucket(RESULTS_BUCKET).key("jobs/x").body(ByteStream::from_static(b"x")).send().await.unwrap();

    let events = events(&stack).await;
    let objects: Vec<_> = events.iter().map(|event| &event["Records"][0]["s3"]["object"]).collect();
    assert_eq!(objects.len(), 3);
    assert_eq!(objects[0]["key"], "exports/a+b%2B%E5%8D%8E.csv");
    assert_eq!(objects[0]["size"], 9);
    assert_eq!(objects[0]["eTag"].as_str().unwrap().len(), 32);
    assert!(objects.is_sorted_by(|a, b| a["sequencer"].as_str() < b["sequencer"].as_str()));
    assert_eq!(stack.queue().depth(), crate::queue::Depth::default());
    stack.stop().await;
}

#[tokio::test]
async fn a_multipart_upload_is_announced_once_when_it_is_complete() {
    let stack = Stack::start(Storage::Memory).await.unwrap();
    let (s3, key) = (stack.s3(), "exports/large.csv");
    let upload = s3.create_multipart_upload().bucket(UPLOADS_BUCKET).key(key).send().await.unwrap();
    let upload_id = upload.upload_id().unwrap();
    let body = ByteStream::from_static(b"part");
    let part =
        s3.upload_part().bucket(UPLOADS_BUCKET).key(key).upload_id(upload_id).part_number(1).body(body).send().await.unwrap();
    assert_eq!(events(&stack).await, Vec::<Value>::new());
    let done = aws_sdk_s3::types::CompletedPart::builder().part_number(1).set_e_tag(part.e_tag).build();
    let parts = aws_sdk_s3::types::CompletedMultipartUpload::builder().parts(done).build();
    s3.complete_multipart_upload()
        .bucket(UPLOADS_BUCKET)
        .key(key)
        .upload_id(upload_id)
        .multipart_upload(parts)
        .send()
        .await
        .unwrap();
    let events = events(&stack).await;
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["Records"][0]["eventName"], "ObjectCreated:CompleteMultipartUpload");
    assert_eq!(events[0]["Records"][0]["s3"]["object"]["size"], 4);
}

#[tokio::test]
async fn a_folder_is_remembered_and_used_by_one_stack_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let storage = Storage::Dir(folder.path().join("data"));
    let stack = Stack::start(storage.clone()).await.unwrap();
    put(&stack, "exports/a.csv", b"id,title\n").await;
    let refused = Stack::start(storage.clone()).await.unwrap_err();
    assert_eq!(refused.code(), "local.in_use");
    stack.stop().await;

    let stack = Stack::start(storage).await.unwrap();
    assert_eq!(events(&stack).await.len(), 1);
    let object = stack.s3().get_object().bucket(UPLOADS_BUCKET).key("exports/a.csv").send().await.unwrap();
    assert_eq!(object.body.collect().await.unwrap().to_vec(), b"id,title\n");
}

#[tokio::test]
async fn a_temporary_folder_is_gone_with_its_stack() {
    let stack = Stack::start(Storage::Memory).await.unwrap();
    let home = stack.home().to_path_buf();
    assert!(home.exists());
    stack.stop().await;
    assert!(!home.exists());
}

#[tokio::test]
async fn a_wrong_secret_is_refused() {
    let stack = Stack::start(Storage::Memory).await.unwrap();
    let stranger = aws_sdk_s3::config::Credentials::new(ACCESS_KEY, "wrong", None, None, "test");
    let config = stack.s3().config().to_builder().credentials_provider(stranger).build();
    let error = aws_sdk_s3::Client::from_conf(config).list_buckets().send().await.unwrap_err();
    assert_eq!(error.raw_response().unwrap().status().as_u16(), 403);
}

#[tokio::test]
async fn the_queue_answers_the_sdk() {
    let stack = Stack::start(Storage::Memory).await.unwrap();
    let (sqs, url) = (stack.sqs(), stack.queue_url());
    let found = sqs.get_queue_url().queue_name(queue::server::QUEUE_NAME).send().await.unwrap();
    assert_eq!(found.queue_url(), Some(url.as_str()));
    let sent = sqs.send_message().queue_url(&url).message_body("héllo").send().await.unwrap();
    assert_eq!(sent.md5_of_message_body(), Some("be50e8478cf24ff3595bc7307fb91b50"));
    let received = sqs.receive_message().queue_url(&url).wait_time_seconds(1).send().await.unwrap();
    let message = &received.messages()[0];
    assert_eq!((message.body(), message.message_id()), (Some("héllo"), sent.message_id()));
    let receipt = message.receipt_handle().unwrap();
    sqs.change_message_visibility().queue_url(&url).receipt_handle(receipt).visibility_timeout(0).send().await.unwrap();
    let attributes = sqs.get_queue_attributes().queue_url(&url).send().await.unwrap();
    let visible = &attributes.attributes().unwrap()[&aws_sdk_sqs::types::QueueAttributeName::ApproximateNumberOfMessages];
    assert_eq!(visible, "1");
    let error = sqs.purge_queue().queue_url(&url).send().await.unwrap_err();
    assert!(format!("{error:?}").contains("UnsupportedOperation"));
    let error = sqs.send_message().queue_url("http://127.0.0.1/0/other").message_body("a").send().await.unwrap_err();
    assert!(error.into_service_error().is_queue_does_not_exist());
}
