// Does this compiler destroy each temporary of a co_await expression exactly once?
// Three everyday shapes, each run alone; afterwards no counted object may be alive, and none may
// have been destroyed twice. The exit code is the sum of 1, 2 and 4 for the shapes that fail, so
// 0 is a sound compiler. g++ 12.2 exits 7 at -O0, -O1 and -O2. Standard library only.
#include <coroutine>
#include <exception>
#include <utility>

namespace {

int live = 0;

// Counts its objects: one more for each construction, one less for each destruction.
struct Counted {
  Counted() { ++live; }
  Counted(const Counted&) { ++live; }
  Counted(Counted&&) noexcept { ++live; }
  Counted& operator=(const Counted&) = default;
  Counted& operator=(Counted&&) noexcept = default;
  ~Counted() { --live; }
};

// A lazy task with symmetric transfer: the callee resumes its awaiter when it ends.
class Task {
 public:
  struct promise_type {
    std::coroutine_handle<> awaiter = std::noop_coroutine();

    struct Last {
      bool await_ready() const noexcept { return false; }
      std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> self) noexcept {
        return self.promise().awaiter;
      }
      void await_resume() const noexcept {}
    };

    Task get_return_object() {
      return Task(std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_always initial_suspend() const noexcept { return {}; }
    Last final_suspend() const noexcept { return {}; }
    void return_void() const noexcept {}
    void unhandled_exception() const noexcept { std::terminate(); }
  };

  explicit Task(std::coroutine_handle<promise_type> handle) : handle_(handle) {}
  Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Task& operator=(Task&&) = delete;
  ~Task() {
    if (handle_) handle_.destroy();
  }

  bool await_ready() const noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> awaiter) noexcept {
    handle_.promise().awaiter = awaiter;
    return handle_;
  }
  void await_resume() const noexcept {}
  void run() { handle_.resume(); }

 private:
  std::coroutine_handle<promise_type> handle_;
};

struct Aggregate {
  Counted counted;
  int number;
};

Task take(Aggregate aggregate) {
  static_cast<void>(aggregate.number);
  co_return;
}

template <typename Callable>
Task call(Callable callable) {
  callable();
  co_return;
}

Task aggregate_temporary() { co_await take(Aggregate{Counted(), 1}); }

Task braced_initialiser() { co_await take({Counted(), 2}); }

Task capturing_lambda() {
  Counted counted;
  co_await call([counted] { static_cast<void>(counted); });
}

// Runs one shape to its end; true when every object was destroyed exactly once.
bool sound(Task (*shape)()) {
  live = 0;
  {
    Task task = shape();
    task.run();
  }
  return live == 0;
}

}  // namespace

int main() {
  int failed = 0;
  if (!sound(aggregate_temporary)) failed += 1;
  if (!sound(braced_initialiser)) failed += 2;
  if (!sound(capturing_lambda)) failed += 4;
  return failed;
}
