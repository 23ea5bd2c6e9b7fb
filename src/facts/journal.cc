#include "facts/journal.h"

#include "base/text.h"

namespace daytwo::facts {

std::string unread_words(std::size_t unreadable) {
  if (unreadable == 0) return {};
  return counted(unreadable, "record", "records") + " could not be read: daytwo db verify names " +
         (unreadable == 1 ? "it" : "them");
}

}  // namespace daytwo::facts
