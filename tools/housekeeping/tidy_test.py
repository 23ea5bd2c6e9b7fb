"""Each rule of the house against a small tree that keeps it and one that breaks it."""
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from housekeeping import run  # noqa: E402

TABLE = """\
room 0 base
room 1 env     base
room 1 env/os  env
room 1 sim     env
room 4 facts   env
room 5 observe facts
room 5 act     facts
room 6 http    env
library fmt    any    fmt/       fmt
library json   facts  boost/json json
library boost  http   boost/     -
library system env/os posix      -
library gtest  tests  gtest/     -
"""
README = "# room\n"


def header(body, comment="// What this header is."):
    return f"{comment}\n#pragma once\n\nnamespace daytwo {{\n\n{body}\n\n}}  // namespace daytwo\n"


class TidyTest(unittest.TestCase):
    """Builds a tree from a dictionary and looks at the rules that complain."""

    def findings(self, files, table=TABLE, done=False):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            everything = {"tools/rooms.txt": table, **files}
            for room in {p.split("/")[1] for p in files if p.startswith("src/")}:
                everything.setdefault(f"src/{room}/README.md", README)
            for path, text in everything.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text)
            return run.check(root, done)

    def rules(self, files, **more):
        return [finding.rule for finding in self.findings(files, **more)]

    def in_source(self, line, path="src/facts/x.cc"):
        return self.rules({path: f"void f() {{\n  {line}\n}}\n"})

    def in_header(self, body, **more):
        return self.rules({"src/facts/x.h": header(body, **more)})

    # Rooms

    def test_a_room_may_include_what_its_includes_may(self):
        files = {"src/observe/a.cc": '#include "base/b.h"\n', "src/base/b.h": header("")}
        self.assertEqual(self.rules(files), [])

    def test_never_sideways(self):
        path = "src/observe/a.cc"
        finding = self.findings({path: '\n#include "act/b.h"\n'})[0]
        self.assertEqual((finding.path, finding.line, finding.rule), (path, 2, "room"))

    def test_never_up(self):
        self.assertEqual(self.rules({"src/base/a.cc": '#include "env/b.h"\n'}), ["room"])

    def test_the_real_world_is_a_room_of_its_own(self):
        self.assertEqual(self.rules({"src/facts/a.cc": '#include "env/os/files.h"\n'}), ["room"])

    def test_tests_may_use_both_worlds(self):
        text = '#include "env/os/files.h"\n#include "sim/disk.h"\n'
        self.assertEqual(self.rules({"src/facts/a_test.cc": text}), [])

    def test_helpers_for_tests_are_tests(self):
        text = "// What.\n#pragma once\n#include <gtest/gtest.h>\n"
        self.assertEqual(self.rules({"src/facts/world_for_tests.h": text}), [])
        self.assertEqual(self.rules({"src/facts/world.h": text}), ["library"])

    def test_tests_may_not_go_sideways_either(self):
        self.assertEqual(self.rules({"src/observe/a_test.cc": '#include "act/b.h"\n'}), ["room"])

    def test_a_cycle_in_the_table_is_refused(self):
        self.assertEqual(self.rules({}, table="room 0 a b\nroom 0 b a\n"), ["rooms"])

    def test_a_broken_row_is_refused(self):
        self.assertEqual(self.rules({}, table="library fmt any\n"), ["rooms"])

    def test_a_folder_outside_the_table_is_refused(self):
        self.assertEqual(self.rules({"src/junk/a.cc": "int a;\n"}), ["room"])

    def test_includes_start_at_the_source_root(self):
        self.assertEqual(self.rules({"src/facts/a.cc": '#include "b.h"\n'}), ["room"])

    # Libraries

    def test_a_library_in_its_room_is_fine(self):
        self.assertEqual(self.in_source("#include <boost/json.hpp>"), [])

    def test_a_library_out_of_its_room(self):
        self.assertEqual(self.in_source("#include <boost/asio.hpp>"), ["library"])

    def test_an_unknown_library(self):
        self.assertEqual(self.in_source("#include <nlohmann/json.hpp>"), ["library"])

    def test_the_system_belongs_to_env_os(self):
        self.assertEqual(self.in_source("#include <sys/socket.h>"), ["library"])
        self.assertEqual(self.in_source("#include <sys/socket.h>", "src/env/os/x.cc"), [])

    def test_threads_header_belongs_to_env_os(self):
        self.assertEqual(self.in_source("#include <thread>"), ["library"])
        self.assertEqual(self.in_source("#include <vector>"), [])

    def test_own_header_comes_first(self):
        files = {"src/facts/x.h": header(""), "src/facts/x.cc": '#include <vector>\n'}
        self.assertEqual(self.rules(files), ["include-order"])
        files["src/facts/x.cc"] = '#include "facts/x.h"\n'
        self.assertEqual(self.rules(files), [])

    # Calls

    def test_banned_calls_name_the_word_to_use(self):
        finding = self.findings(
            {"src/facts/x.cc": "auto now = std::chrono::system_clock::now();\n"}
        )[0]
        self.assertIn("env::Clock", finding.text)

    def test_each_banned_call(self):
        for line in (
            "auto t = time(nullptr);",
            "std::random_device seed;",
            'auto home = getenv("HOME");',
            "std::thread worker(run);",
            'auto* file = fopen("a", "r");',
            'std::ifstream file("a");',
            'system("ls");',
            "auto v = std::stod(text);",
            "assert(x);",
            "throw 1;",
            "using namespace std;",
            "std::this_thread::sleep_for(a);",
            "auto x = rand();",
        ):
            with self.subTest(line):
                self.assertEqual(self.in_source(line), ["banned"])

    def test_words_that_only_look_like_banned_ones(self):
        for line in (
            "auto t = record.time(nullptr);",
            'say("time(nullptr) and getenv(x)");',
            "// std::thread is not ours to use",
            "auto t = arrival_time(0);",
            "const bool operand = 1;",
            "grow(x); // rand()",
            "auto v = system_of(x);",
        ):
            with self.subTest(line):
                self.assertEqual(self.in_source(line), [])

    def test_env_os_may_call_the_system(self):
        self.assertEqual(self.in_source('auto h = getenv("A");', "src/env/os/x.cc"), [])

    def test_a_line_can_be_excused_with_a_reason(self):
        line = "throw 1;  // tidy-allow(banned): the library wants it"
        self.assertEqual(self.in_source(line), [])
        self.assertEqual(self.in_source("throw 1;  // tidy-allow(banned):"), ["banned"])
        self.assertEqual(self.in_source("throw 1;  // tidy-allow(width): why"), ["banned"])

    def test_a_file_can_be_excused_in_its_head(self):
        text = "// tidy-allow-file(banned): the parser unwinds through the library\nvoid f() {\n"
        self.assertEqual(self.rules({"src/facts/x.cc": text + "  throw 1;\n}\n"}), [])
        self.assertEqual(self.rules({"src/facts/x.cc": text + "  throw 1;  // TODO\n}\n"}),
                         ["unfinished"])

    def test_unfinished_work(self):
        self.assertEqual(self.in_source("// TODO: the rest"), ["unfinished"])

    def test_nolint_wants_check_and_reason(self):
        self.assertEqual(self.in_source("f();  // NOLINT"), ["nolint"])
        self.assertEqual(self.in_source("f();  // NOLINT(bugprone-x)"), ["nolint"])
        self.assertEqual(self.in_source("f();  // NOLINT(bugprone-x): the C API says so"), [])

    def test_names_say_what_a_thing_is(self):
        self.assertEqual(self.in_source("struct PageManager {};"), ["name"])
        self.assertEqual(self.in_source("struct Pager {};"), [])

    def test_only_three_rooms_await(self):
        self.assertEqual(self.in_source("co_await read();"), ["await"])
        self.assertEqual(self.in_source("co_await read();", "src/http/x.cc"), [])

    def test_no_await_inside_an_argument(self):
        self.assertEqual(self.in_source("f(co_await read());", "src/http/x.cc"), ["await"])
        line = "auto x = ok ? co_await read() : 0;"
        self.assertEqual(self.in_source(line, "src/http/x.cc"), ["await"])

    # Contracts

    def test_a_declaration_wants_a_contract(self):
        body = "// One.\nint one();\n\nint two();"
        finding = self.findings({"src/facts/x.h": header(body)})[0]
        self.assertEqual((finding.rule, finding.line), ("contract", 9))

    def test_kinds_of_declarations_that_want_one(self):
        for declaration in (
            "struct Two {\n  int x = 0;\n};",
            "template <typename T>\nclass Two {};",
            "enum class Two { kA, kB };",
            "using Two = int;",
            "inline constexpr int kTwo = 2;",
            "inline int two() { return 2; }",
        ):
            with self.subTest(declaration):
                self.assertEqual(self.in_header(f"// One.\nint one();\n\n{declaration}"),
                                 ["contract"])
                self.assertEqual(
                    self.in_header(f"// One.\nint one();\n\n// Two.\n{declaration}"), []
                )

    def test_the_opening_comment_covers_the_namesake(self):
        body = "// One.\nint one();\n\nclass TornDisk {};"
        self.assertEqual(self.rules({"src/facts/torn_disk.h": header(body)}), [])
        self.assertEqual(self.rules({"src/facts/disk.h": header(body)}), ["contract"])

    def test_a_definition_does_not_repeat_the_contract(self):
        body = "// One.\nint one();\n\n// Two.\nint two(int x);\n\nint two(int x) { return x; }"
        self.assertEqual(self.in_header(body), [])

    def test_what_needs_no_contract(self):
        self.assertEqual(self.in_header("// One.\nint one();\n\nclass Ahead;"), [])
        self.assertEqual(self.in_header("// A pair.\nint one();\nint two();"), [])
        self.assertEqual(self.in_header("// One.\nint one();\n\nint two();  // the second"), [])

    def test_members_need_none(self):
        body = "// One.\nclass One {\n public:\n  int two() { return 2; }\n\n  int three();\n};"
        self.assertEqual(self.in_header(body), [])

    def test_a_header_says_what_it_is(self):
        self.assertEqual(self.in_header("// One.\nint one();", comment=""), ["contract"])

    def test_results_are_nodiscard(self):
        for declaration in (
            "Result<int> one();",
            "tl_free::Result<std::vector<int>> one(int a);",
            "Result<std::map<int, std::string>> one();",
        ):
            with self.subTest(declaration):
                self.assertEqual(self.in_header(f"// One.\n{declaration}"), ["nodiscard"])
                self.assertEqual(self.in_header(f"// One.\n[[nodiscard]] {declaration}"), [])

    def test_results_of_members_are_nodiscard(self):
        body = "// One.\nclass One {\n public:\n  // Two.\n  %svirtual Result<int> two() = 0;\n};"
        self.assertEqual(self.in_header(body % ""), ["nodiscard"])
        self.assertEqual(self.in_header(body % "[[nodiscard]] "), [])

    def test_a_result_that_is_a_member_or_a_parameter_is_no_function(self):
        body = "// One.\nstruct One {\n  Result<int> two;\n};\n// Do.\nvoid three(Result<int> x);"
        self.assertEqual(self.in_header(body), [])

    # Shape

    def test_a_hundred_columns(self):
        self.assertEqual(self.in_source("// " + "x" * 95), [])
        self.assertEqual(self.in_source("// " + "x" * 96), ["width"])

    def test_six_hundred_lines(self):
        self.assertEqual(self.rules({"src/facts/x.cc": "int a;\n" * 600}), [])
        self.assertEqual(self.rules({"src/facts/x.cc": "int a;\n" * 601}), ["length"])

    def test_line_ends(self):
        self.assertEqual(self.rules({"src/facts/x.cc": "int a; \n"}), ["space"])
        self.assertEqual(self.rules({"src/facts/x.cc": "\tint a;\n"}), ["space"])
        self.assertEqual(self.rules({"src/facts/x.cc": "int a;"}), ["space"])

    def test_pragma_once(self):
        self.assertEqual(self.rules({"src/facts/x.h": "// What.\n"}), ["pragma-once"])

    def test_snake_case_names(self):
        self.assertEqual(self.rules({"src/facts/MyFile.cc": "int a;\n"}), ["name"])

    # Documents

    def test_a_room_has_a_readme(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "tools").mkdir()
            (root / "tools/rooms.txt").write_text(TABLE)
            (root / "src/facts").mkdir(parents=True)
            (root / "src/facts/x.cc").write_text("int a;\n")
            self.assertEqual([f.rule for f in run.check(root)], ["readme"])

    def test_links(self):
        good = "[a](b.md) [c](b.md#the-heading) [d](https://example.org/x) `[e](nowhere.md)`\n"
        files = {"docs/a.md": good, "docs/b.md": "# The heading\n"}
        self.assertEqual(self.rules(files), [])
        files["docs/a.md"] = "[a](nowhere.md)\n"
        self.assertEqual(self.rules(files), ["link"])
        files["docs/a.md"] = "[a](b.md#nowhere)\n"
        self.assertEqual(self.rules(files), ["link"])

    # Dead files

    def test_dead_headers_are_findings_when_done(self):
        files = {"src/facts/x.h": header("")}
        self.assertEqual(self.rules(files), [])
        self.assertEqual(self.rules(files, done=True), ["dead-file"])


if __name__ == "__main__":
    unittest.main()
