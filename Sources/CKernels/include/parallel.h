// The thread pool.

#ifndef CK_PARALLEL_H
#define CK_PARALLEL_H

/// Runs one part of a job.
typedef void (*ck_part_fn)(void *context, int part);

/// Calls body(context, part) for each part < parts, on up to `parts` threads, and returns when all
/// have returned. parts < 65,536.
void ck_parallel(int parts, ck_part_fn body, void *context);

#endif
