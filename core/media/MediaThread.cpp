#include "media/MediaThread.h"

#include "base/LogCategories.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <pthread.h>
#include <sched.h>
#include <sys/prctl.h>
#include <time.h>

namespace hs::media {

namespace {

void askForRealTime()
{
    // Above everything that is not real-time, below a sound server's own real-time threads.
    sched_param priority{};
    priority.sched_priority = 5;
    const int refused = ::pthread_setschedparam(::pthread_self(), SCHED_RR, &priority);
    if (refused != 0) {
        qCInfo(base::lcMedia).noquote()
            << QStringLiteral("RTP is sent without real-time scheduling (%1); CAP_SYS_NICE or an "
                              "rtprio limit of 5 would grant it")
                   .arg(QString::fromLocal8Bit(std::strerror(refused)));
        ::prctl(PR_SET_TIMERSLACK, 1000UL); // 1 us instead of 50
    }
}

void keepSignalsAway()
{
    sigset_t all;
    sigfillset(&all);
    ::pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

void sleepUntil(base::TimePoint time)
{
    const auto sinceBoot = time.time_since_epoch();
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(sinceBoot);
    const timespec deadline{seconds.count(), (sinceBoot - seconds).count()};
    while (::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &deadline, nullptr) == EINTR) { }
}

} // namespace

MediaThread::MediaThread(MediaLoop& loop)
    : m_loop(loop)
{
    setObjectName(QStringLiteral("media")); // which QThread also gives to the system
}

MediaThread::~MediaThread()
{
    finish();
}

void MediaThread::begin()
{
    m_begun.store(true, std::memory_order_release);
    start();
}

void MediaThread::finish()
{
    m_stopped.store(true, std::memory_order_release);
    m_loop.wakeUp();
    wait();
    m_ended.load(std::memory_order_acquire);
}

void MediaThread::run()
{
    m_begun.load(std::memory_order_acquire);
    keepSignalsAway();
    askForRealTime();
    const base::SystemClock clock;
    while (!m_stopped.load(std::memory_order_acquire)) {
        const base::TimePoint now = clock.now();
        m_loop.tick(now);
        if (m_loop.isIdle()) {
            m_loop.waitForCommand();
        } else {
            sleepUntil(MediaLoop::nextTick(now));
        }
    }
    m_loop.tick(clock.now());
    m_ended.store(true, std::memory_order_release);
}

} // namespace hs::media
