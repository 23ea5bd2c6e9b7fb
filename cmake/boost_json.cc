// The separately compiled body of Boost.JSON: one copy for the rooms that use it.
#include <boost/json/src.hpp>
