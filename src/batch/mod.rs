//! Many document pairs on all threads: results in order, failures apart, finished work never done twice.

mod journal;

pub use journal::Journal;

use crate::error::{Error, Kind, Result};
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Results that may wait for an earlier one, by thread: what bounds the memory.
const WAITING: usize = 16;

/// Does `work` on every item, on all threads of the pool, and hands the results to `sink` in the items' order.
///
/// Call it from a thread that is none of the pool's: it waits, and the pool's threads work.
///
/// A panic in `work` is a defect of this program; it becomes that item's error and stops nobody. An error of `sink` stops
/// the run.
///
/// ```
/// let mut seen = Vec::new();
/// duizhao::batch::in_order(&[3, 1, 2], |&n| Ok(n * n), |_, square| { seen.push(square?); Ok(()) })?;
/// assert_eq!(seen, [9, 1, 4]);
/// # Ok::<(), duizhao::error::Error>(())
/// ```
pub fn in_order<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> Result<R> + Sync,
    mut sink: impl FnMut(&T, Result<R>) -> Result<()>,
) -> Result<()> {
    let threads = rayon::current_num_threads();
    let next = AtomicUsize::new(0);
    let desk = Desk {
        state: Mutex::new(State {
            taken: 0,
            done: HashMap::new(),
        }),
        changed: Condvar::new(),
    };
    let worker = || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { return };
            if !desk.wait_for_room(index, threads * WAITING) {
                return;
            }
            let result =
                catch_unwind(AssertUnwindSafe(|| work(item))).unwrap_or_else(|panic| Err(defect(&*panic)));
            desk.put(index, result);
        }
    };
    rayon::in_place_scope(|scope| {
        (0..threads).for_each(|_| scope.spawn(|_| worker()));
        let _closing = Closing(&desk);
        items
            .iter()
            .enumerate()
            .try_for_each(|(index, item)| sink(item, desk.take(index)))
    })
}

/// Lets the workers go when the sink is done, by an error or a panic, too: they would wait for ever.
struct Closing<'a, R>(&'a Desk<R>);

impl<R> Drop for Closing<'_, R> {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Where workers lay results down and the sink takes them up.
struct Desk<R> {
    state: Mutex<State<R>>,
    changed: Condvar,
}

struct State<R> {
    /// Results taken so far; no more will be once this is the largest number there is.
    taken: usize,
    done: HashMap<usize, Result<R>>,
}

impl<R> Desk<R> {
    /// Waits until an item is near enough to those taken; false if nothing will be taken any more.
    fn wait_for_room(&self, index: usize, waiting: usize) -> bool {
        let state = self.lock();
        let far = |state: &mut State<R>| index >= state.taken.saturating_add(waiting);
        let state = self
            .changed
            .wait_while(state, far)
            .unwrap_or_else(PoisonError::into_inner);
        state.taken != usize::MAX
    }

    fn put(&self, index: usize, result: Result<R>) {
        self.lock().done.insert(index, result);
        self.changed.notify_all();
    }

    fn take(&self, index: usize) -> Result<R> {
        let state = self.lock();
        let missing = |state: &mut State<R>| !state.done.contains_key(&index);
        let mut state = self
            .changed
            .wait_while(state, missing)
            .unwrap_or_else(PoisonError::into_inner);
        state.taken = index + 1;
        self.changed.notify_all();
        state.done.remove(&index).expect("waited until it was there")
    }

    fn close(&self) {
        self.lock().taken = usize::MAX;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State<R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn defect(panic: &(dyn std::any::Any + Send)) -> Error {
    let said = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or(panic.downcast_ref::<&str>().copied());
    Error::new(
        Kind::Internal,
        "duizhao",
        format!("a defect of this program: {}", said.unwrap_or("no message")),
    )
    .remedy("please report it, with the document if you can")
}
