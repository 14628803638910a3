//! Bytes to the reader of the name of this target.
#![no_main]

#[global_allocator]
static ALLOCATOR: duizhao_fuzz::memory::Counting = duizhao_fuzz::memory::Counting;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| duizhao_fuzz::check(env!("CARGO_BIN_NAME"), bytes));
