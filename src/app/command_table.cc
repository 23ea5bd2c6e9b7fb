// The table of commands, by what they are for: the loop's rooms first.
#include <utility>
#include <vector>

#include "app/commands.h"

namespace daytwo::app {
namespace {

// The commands under one heading of help.
std::vector<std::pair<std::string, std::vector<Command>>> by_heading() {
  return {{"Run",
           {
               serve_command(),
               agent_command(),
               watch_command(),
               demo_command(),
               demo_break_command(),
               demo_heal_command(),
               demo_service_command(),
           }},
          {"See what is going on",
           {
               loop_command(),
               query_command(),
               flow_command(),
               cpu_command(),
               surface_command(),
               masking_command(),
               slo_command(),
               slo_security_command(),
               baseline_learn_command(),
               baseline_diff_command(),
               baseline_accept_command(),
           }},
          {"Decide",
           {
               worry_add_command(),
               worry_ask_command(),
               worry_list_command(),
               worry_show_command(),
               worry_replay_command(),
               worry_decide_command(),
               stakes_command(),
               risk_command(),
               plan_command(),
               rates_command(),
               nines_command(),
               worth_command(),
               waste_command(),
               calc_command(),
               calc_runout_command(),
           }},
          {"Act",
           {
               gate_command(),
               page_list_command(),
               page_ack_command(),
               page_test_command(),
           }},
          {"Learn",
           {
               noise_command(),
               train_command(),
               learn_command(),
               import_command(),
               export_rules_command(),
           }},
          {"Look after daytwo",
           {
               check_config_command(),
               check_design_command(),
               check_rules_command(),
               check_ready_command(),
               db_verify_command(),
               db_backup_command(),
               db_restore_command(),
               version_command(),
               completion_command(),
               man_command(),
           }}};
}

}  // namespace

std::span<const Command> commands() {
  static const std::vector<Command> kTable = [] {
    std::vector<Command> table;
    for (auto& [heading, group] : by_heading()) {
      for (Command& command : group) {
        command.heading = heading;
        table.push_back(std::move(command));
      }
    }
    return table;
  }();
  return kTable;
}

}  // namespace daytwo::app
