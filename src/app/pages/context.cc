#include "app/pages/context.h"

namespace daytwo::app {

void stamp(const PageContext& context, api::Base& page) {
  page.as_of = context.clock.wall();
  page.simulated = context.simulated;
}

}  // namespace daytwo::app
