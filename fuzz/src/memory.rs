//! A piece of work into the bytes of memory that it holds at most.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// The system's allocator, counting. The counts are of the whole program: measure on one thread alone.
pub struct Counting;

static HELD: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

/// Times its input that a reader may hold.
const MOST: usize = 20;
/// Bytes that it may hold of any input: buffers, and tables that are made once.
const FLOOR: usize = 1 << 20;

/// Does the work on an input of this size.
///
/// # Panics
/// When it holds more than [`MOST`] times as much.
pub fn bounded<T>(size: usize, work: impl FnOnce() -> T) -> T {
    let before = HELD.load(Relaxed);
    PEAK.store(before, Relaxed);
    let done = work();
    let peak = PEAK.load(Relaxed) - before;
    assert!(
        peak <= size * MOST + FLOOR,
        "{peak} bytes of memory for {size} bytes of input"
    );
    done
}

fn take(size: usize) {
    let held = HELD.fetch_add(size, Relaxed) + size;
    PEAK.fetch_max(held, Relaxed);
}

// Counts, and leaves the work to the system's allocator: what that promises, this does.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        take(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(memory, layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        take(size);
        HELD.fetch_sub(layout.size(), Relaxed);
        unsafe { System.realloc(memory, layout, size) }
    }
}
