// Threads that wait for work. A kernel on 100,000 numbers takes some ten microseconds, as long as it takes to
// wake a thread through the kernel: so a worker that has just worked looks out for more for a while before it
// goes to sleep, and the caller works along instead of waiting.

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>

#include "ckernels.h"

enum {
  MAX_WORKERS = 255,
  LOOKS = 4000,  // glances at the job before a worker goes to sleep: some 50 microseconds
};

// One job at a time. `cursor` is its number, how many parts it has, and the next part to take: who moves it on
// owns that part. Until all parts are done there is no other job, so what was read before belongs to it.
static _Atomic uint64_t cursor;
static inline uint64_t number_of(uint64_t cursor) { return cursor >> 32; }
static inline int count_of(uint64_t cursor) { return (int)(cursor >> 16 & 0xFFFF); }
static inline int next_of(uint64_t cursor) { return (int)(cursor & 0xFFFF); }

static _Atomic int parts_done;
static _Atomic(ck_part_fn) part_body;
static _Atomic(void *) part_context;

static pthread_mutex_t busy = PTHREAD_MUTEX_INITIALIZER;  // held by the caller whose job it is
static pthread_mutex_t sleep_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wake = PTHREAD_COND_INITIALIZER;
static _Atomic int sleepers;
static int workers;  // under `busy`

static inline void look_again(int looks) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ __volatile__("yield");
#endif
  if (looks % 1024 == 1023) sched_yield();  // more threads than processors: let the others run
}

/// Takes parts of the job that the cursor was `seen` at, and runs them, until none is left.
static void work(uint64_t seen) {
  const uint64_t number = number_of(seen);
  while (number_of(seen) == number && next_of(seen) < count_of(seen)) {
    const ck_part_fn body = atomic_load_explicit(&part_body, memory_order_relaxed);
    void *context = atomic_load_explicit(&part_context, memory_order_relaxed);
    if (!atomic_compare_exchange_weak(&cursor, &seen, seen + 1)) continue;  // `seen` is the cursor now
    body(context, next_of(seen));
    atomic_fetch_add_explicit(&parts_done, 1, memory_order_release);
    seen = atomic_load(&cursor);
  }
}

static void *worker(void *unused) {
  (void)unused;
  uint64_t last = 0;  // the number of the job that was worked on last
  for (;;) {
    uint64_t seen;
    int looks = 0;
    while (number_of(seen = atomic_load(&cursor)) == last && looks < LOOKS) look_again(looks++);
    if (number_of(seen) == last) {
      pthread_mutex_lock(&sleep_lock);
      atomic_fetch_add(&sleepers, 1);
      // Looked at again after the announcement: who publishes a job looks at the sleepers after it.
      while (number_of(seen = atomic_load(&cursor)) == last) pthread_cond_wait(&wake, &sleep_lock);
      atomic_fetch_sub(&sleepers, 1);
      pthread_mutex_unlock(&sleep_lock);
    }
    last = number_of(seen);
    work(seen);
  }
  return NULL;
}

static void start_workers(int wanted) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  for (pthread_t thread; workers < wanted && workers < MAX_WORKERS; workers++)
    if (pthread_create(&thread, &attributes, worker, NULL)) break;  // fewer will do
  pthread_attr_destroy(&attributes);
}

void ck_parallel(int parts, ck_part_fn body, void *context) {
  // A job inside a job, or one of another thread at the same time: the caller does it alone.
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
  work(job);
  for (int looks = 0; atomic_load_explicit(&parts_done, memory_order_acquire) < parts; looks++)
    look_again(looks);
  pthread_mutex_unlock(&busy);
}
