// Memory for tensors. A training step allocates the same sizes again and again, so released blocks
// are cached by size class: first in the thread that released them (without a lock), then in a
// shared cache of limited size.
//
// Small blocks are cut from slabs, so that those of a large graph are adjacent in memory. They move
// between a thread and the shared cache in stacks of 256. Slabs are never returned to the system.

#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif

#include "ckernels.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CK_SANITIZED 1  // every block must come from the instrumented allocator
#endif
#endif
#ifndef CK_SANITIZED
#define CK_SANITIZED 0
#endif

enum {
  ALIGNMENT = 64,
  HUGE_PAGE = 2 << 20,
  CLASSES = 160,            // four per doubling, from 64 bytes: at most a quarter is wasted
  SMALL_CLASSES = 17,       // up to 1 KiB, from slabs
  SLAB_BYTES = 64 << 10,
  STACK = 256,              // small blocks that move to the shared cache together
  LOCAL_CLASSES = 41,       // up to 64 KiB, in the cache of the thread
  LOCAL_BYTES = 256 << 10,  // the limit of one class in the cache of the thread
};
static const size_t shared_limit = (size_t)512 << 20;

/// A free block. The first block of a stack in the shared cache also has the link to the next stack
/// and the number of blocks of its own.
typedef struct block {
  struct block *next, *next_stack;
  int count;
} block;

/// The small blocks of one class in a thread: a stack in use, a reserve (a full stack or NULL), and
/// the rest of a slab, [fresh, end).
typedef struct {
  block *first, *reserve;
  int count;
  char *fresh, *end;
} small_cache;

typedef struct {
  small_cache small[SMALL_CLASSES];
  block *first[LOCAL_CLASSES];
  int count[LOCAL_CLASSES];
  int registered;
  int64_t live;  // blocks allocated minus blocks released
} local_cache;

static _Thread_local local_cache local;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static block *shared[CLASSES];  // lists of blocks; for small classes, of stacks
static size_t shared_bytes;
static pthread_key_t at_thread_exit;
static int is_off = CK_SANITIZED;

/// The class of a size, and the size of a class: 64, 80, 96, 112, 128, 160, …, rounded up to a
/// multiple of the alignment.
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

/// Moves a block to the shared cache, or frees it if the cache is full.
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

/// Moves a stack of small blocks to the shared cache.
static void share_stack(block *first, int count, int class) {
  first->count = count;
  pthread_mutex_lock(&lock);
  first->next_stack = shared[class];
  shared[class] = first;
  pthread_mutex_unlock(&lock);
}

static void *allocate_small(small_cache *mine, int class) {
  if (!mine->first && mine->reserve) {
    mine->first = mine->reserve;
    mine->reserve = NULL;
    mine->count = STACK;
  }
  if (!mine->first) {
    pthread_mutex_lock(&lock);
    if ((mine->first = shared[class])) {
      shared[class] = mine->first->next_stack;
      mine->count = mine->first->count;
    }
    pthread_mutex_unlock(&lock);
  }
  block *b = mine->first;
  if (b) {
    mine->first = b->next;
    __builtin_prefetch(b->next, 1);  // it may no longer be in the CPU cache
    mine->count--;
    return b;
  }
  const size_t size = size_of(class);
  if (mine->end - mine->fresh < (ptrdiff_t)size) {
    void *slab = NULL;
    if (posix_memalign(&slab, ALIGNMENT, SLAB_BYTES)) return NULL;
    mine->fresh = slab;
    mine->end = mine->fresh + SLAB_BYTES;
  }
  void *fresh = mine->fresh;
  mine->fresh += size;
  return fresh;
}

static void release_small(small_cache *mine, block *b, int class) {
  if (mine->count == STACK) {
    if (mine->reserve) share_stack(mine->reserve, STACK, class);
    mine->reserve = mine->first;
    mine->first = NULL;
    mine->count = 0;
  }
  b->next = mine->first;
  mine->first = b;
  mine->count++;
}

static void empty_small(small_cache *mine, int class) {
  const ptrdiff_t size = (ptrdiff_t)size_of(class);
  for (; mine->end - mine->fresh >= size; mine->fresh += size)
    release_small(mine, (block *)mine->fresh, class);
  if (mine->reserve) share_stack(mine->reserve, STACK, class);
  if (mine->first) share_stack(mine->first, mine->count, class);
}

static void empty_local(void *cache) {
  local_cache *mine = cache;
  for (int class = 0; class < SMALL_CLASSES; class++) empty_small(&mine->small[class], class);
  for (int class = SMALL_CLASSES; class < LOCAL_CLASSES; class++)
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

/// Makes the thread move its blocks to the shared cache when it ends.
static inline void register_exit(void) {
  if (local.registered) return;
  local.registered = 1;
  pthread_setspecific(at_thread_exit, &local);
}

/// Memory from the system. Large blocks ask for huge pages: the first touch of 64 MiB then takes a
/// fifth of the time, and a sum over arrays larger than the caches four fifths.
static void *from_system(size_t size) {
  const int is_large = size >= HUGE_PAGE;
  void *p = NULL;
  if (posix_memalign(&p, is_large ? HUGE_PAGE : ALIGNMENT, size)) return NULL;
#if defined(MADV_HUGEPAGE)
  // Only a hint, so the result is ignored. Not for the last page, which may be used only in part.
  if (is_large) madvise(p, size / HUGE_PAGE * HUGE_PAGE, MADV_HUGEPAGE);
#endif
  return p;
}

void *ck_allocate(size_t bytes) {
  if (bytes > ((size_t)1 << 46)) return NULL;
  local.live++;
  if (is_off) return from_system(bytes ? bytes : 1);
  const int class = class_of(bytes);
  if (class < SMALL_CLASSES) {
    register_exit();
    return allocate_small(&local.small[class], class);
  }
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
  return b ? b : from_system(size_of(class));
}

void ck_release(void *p, size_t bytes) {
  local.live--;
  if (is_off) {
    free(p);
    return;
  }
  const int class = class_of(bytes);
  block *b = p;
  if (class < SMALL_CLASSES) {
    register_exit();
    release_small(&local.small[class], b, class);
    return;
  }
  if (class >= LOCAL_CLASSES || (size_t)local.count[class] * size_of(class) >= LOCAL_BYTES) {
    share(b, class);
    return;
  }
  register_exit();
  b->next = local.first[class];
  local.first[class] = b;
  local.count[class]++;
}

void ck_join_free_memory(void) {
#if defined(__GLIBC__)
  // malloc keeps small freed blocks in lists and hands them out again in an order that gets more
  // random with every graph. A large request makes it coalesce them. Volatile, because a compiler
  // may remove an allocation that is not used.
  void *volatile large = malloc(64 << 10);
  free(large);
#endif
}

int64_t ck_live_blocks(void) { return local.live; }

int ck_is_caching(void) { return !is_off; }

size_t ck_cached_bytes(void) {
  pthread_mutex_lock(&lock);
  const size_t bytes = shared_bytes;
  pthread_mutex_unlock(&lock);
  return bytes;
}
