// From memory and small blocks to larger blocks: sealing a head, merging neighbours.
// Thread rule: pure functions over immutable parts; one at a time per directory.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "base/result.h"
#include "env/files.h"
#include "store/block.h"
#include "store/head.h"

namespace daytwo::store {

// Writes all samples of a head as block `id`. `log_through` is the last log segment it stands for.
// Returns nothing written (id 0) when the head holds no sample. REQUIRES: nobody writes to the
// head.
[[nodiscard]] Result<Manifest> seal_head(env::Files& files, const std::string& directory,
                                         std::uint64_t id, const Head& head,
                                         std::uint64_t log_through);

// Writes all samples of the blocks as one. Errors: kCorrupt naming the frame when an input is
// damaged; then nothing is merged, so that the damaged file is kept. REQUIRES: two or more blocks,
// neighbours in order.
[[nodiscard]] Result<Manifest> merge_blocks(env::Files& files, const std::string& directory,
                                            std::uint64_t id,
                                            std::span<const std::shared_ptr<const Block>> blocks);

// The run of neighbours to merge next: four of about one size, none alone more than half of the
// run, together at most `max_bytes` and, so that retention can still let go of them, at most
// `max_span`. Empty when there is none. `blocks` are in order.
[[nodiscard]] std::vector<std::shared_ptr<const Block>> plan_merge(
    std::span<const std::shared_ptr<const Block>> blocks, std::uint64_t max_bytes,
    Duration max_span);

}  // namespace daytwo::store
