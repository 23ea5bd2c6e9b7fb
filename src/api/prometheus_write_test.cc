// Remote write 1.0 as its senders see it: which status makes them repeat, drop or slow down.
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "api/world_for_tests.h"
#include "wire/remote_write_encode.h"

namespace daytwo::api {
namespace {

series::Batch two_samples() {
  series::Batch batch;
  batch.series.push_back({series::Labels{{"__name__", "up"}, {"job", "a"}},
                          {{Timestamp{1000}, {1, nullptr}}, {Timestamp{2000}, {0, nullptr}}}});
  return batch;
}

env::HttpHeaders write_headers(std::string type = "application/x-protobuf",
                               std::string encoding = "snappy") {
  return {{"Content-Type", std::move(type)},
          {"Content-Encoding", std::move(encoding)},
          {"X-Prometheus-Remote-Write-Version", "0.1.0"}};
}

TEST(RemoteWrite, StoresWhatItAcknowledgesAndTakesItTwice) {
  World world;
  const std::string body = wire::encode_remote_write(two_samples());
  for (int i = 0; i < 2; ++i) {
    const env::HttpResponse answer = world.send("POST", "/api/v1/write", write_headers(), body);
    EXPECT_EQ(answer.status, 204);
    EXPECT_EQ(answer.body, "");
  }
  EXPECT_EQ(world.get("/api/v1/query?query=up&time=2").body,
            R"({"status":"success","data":{"resultType":"vector","result":[)"
            R"({"metric":{"__name__":"up","job":"a"},"value":[2,"0"]}]}})");
}

TEST(RemoteWrite, TakesPlainProtobufAndBothWaysToNameIt) {
  World world;
  const std::string plain = wire::encode_write_request(two_samples());
  const std::string packed = wire::encode_remote_write(two_samples());
  EXPECT_EQ(world.send("POST", "/api/v1/write", {}, plain).status, 204);
  EXPECT_EQ(world
                .send("POST", "/api/v1/write",
                      write_headers("application/x-protobuf;proto=prometheus.WriteRequest"), packed)
                .status,
            204);
}

TEST(RemoteWrite, Answers415WhatItCannotRead) {
  World world;
  const std::string body = wire::encode_remote_write(two_samples());
  for (const char* type : {"application/x-protobuf;proto=io.prometheus.write.v2.Request",
                           "application/json", "text/plain"}) {
    EXPECT_EQ(world.send("POST", "/api/v1/write", write_headers(type), body).status, 415) << type;
  }
  EXPECT_EQ(
      world.send("POST", "/api/v1/write", write_headers("application/x-protobuf", "gzip"), body)
          .status,
      415);
}

TEST(RemoteWrite, Answers400ABrokenBodyAnd405AnotherMethod) {
  World world;
  EXPECT_EQ(world.send("POST", "/api/v1/write", write_headers(), "no snappy").status, 400);
  // A snappy header that declares 64 MiB: varint 0x04000000.
  EXPECT_EQ(world
                .send("POST", "/api/v1/write", write_headers(),
                      "\x80\x80\x80\x20"
                      "aaaa")
                .status,
            400);
  const env::HttpResponse answer = world.get("/api/v1/write");
  EXPECT_EQ(answer.status, 405);
  EXPECT_EQ(answer.header("allow"), "POST");
}

// Refuses every batch with one code.
class RefusingSink final : public series::Sink {
 public:
  explicit RefusingSink(Code code) : code_(code) {}
  [[nodiscard]] Result<series::Appended> append(const series::BatchView&) override {
    return fail(code_, "refused");
  }

 private:
  Code code_;
};

TEST(RemoteWrite, TellsSendersWhetherToComeAgain) {
  for (const auto& [code, status] :
       {std::pair(Code::kInvalid, 400), std::pair(Code::kLimit, 429),
        std::pair(Code::kUnavailable, 503), std::pair(Code::kCorrupt, 500)}) {
    RefusingSink sink(code);
    Registry registry;
    RouteTable table;
    add_write_route(table, sink, registry);
    http::Request request;
    request.body = wire::encode_write_request(two_samples());
    const Context context{request, {}, {}, {}};
    const http::Response answer = table.routes()[0].handler(context);
    EXPECT_EQ(answer.status, status);
    EXPECT_EQ(answer.body, "refused\n");
    EXPECT_EQ(!answer.header("Retry-After").empty(), status == 429 || status == 503);
  }
}

}  // namespace
}  // namespace daytwo::api
