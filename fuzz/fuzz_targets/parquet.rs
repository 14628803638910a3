//! Bytes to the reader of the name of this target.
#![no_main]

use std::panic;

#[global_allocator]
static ALLOCATOR: duizhao_fuzz::memory::Counting = duizhao_fuzz::memory::Counting;

// The crate that reads Parquet panics where a file is not sound, and our reader makes an error of that; libFuzzer's hook
// would end the run at once. What our reader lets through still ends it.
libfuzzer_sys::fuzz_target!(init: drop(panic::take_hook()), |bytes: &[u8]| duizhao_fuzz::check(
    env!("CARGO_BIN_NAME"),
    bytes
));
