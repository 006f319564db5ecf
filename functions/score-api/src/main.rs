//! The Lambda function: wiring only.
fn main() {}
