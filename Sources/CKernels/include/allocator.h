// Memory for tensors.

#ifndef CK_ALLOCATOR_H
#define CK_ALLOCATOR_H

#include <stddef.h>
#include <stdint.h>

/// 64-byte aligned memory from caches by size class, per thread and shared; NULL if there is none.
/// The environment variable AUTOGRAD_ALLOCATOR=system turns the caches off (for sanitizers).
void *ck_allocate(size_t bytes);

/// Releases memory that ck_allocate(bytes) returned.
void ck_release(void *p, size_t bytes);

/// Makes malloc coalesce the small blocks that were just freed, so that the next large graph is
/// laid out in memory in the order in which it is built and freed. With 1e6 ops this takes a third
/// off the time.
void ck_join_free_memory(void);

/// Whether released memory is cached.
int ck_is_caching(void);

/// Bytes in the shared cache without small blocks. For tests of its limit.
size_t ck_cached_bytes(void);

/// Blocks that this thread has allocated minus those that it has released; other threads do not
/// change the number. For tests that look for leaks.
int64_t ck_live_blocks(void);

#endif
