// The clients against our own server and a scripted mail server, over loopback.
#include "http/client.h"

#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "env/os/clock.h"
#include "env/os/log.h"
#include "env/os/threads.h"
#include "http/certificate.h"
#include "http/curl.h"
#include "http/date.h"
#include "http/mailer.h"
#include "http/server.h"
#include "http/sockets.h"

namespace daytwo::http {
namespace {

using tcp = boost::asio::ip::tcp;

// A key and a certificate that signs itself, for `host`.
TlsIdentity self_signed(const std::string& host) {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate = X509_new();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 7);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 30L * 86'400);
  X509_set_pubkey(certificate, key);
  X509_NAME* name = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>("shop"), -1, -1, 0);
  X509_set_issuer_name(certificate, name);
  X509_EXTENSION* names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name,
                                              ("DNS:" + host + ",IP:127.0.0.1").c_str());
  X509_add_ext(certificate, names, -1);
  X509_EXTENSION_free(names);
  X509_sign(certificate, key, EVP_sha256());
  const auto text = [](BIO* memory) {
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(memory, &bytes);
    std::string out(bytes, static_cast<std::size_t>(size));
    BIO_free(memory);
    return out;
  };
  TlsIdentity identity;
  BIO* memory = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(memory, certificate);
  identity.certificate_pem = text(memory);
  memory = BIO_new(BIO_s_mem());
  PEM_write_bio_PrivateKey(memory, key, nullptr, nullptr, 0, nullptr, nullptr);
  identity.key_pem = text(memory);
  X509_free(certificate);
  EVP_PKEY_free(key);
  return identity;
}

class Site : public Handler {
 public:
  Response handle(const Request& request) override {
    if (request.path == "/moved") {
      return {.status = 302, .headers = {{"Location", "/here"}}, .body = {}};
    }
    if (request.path == "/loop") {
      return {.status = 302, .headers = {{"Location", "/loop"}}, .body = {}};
    }
    std::string body = request.method + " " + request.path + " " +
                       std::string(request.header("content-type")) + " " +
                       std::string(request.header("x-empty")) + request.body;
    return make_response(request.path == "/500" ? 500 : 200, "text/plain", std::move(body));
  }
  std::size_t body_limit(std::string_view, std::string_view) const override { return 1000; }
};

class ClientTest : public testing::Test {
 protected:
  void start(bool tls) {
    ServerOptions options;
    options.listen = {{"127.0.0.1", 0}};
    options.workers = 1;
    if (tls) options.tls = self_signed("localhost");
    auto started = Server::start(std::move(options), site_, threads_, clock_, log_, registry_);
    ASSERT_TRUE(started) << started.error().to_string();
    server_ = std::move(*started);
    base_ = (tls ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(port());
  }
  std::uint16_t port() { return server_->addresses().at(0).port; }
  Result<env::HttpResponse> fetch(const std::string& path) {
    env::HttpRequest request;
    request.url = base_ + path;
    request.verify_tls = false;
    return Client().fetch(request);
  }

  env::os::SystemClock clock_;
  env::os::SystemThreads threads_;
  env::os::StderrLog log_{{}, clock_};
  Registry registry_;
  Site site_;
  std::unique_ptr<Server> server_;
  std::string base_;
};

TEST_F(ClientTest, ReportsAnyStatusAsAValueWithAddressAndPhases) {
  start(false);
  const auto response = fetch("/500");
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 500);
  EXPECT_EQ(response->remote_address, "127.0.0.1");
  EXPECT_EQ(response->header("content-type"), "text/plain");
  EXPECT_LE(response->phases.first_byte, response->phases.total);
  EXPECT_TRUE(response->chain.empty());
}

TEST_F(ClientTest, FollowsRedirectsOnlyWhenAskedAndAtMostSoMany) {
  start(false);
  EXPECT_EQ(fetch("/moved")->status, 302);
  env::HttpRequest request;
  request.url = base_ + "/moved";
  request.max_redirects = 3;
  const auto followed = Client().fetch(request);
  ASSERT_TRUE(followed);
  EXPECT_EQ(followed->redirects, 1);
  EXPECT_EQ(followed->final_url, base_ + "/here");
  request.url = base_ + "/loop";
  EXPECT_FALSE(Client().fetch(request));
}

TEST_F(ClientTest, SendsBodyAndHeadersAsGiven) {
  start(false);
  env::HttpRequest request;
  request.method = "PUT";
  request.url = base_ + "/x";
  request.headers = {{"Content-Type", "application/json"}, {"X-Empty", ""}};
  request.body = "{}";
  EXPECT_EQ(Client().fetch(request)->body, "PUT /x application/json {}");
  request.headers = {{"A", "b\r\nEvil: 1"}};
  EXPECT_EQ(Client().fetch(request).error().code, Code::kInvalid);
}

TEST_F(ClientTest, SaysWhatWentWrong) {
  start(false);
  env::HttpRequest request;
  request.url = base_ + "/long";
  request.max_body_bytes = 3;
  EXPECT_EQ(Client().fetch(request).error().code, Code::kLimit);
  request.url = "gopher://127.0.0.1/";
  EXPECT_EQ(Client().fetch(request).error().code, Code::kInvalid);
  const std::uint16_t old_port = port();
  server_.reset();
  request.url = "http://u:secret@127.0.0.1:" + std::to_string(old_port) + "/";
  const auto refused = Client().fetch(request);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kUnavailable);
  EXPECT_EQ(refused.error().to_string().find("secret"), std::string::npos);
}

TEST_F(ClientTest, ReportsTheCertificateAndRefusesOneThatDoesNotVerify) {
  start(true);
  const auto open = fetch("/");
  ASSERT_TRUE(open) << open.error().to_string();
  ASSERT_EQ(open->chain.size(), 1U);
  EXPECT_EQ(open->chain[0].subject, "CN=shop");
  EXPECT_EQ(open->chain[0].names, (std::vector<std::string>{"localhost", "127.0.0.1"}));
  EXPECT_NEAR((open->chain[0].not_after - clock_.wall()).days(), 30, 0.1);
  env::HttpRequest request;
  request.url = base_ + "/";
  EXPECT_EQ(Client().fetch(request).error().code, Code::kUnavailable);
}

TEST_F(ClientTest, ProbesTlsAndReportsTheChainEvenIfItIsNotAsked) {
  start(true);
  Sockets sockets;
  const auto seen = sockets.connect("127.0.0.1", port(), true, false, seconds(5));
  ASSERT_TRUE(seen) << seen.error().to_string();
  ASSERT_EQ(seen->chain.size(), 1U);
  EXPECT_EQ(seen->address, "127.0.0.1:" + std::to_string(port()));
  const auto judged = sockets.connect("127.0.0.1", port(), true, true, seconds(5));
  ASSERT_FALSE(judged);
  EXPECT_NE(judged.error().text.find("does not verify"), std::string::npos) << judged.error().text;
}

TEST_F(ClientTest, ConnectsResolvesAndTellsRefusalFromAbsence) {
  start(false);
  Sockets sockets;
  EXPECT_TRUE(sockets.connect("127.0.0.1", port(), false, false, seconds(5)));
  const auto found = sockets.resolve("localhost", seconds(5));
  ASSERT_TRUE(found);
  EXPECT_NE(std::find(found->begin(), found->end(), "127.0.0.1"), found->end());
  const std::uint16_t old_port = port();
  server_.reset();
  EXPECT_EQ(sockets.connect("127.0.0.1", old_port, false, false, seconds(5)).error().code,
            Code::kUnavailable);
}

TEST(ServerTls, RefusesABrokenIdentityAndAKeyOfAnotherCertificate) {
  env::os::SystemClock clock;
  env::os::SystemThreads threads;
  env::os::StderrLog log({}, clock);
  Registry registry;
  Site site;
  TlsIdentity mixed = self_signed("a");
  mixed.key_pem = self_signed("b").key_pem;
  for (const TlsIdentity& identity : {TlsIdentity{"no", "pem", false}, mixed}) {
    ServerOptions options;
    options.listen = {{"127.0.0.1", 0}};
    options.tls = identity;
    const auto started = Server::start(std::move(options), site, threads, clock, log, registry);
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().code, Code::kInvalid);
  }
}

TEST(Certificate, CoversItsNamesAlone) {
  const TlsIdentity identity = self_signed("a.example");
  EXPECT_TRUE(certificate_covers(identity.certificate_pem, "a.example"));
  EXPECT_TRUE(certificate_covers(identity.certificate_pem, "127.0.0.1"));
  EXPECT_FALSE(certificate_covers(identity.certificate_pem, "b.example"));
  EXPECT_FALSE(parse_certificate("nothing"));
}

TEST(Url, LosesItsPasswordBeforeItIsShown) {
  EXPECT_EQ(without_password("http://u:p@h/x?y=a@b"), "http://h/x?y=a@b");
  EXPECT_EQ(without_password("http://h/x@y"), "http://h/x@y");
}

// Speaks just enough SMTP for one mail; `refuse` answers 550 to the recipient.
class MailScript {
 public:
  explicit MailScript(bool refuse)
      : acceptor_(io_, {boost::asio::ip::make_address("127.0.0.1"), 0}),
        thread_([this, refuse] { serve(refuse); }) {}
  std::string url() {
    return "smtp://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
  }
  std::string transcript() {
    thread_.join();
    return transcript_;
  }

 private:
  void serve(bool refuse) {
    tcp::socket socket(io_);
    acceptor_.accept(socket);
    const auto say = [&socket](const std::string& line) {
      boost::asio::write(socket, boost::asio::buffer(line + "\r\n"));
    };
    say("220 test");
    std::string buffer;
    boost::system::error_code error;
    bool data = false;
    while (true) {
      const std::size_t size =
          boost::asio::read_until(socket, boost::asio::dynamic_buffer(buffer), "\r\n", error);
      if (error) return;
      const std::string line = buffer.substr(0, size);
      buffer.erase(0, size);
      transcript_ += line;
      if (data && line != ".\r\n") continue;
      if (line.starts_with("QUIT")) return;
      const bool rejected = refuse && line.starts_with("RCPT");
      data = line.starts_with("DATA");
      say(rejected ? "550 no such user" : data ? "354 go" : "250 ok");
    }
  }

  boost::asio::io_context io_;
  tcp::acceptor acceptor_;
  std::string transcript_;
  std::thread thread_;
};

env::Mail example_mail() {
  env::Mail mail;
  mail.from = "daytwo <daytwo@shop.example>";
  mail.to = {"Ann <ann@shop.example>"};
  mail.subject = "Zahlung f\xC3\xA4llt aus";
  mail.text = "checkout is down";
  mail.html = "<p>checkout is down</p>";
  mail.headers = {{"Message-Id", "<1@shop.example>"}};
  return mail;
}

TEST(Mailer, SendsOneMailWithBothParts) {
  env::os::SystemClock clock;
  MailScript script(false);
  const auto sent = Mailer(clock).send(
      {.url = script.url(), .user = "", .password = "", .start_tls = false}, example_mail());
  EXPECT_TRUE(sent) << sent.error().to_string();
  const std::string heard = script.transcript();
  EXPECT_NE(heard.find("RCPT TO:<ann@shop.example>"), std::string::npos) << heard;
  EXPECT_NE(heard.find("Subject: =?utf-8?B?WmFobHVuZyBmw6RsbHQgYXVz?="), std::string::npos)
      << heard;
  EXPECT_NE(heard.find("Message-Id: <1@shop.example>"), std::string::npos);
  EXPECT_NE(heard.find("multipart/alternative"), std::string::npos);
  EXPECT_NE(heard.find("<p>checkout is down</p>"), std::string::npos);
}

TEST(Mailer, SendsNamesAsEncodedWordsAndLinesAsLines) {
  env::os::SystemClock clock;
  MailScript script(false);
  env::Mail mail = example_mail();
  mail.to = {"Ann M\xC3\xBCller <ann@shop.example>"};
  mail.text = "checkout is down\nOpen: it\n";
  const auto sent = Mailer(clock).send(
      {.url = script.url(), .user = "", .password = "", .start_tls = false}, mail);
  EXPECT_TRUE(sent) << sent.error().to_string();
  const std::string heard = script.transcript();
  EXPECT_NE(heard.find("To: =?utf-8?B?QW5uIE3DvGxsZXI=?= <ann@shop.example>"), std::string::npos)
      << heard;
  EXPECT_NE(heard.find("checkout is down\r\nOpen: it\r\n"), std::string::npos) << heard;
}

TEST(Mailer, TellsARefusalFromATroubleThatMayPass) {
  env::os::SystemClock clock;
  MailScript script(true);
  const env::MailServer server{.url = script.url(), .user = "", .password = "", .start_tls = false};
  EXPECT_EQ(Mailer(clock).send(server, example_mail()).error().code, Code::kInvalid);
  script.transcript();
  const env::MailServer gone{
      .url = "smtp://127.0.0.1:1", .user = "", .password = "", .start_tls = false};
  EXPECT_EQ(Mailer(clock).send(gone, example_mail()).error().code, Code::kUnavailable);
  env::Mail evil = example_mail();
  evil.subject = "a\r\nBcc: all@shop.example";
  EXPECT_EQ(Mailer(clock).send(gone, evil).error().code, Code::kInvalid);
}

TEST(Mailer, WritesDatesAsMailWantsThem) {
  EXPECT_EQ(date_text(Timestamp{1'795'377'600'000}, "+0000"), "Sun, 22 Nov 2026 20:00:00 +0000");
  EXPECT_EQ(date_text(Timestamp{0}, "+0000"), "Thu, 01 Jan 1970 00:00:00 +0000");
}

}  // namespace
}  // namespace daytwo::http
