#include "base/WorkerThread.h"

#include <condition_variable>
#include <csignal>
#include <mutex>
#include <pthread.h>

namespace hs::base {

struct WorkerThread::End {
    std::mutex mutex;
    std::condition_variable changed;
    bool reached = false;
};

WorkerThread::WorkerThread() = default;

WorkerThread::~WorkerThread()
{
    if (m_thread.joinable()) {
        m_thread.detach();
    }
}

void WorkerThread::start(const char* name, std::function<void()> run)
{
    m_end = std::make_shared<End>();
    // A thread inherits the mask of the one that starts it. SIGPIPE above all must become EPIPE.
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    m_thread = std::thread([end = m_end, run = std::move(run)]() mutable {
        run();
        run = nullptr; // gives back what it owns before anyone is told of the end
        const std::lock_guard lock(end->mutex);
        end->reached = true;
        end->changed.notify_all();
    });
    pthread_setname_np(m_thread.native_handle(), name);
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

bool WorkerThread::join(std::chrono::milliseconds most)
{
    if (!m_thread.joinable()) {
        return true;
    }
    std::unique_lock lock(m_end->mutex);
    const bool reached = m_end->changed.wait_for(lock, most, [this] { return m_end->reached; });
    lock.unlock();
    if (reached) {
        m_thread.join();
    } else {
        m_thread.detach();
    }
    return reached;
}

} // namespace hs::base
