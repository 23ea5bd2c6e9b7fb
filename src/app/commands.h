// The commands, each defined in the file of its name; command_table.cc lists them in the order of
// help.
#pragma once

#include "app/command.h"

namespace daytwo::app {

// Run.
[[nodiscard]] Command serve_command();
[[nodiscard]] Command agent_command();
[[nodiscard]] Command demo_command();
[[nodiscard]] Command demo_break_command();
[[nodiscard]] Command demo_heal_command();
[[nodiscard]] Command demo_service_command();
[[nodiscard]] Command watch_command();
[[nodiscard]] Command db_verify_command();
[[nodiscard]] Command db_backup_command();
[[nodiscard]] Command db_restore_command();
// Worry.
[[nodiscard]] Command loop_command();
[[nodiscard]] Command worry_add_command();
[[nodiscard]] Command worry_ask_command();
[[nodiscard]] Command worry_list_command();
[[nodiscard]] Command worry_show_command();
[[nodiscard]] Command worry_replay_command();
[[nodiscard]] Command worry_decide_command();
[[nodiscard]] Command stakes_command();
[[nodiscard]] Command plan_command();
[[nodiscard]] Command risk_command();
[[nodiscard]] Command rates_command();
[[nodiscard]] Command worth_command();
// Ask and check.
[[nodiscard]] Command query_command();
[[nodiscard]] Command calc_command();
[[nodiscard]] Command calc_runout_command();
[[nodiscard]] Command nines_command();
[[nodiscard]] Command flow_command();
[[nodiscard]] Command cpu_command();
[[nodiscard]] Command waste_command();
[[nodiscard]] Command surface_command();
[[nodiscard]] Command masking_command();
[[nodiscard]] Command slo_command();
[[nodiscard]] Command slo_security_command();
[[nodiscard]] Command check_config_command();
[[nodiscard]] Command check_rules_command();
[[nodiscard]] Command check_ready_command();
[[nodiscard]] Command check_design_command();
[[nodiscard]] Command baseline_learn_command();
[[nodiscard]] Command baseline_diff_command();
[[nodiscard]] Command baseline_accept_command();
[[nodiscard]] Command import_command();
[[nodiscard]] Command export_rules_command();
[[nodiscard]] Command train_command();
[[nodiscard]] Command learn_command();
[[nodiscard]] Command noise_command();
// People.
[[nodiscard]] Command page_test_command();
[[nodiscard]] Command page_ack_command();
[[nodiscard]] Command page_list_command();
[[nodiscard]] Command gate_command();
// About daytwo itself.
[[nodiscard]] Command version_command();
[[nodiscard]] Command completion_command();
[[nodiscard]] Command man_command();

}  // namespace daytwo::app
