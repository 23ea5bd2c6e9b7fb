// Expected text after RFC 9110 and 9112.
#include "http/response_text.h"

#include <gtest/gtest.h>

namespace daytwo::http {
namespace {

constexpr Timestamp kNow{784'111'777'000};  // the example of RFC 9110, 5.6.7

TEST(ResponseText, WritesTheHeadLineByLine) {
  const Response response = make_response(200, "text/plain", "hello");
  EXPECT_EQ(head_text(response, {}, kNow),
            "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
            "Content-Type: text/plain\r\nContent-Length: 5\r\n\r\n");
}

TEST(ResponseText, SaysTheLengthOfAnAnswerToHeadAndSendsNoBody) {
  const Response response = make_response(200, "text/plain", "hello");
  EXPECT_NE(head_text(response, {.head_only = true}, kNow).find("Content-Length: 5\r\n"),
            std::string::npos);
  EXPECT_FALSE(has_body(response, {.head_only = true}));
  EXPECT_TRUE(has_body(response, {}));
}

TEST(ResponseText, GivesNoLengthWhereNoBodyMayStand) {
  for (const int status : {204, 304}) {
    const Response response{.status = status, .headers = {}, .body = "x"};
    EXPECT_EQ(head_text(response, {}, kNow).find("Content-Length"), std::string::npos);
    EXPECT_FALSE(has_body(response, {}));
  }
}

TEST(ResponseText, SaysWhatBecomesOfTheConnectionOnlyWhereItIsNotTheDefault) {
  const Response response{.status = 204, .headers = {}, .body = {}};
  const auto says = [&](Manner manner) {
    const std::string text = head_text(response, manner, kNow);
    const std::size_t at = text.find("Connection: ");
    return at == std::string::npos ? "" : text.substr(at + 12, text.find('\r', at) - at - 12);
  };
  EXPECT_EQ(says({.http10 = false, .keep_alive = true}), "");
  EXPECT_EQ(says({.http10 = false, .keep_alive = false}), "close");
  EXPECT_EQ(says({.http10 = true, .keep_alive = true}), "keep-alive");
  EXPECT_EQ(says({.http10 = true, .keep_alive = false}), "");
}

TEST(ResponseText, LetsNoValueBeginAHeaderOfItsOwn) {
  Response response{.status = 204, .headers = {}, .body = {}};
  response.set("Location", "/a\r\nSet-Cookie: x");
  const std::string text = head_text(response, {}, kNow);
  EXPECT_NE(text.find("Location: /a  Set-Cookie: x\r\n"), std::string::npos) << text;
}

TEST(ResponseText, SaysNoReasonForAStatusThatHasNone) {
  const Response response{.status = 299, .headers = {}, .body = {}};
  EXPECT_TRUE(head_text(response, {}, kNow).starts_with("HTTP/1.1 299 "));
}

}  // namespace
}  // namespace daytwo::http
