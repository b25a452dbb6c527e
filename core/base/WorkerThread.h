// WorkerThread: a thread that does blocking work (disk, a pipe) and whose end is waited for only so
// long. One that hangs in the kernel is left behind, so what it runs must own all that it touches
// (capture a shared_ptr). All signals stay with the other threads. Thread: the owner's.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <thread>

namespace hs::base {

class WorkerThread {
public:
    WorkerThread();
    // Leaves the thread behind if it still runs; call join() before.
    ~WorkerThread();
    WorkerThread(const WorkerThread&) = delete;
    WorkerThread& operator=(const WorkerThread&) = delete;

    // `name` is what the system's tools show, at most 15 characters.
    void start(const char* name, std::function<void()> run);
    // True if the thread has ended (or never ran). False: it is left behind.
    bool join(std::chrono::milliseconds most);

private:
    struct End;
    std::shared_ptr<End> m_end;
    std::thread m_thread;
};

} // namespace hs::base
