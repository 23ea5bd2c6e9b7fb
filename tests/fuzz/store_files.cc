// Files of the store with any content: frames, log records, manifests, and a block whose index and
// frames are the input while its checksums fit, so that the parsers behind them are reached.
#include <cstddef>
#include <cstdint>
#include <string>
#include <span>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "base/hash.h"
#include "sim/torn_disk.h"
#include "store/block.h"
#include "store/codec.h"
#include "store/segment.h"

namespace {

using daytwo::store::Block;

void try_frame(std::string_view bytes) {
  std::vector<daytwo::Timestamp> times;
  std::vector<double> values;
  static_cast<void>(daytwo::store::decode_frame(bytes, times, values));
  CHECK(times.size() == values.size(), "a sample has a time and a value");
}

void try_log(std::string_view bytes) {
  daytwo::store::RecordVisitor visitor;
  visitor.define = [](std::uint32_t, std::span<const daytwo::series::LabelView>) {};
  visitor.sample = [](const daytwo::store::LoggedSample&) {};
  visitor.histogram = [](const daytwo::store::LoggedHistogram&) {};
  visitor.metadata = [](const daytwo::series::Metadata&) {};
  static_cast<void>(daytwo::store::read_segment(bytes, "fuzz", visitor));
  for (const auto type :
       {daytwo::store::RecordType::kSeries, daytwo::store::RecordType::kSamples,
        daytwo::store::RecordType::kHistograms, daytwo::store::RecordType::kMetadata}) {
    static_cast<void>(daytwo::store::visit_record({type, false, bytes, 0}, visitor));
    static_cast<void>(daytwo::store::visit_record({type, true, bytes, 0}, visitor));
  }
}

// Three lengths of 16 bits, the three sections of the index, then the frames.
void try_block(std::string_view bytes) {
  if (bytes.size() < 6) return;
  daytwo::store::Manifest manifest;
  manifest.id = 1;
  const std::string_view body = bytes.substr(6);
  std::size_t at = 0;
  for (std::size_t i = 0; i < daytwo::store::kSectionCount; ++i) {
    const std::size_t length = static_cast<std::uint8_t>(bytes[2 * i]) |
                               static_cast<std::size_t>(static_cast<std::uint8_t>(bytes[2 * i + 1]))
                                   << 8U;
    const std::string_view section = body.substr(at, length);
    manifest.sections[i] = {at, section.size(), daytwo::crc32c(section)};
    at += section.size();
  }
  daytwo::sim::TornDisk disk;
  disk.put("/b/index", body.substr(0, at));
  disk.put("/b/frames", body.substr(at));
  disk.put("/b/manifest", daytwo::store::encode_manifest(manifest));
  daytwo::store::Damages damages;
  const auto block = Block::open(disk, "/b", damages);
  if (!block) return;
  for (std::uint32_t id = 0; id < (*block)->series_count() && id < 64; ++id) {
    daytwo::series::Column column;
    (*block)->read(id, {}, column);
    static_cast<void>((*block)->labels(id));
  }
  static_cast<void>((*block)->select({}));
  const std::vector<daytwo::series::Matcher> matchers = {
      daytwo::series::Matcher::equal("job", "shop"),
      daytwo::series::Matcher::make(daytwo::series::MatchOp::kRegex, "instance", "a.*").value()};
  const auto selected = (*block)->select(matchers);
  for (std::size_t i = 0; i < selected->size(); ++i) static_cast<void>(selected->any(i, {}));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  try_frame(bytes);
  try_log(bytes);
  static_cast<void>(daytwo::store::decode_manifest(bytes));
  try_block(bytes);
  return 0;
}
