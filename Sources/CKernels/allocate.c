// Memory for tensors: a training step asks for the same sizes again and again, so blocks are kept by
// size class, first in the thread that freed them (no lock), then in a shared cache of bounded size.

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif

#include "ckernels.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CK_SANITIZED 1  // every block must come from and go back to the instrumented allocator
#endif
#endif
#ifndef CK_SANITIZED
#define CK_SANITIZED 0
#endif

enum {
  ALIGNMENT = 64,
  CLASSES = 160,             // four steps to each doubling, from 64 bytes: no more than a quarter is wasted
  LOCAL_CLASSES = 41,        // up to 64 KiB in the thread's cache
  LOCAL_BYTES = 256 << 10,   // of one class
};
static const size_t shared_limit = (size_t)512 << 20;
static const size_t huge_page = (size_t)2 << 20;

/// A free block holds the link to the next one.
typedef struct block {
  struct block *next;
} block;

typedef struct {
  block *first[LOCAL_CLASSES];
  int count[LOCAL_CLASSES];
  int registered;
  int64_t live;  // blocks that this thread has allocated, less those that it has released
} local_cache;

static _Thread_local local_cache local;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static block *shared[CLASSES];
static size_t shared_bytes;
static pthread_key_t at_thread_exit;
static int is_off = CK_SANITIZED;

/// The class of a size, and the size of a class: 64, 80, 96, 112, 128, 160, … rounded up to the alignment.
static inline int class_of(size_t bytes) {
  if (bytes <= 64) return 0;
  const int doubling = 63 - __builtin_clzll(bytes - 1);  // 2^doubling < bytes <= 2^(doubling + 1)
  const size_t step = (size_t)1 << (doubling - 2);
  return (doubling - 6) * 4 + (int)((bytes - ((size_t)1 << doubling) + step - 1) / step);
}
static inline size_t size_of(int class) {
  const size_t size = ((size_t)4 + (size_t)(class % 4)) << (4 + class / 4);
  return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

/// Memory from the system. Large blocks lie on huge pages where there are such: a first touch of 64 MiB then
/// takes a fifth of the time, and a sum over arrays larger than the caches four fifths.
static void *fresh_block(size_t size) {
  void *fresh = NULL;
  const int is_large = size >= huge_page;
  if (posix_memalign(&fresh, is_large ? huge_page : ALIGNMENT, size)) return NULL;
#if defined(MADV_HUGEPAGE)
  if (is_large) madvise(fresh, size, MADV_HUGEPAGE);  // a wish: refused, all is as before
#endif
  return fresh;
}

/// Takes a block into the shared cache, or gives it back to the system when the cache is full.
static void share(block *b, int class) {
  const size_t size = size_of(class);
  pthread_mutex_lock(&lock);
  const int fits = shared_bytes + size <= shared_limit;
  if (fits) {
    b->next = shared[class];
    shared[class] = b;
    shared_bytes += size;
  }
  pthread_mutex_unlock(&lock);
  if (!fits) free(b);
}

static void empty_local(void *cache) {
  local_cache *mine = cache;
  for (int class = 0; class < LOCAL_CLASSES; class++)
    for (block *b = mine->first[class], *next; b; b = next) {
      next = b->next;
      share(b, class);
    }
  memset(mine, 0, sizeof *mine);
}

__attribute__((constructor)) static void prepare(void) {
  const char *choice = getenv("AUTOGRAD_ALLOCATOR");
  if (choice && !strcmp(choice, "system")) is_off = 1;
  pthread_key_create(&at_thread_exit, empty_local);
}

void *ck_allocate(size_t bytes) {
  if (bytes > ((size_t)1 << 46)) return NULL;
  local.live++;
  if (is_off) {
    void *fresh;
    return posix_memalign(&fresh, ALIGNMENT, bytes ? bytes : 1) ? NULL : fresh;
  }
  const int class = class_of(bytes);
  if (class < LOCAL_CLASSES && local.first[class]) {
    block *b = local.first[class];
    local.first[class] = b->next;
    local.count[class]--;
    return b;
  }
  pthread_mutex_lock(&lock);
  block *b = shared[class];
  if (b) {
    shared[class] = b->next;
    shared_bytes -= size_of(class);
  }
  pthread_mutex_unlock(&lock);
  if (b) return b;
  return fresh_block(size_of(class));
}

void ck_release(void *p, size_t bytes) {
  local.live--;
  if (is_off) {
    free(p);
    return;
  }
  const int class = class_of(bytes);
  block *b = p;
  if (class >= LOCAL_CLASSES || (size_t)local.count[class] * size_of(class) >= LOCAL_BYTES) {
    share(b, class);
    return;
  }
  if (!local.registered) {
    local.registered = 1;
    pthread_setspecific(at_thread_exit, &local);
  }
  b->next = local.first[class];
  local.first[class] = b;
  local.count[class]++;
}

int64_t ck_live_blocks(void) { return local.live; }

int ck_is_caching(void) { return !is_off; }

size_t ck_cached_bytes(void) {
  pthread_mutex_lock(&lock);
  const size_t bytes = shared_bytes;
  pthread_mutex_unlock(&lock);
  return bytes;
}
