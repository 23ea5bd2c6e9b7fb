// The separately compiled bodies of Asio and Beast, so that server.cc alone pays for templates.
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
