// The thread pool. A kernel over 100,000 numbers takes about ten microseconds, as long as the
// operating system takes to wake a thread. So a worker spins for a while after a job before it goes
// to sleep, and the caller works too instead of waiting.

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>

#include "ckernels.h"

enum {
  MAX_WORKERS = 255,
  SPINS = 4000,  // polls of the cursor before a worker goes to sleep: about 50 microseconds
};

// There is one job at a time. `cursor` packs its number and the range of parts that nobody has
// taken. The caller takes the first of them and workers take the last, so that with two threads
// each gets the same part of every job: what it wrote in one job is in its own cache in the next.
// There is no other job until all parts are done, so if a thread succeeds in taking a part, the body
// and context that it read before belong to this job.
static _Atomic uint64_t cursor;
static inline uint64_t number_of(uint64_t cursor) { return cursor >> 32; }
static inline int end_of(uint64_t cursor) { return (int)(cursor >> 16 & 0xFFFF); }
static inline int next_of(uint64_t cursor) { return (int)(cursor & 0xFFFF); }

static _Atomic int parts_done;
static _Atomic(ck_part_fn) part_body;
static _Atomic(void *) part_context;

static pthread_mutex_t busy = PTHREAD_MUTEX_INITIALIZER;  // held by the caller of the current job
static pthread_mutex_t sleep_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wake = PTHREAD_COND_INITIALIZER;
static _Atomic int sleepers;
static int workers;  // guarded by `busy`

/// Waits a moment before the next poll.
static inline void spin(int spins) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ __volatile__("yield");
#endif
  if (spins % 1024 == 1023) sched_yield();  // in case there are more threads than processors
}

/// Takes and runs parts, from the end if `is_worker`, until the job has none left. `seen` is a value
/// of the cursor for this job.
static void work(uint64_t seen, int is_worker) {
  const uint64_t number = number_of(seen);
  while (number_of(seen) == number && next_of(seen) < end_of(seen)) {
    const ck_part_fn body = atomic_load_explicit(&part_body, memory_order_relaxed);
    void *context = atomic_load_explicit(&part_context, memory_order_relaxed);
    const uint64_t rest = is_worker ? seen - (1 << 16) : seen + 1;
    const int part = is_worker ? end_of(rest) : next_of(seen);
    // On failure this sets `seen` to the cursor.
    if (!atomic_compare_exchange_weak(&cursor, &seen, rest)) continue;
    body(context, part);
    atomic_fetch_add_explicit(&parts_done, 1, memory_order_release);
    seen = atomic_load(&cursor);
  }
}

static void *worker(void *unused) {
  (void)unused;
  uint64_t last = 0;  // the number of this worker's last job
  for (;;) {
    uint64_t seen;
    int spins = 0;
    while (number_of(seen = atomic_load(&cursor)) == last && spins < SPINS) spin(spins++);
    if (number_of(seen) == last) {
      pthread_mutex_lock(&sleep_lock);
      atomic_fetch_add(&sleepers, 1);
      // Check the cursor again after incrementing `sleepers`: ck_parallel publishes a job first and
      // reads `sleepers` afterwards, so one of the two sees the other.
      while (number_of(seen = atomic_load(&cursor)) == last) pthread_cond_wait(&wake, &sleep_lock);
      atomic_fetch_sub(&sleepers, 1);
      pthread_mutex_unlock(&sleep_lock);
    }
    last = number_of(seen);
    work(seen, 1);
  }
  return NULL;
}

static void start_workers(int wanted) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  for (pthread_t thread; workers < wanted && workers < MAX_WORKERS; workers++)
    if (pthread_create(&thread, &attributes, worker, NULL)) break;  // run with fewer
  pthread_attr_destroy(&attributes);
}

void ck_parallel(int parts, ck_part_fn body, void *context) {
  // If another job is running (of another thread, or around this call), the caller runs all parts.
  if (parts < 2 || pthread_mutex_trylock(&busy)) {
    for (int part = 0; part < parts; part++) body(context, part);
    return;
  }
  if (workers < parts - 1) start_workers(parts - 1);
  atomic_store_explicit(&part_body, body, memory_order_relaxed);
  atomic_store_explicit(&part_context, context, memory_order_relaxed);
  atomic_store_explicit(&parts_done, 0, memory_order_relaxed);
  const uint64_t job = (number_of(atomic_load(&cursor)) + 1) << 32 | (uint64_t)parts << 16;
  atomic_store(&cursor, job);
  if (atomic_load(&sleepers)) {
    pthread_mutex_lock(&sleep_lock);
    pthread_cond_broadcast(&wake);
    pthread_mutex_unlock(&sleep_lock);
  }
  work(job, 0);
  for (int spins = 0; atomic_load_explicit(&parts_done, memory_order_acquire) < parts; spins++)
    spin(spins);
  pthread_mutex_unlock(&busy);
}
