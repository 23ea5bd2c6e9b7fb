#include "http/certificate.h"

#include <fmt/format.h>
#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstddef>
#include <ctime>
#include <memory>

#include "base/time.h"

namespace daytwo::http {
namespace {

struct Free {
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(BIO* stream) const { BIO_free(stream); }
  void operator()(GENERAL_NAMES* names) const { GENERAL_NAMES_free(names); }
};

std::unique_ptr<X509, Free> read_pem(std::string_view pem) {
  const std::unique_ptr<BIO, Free> memory(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  if (memory == nullptr) return nullptr;
  return std::unique_ptr<X509, Free>(PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr));
}

// "CN = daytwo, O = ..", as RFC 2253 writes it.
std::string name_text(const X509_NAME* name) {
  const std::unique_ptr<BIO, Free> memory(BIO_new(BIO_s_mem()));
  if (memory == nullptr) return {};
  X509_NAME_print_ex(memory.get(), name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

Timestamp time_of(const ASN1_TIME* at) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(at, &parts) != 1) return {};
  const auto parsed = parse_rfc3339(
      fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", parts.tm_year + 1900, parts.tm_mon + 1,
                  parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec));
  return parsed.value_or(Timestamp{});
}

std::string text_of(const ASN1_STRING* text) {
  const auto* bytes = reinterpret_cast<const char*>(ASN1_STRING_get0_data(text));
  return {bytes, static_cast<std::size_t>(ASN1_STRING_length(text))};
}

std::string address_of(const std::string& bytes) {
  std::string out;
  if (bytes.size() == 4) {
    for (const char byte : bytes) {
      out += fmt::format("{}{}", out.empty() ? "" : ".", static_cast<unsigned char>(byte));
    }
    return out;
  }
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    out += fmt::format(
        "{}{:x}", out.empty() ? "" : ":",
        static_cast<unsigned char>(bytes[i]) * 256U + static_cast<unsigned char>(bytes[i + 1]));
  }
  return out;
}

std::vector<std::string> names_of(const X509* certificate) {
  std::vector<std::string> out;
  const std::unique_ptr<GENERAL_NAMES, Free> names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  if (names == nullptr) return out;
  for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type == GEN_DNS) out.push_back(text_of(name->d.dNSName));
    if (name->type == GEN_IPADD) out.push_back(address_of(text_of(name->d.iPAddress)));
  }
  return out;
}

}  // namespace

Result<env::Certificate> parse_certificate(std::string_view pem) {
  const auto certificate = read_pem(pem);
  if (certificate == nullptr) return fail(Code::kInvalid, "this is no PEM certificate");
  env::Certificate out;
  out.subject = name_text(X509_get_subject_name(certificate.get()));
  out.issuer = name_text(X509_get_issuer_name(certificate.get()));
  out.not_before = time_of(X509_get0_notBefore(certificate.get()));
  out.not_after = time_of(X509_get0_notAfter(certificate.get()));
  out.names = names_of(certificate.get());
  return out;
}

bool certificate_covers(std::string_view pem, const std::string& host) {
  const auto certificate = read_pem(pem);
  if (certificate == nullptr) return false;
  return X509_check_host(certificate.get(), host.data(), host.size(), 0, nullptr) == 1 ||
         X509_check_ip_asc(certificate.get(), host.c_str(), 0) == 1;
}

std::string verify_error_text(long result) { return X509_verify_cert_error_string(result); }

}  // namespace daytwo::http
