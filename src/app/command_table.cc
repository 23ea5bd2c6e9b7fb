#include "app/commands.h"

namespace daytwo::app {

std::span<const Command> commands() {
  static const std::vector<Command> kTable = {serve_command(),         agent_command(),
                                              demo_command(),          demo_break_command(),
                                              demo_heal_command(),     demo_service_command(),
                                              watch_command(),         loop_command(),
                                              worry_add_command(),     worry_ask_command(),
                                              worry_list_command(),    worry_show_command(),
                                              worry_decide_command(),  stakes_command(),
                                              plan_command(),          query_command(),
                                              calc_command(),          flow_command(),
                                              cpu_command(),           surface_command(),
                                              slo_command(),           baseline_learn_command(),
                                              baseline_diff_command(), baseline_accept_command(),
                                              import_command(),        check_config_command(),
                                              check_ready_command(),   page_list_command(),
                                              page_ack_command(),      page_test_command(),
                                              db_verify_command(),     db_backup_command(),
                                              db_restore_command(),    version_command(),
                                              completion_command(),    man_command()};
  return kTable;
}

}  // namespace daytwo::app
