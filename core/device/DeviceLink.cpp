#include "device/DeviceLink.h"

#include "base/LogCategories.h"
#include "device/DeviceWorker.h"

#include <chrono>
#include <utility>

namespace hs::device {

namespace {

constexpr std::int64_t hangsAfterMs = 4000;
constexpr auto watchEvery = std::chrono::milliseconds(500);

std::int64_t nowMs()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

} // namespace

void DeviceLink::post(Command command)
{
    const std::lock_guard lock(m_commandMutex);
    m_commands.push_back(std::move(command));
    if (m_worker && m_commands.size() == 1) {
        QMetaObject::invokeMethod(
            m_worker, [link = shared_from_this()] { link->runPosted(); }, Qt::QueuedConnection);
    }
}

void DeviceLink::attach(DeviceWorker* worker)
{
    {
        const std::lock_guard lock(m_commandMutex);
        m_worker = worker;
    }
    m_lastSignMs.store(worker ? nowMs() : 0);
    if (worker) {
        runPosted();
    }
}

// Closing a stream runs the event loop, which comes by here in the middle of a command: the rest of
// that batch comes before what was posted later.
void DeviceLink::runPosted()
{
    std::unique_lock lock(m_commandMutex);
    if (m_running) {
        return;
    }
    m_running = true;
    while (m_worker && !m_commands.empty()) {
        const std::vector<Command> commands = std::exchange(m_commands, {});
        DeviceWorker& worker = *m_worker;
        lock.unlock();
        for (const Command& command : commands) {
            command(worker);
        }
        lock.lock();
    }
    m_running = false;
}

template <class Value>
void DeviceLink::tell(std::function<void(const Value&)> audio::AudioDevice::Listener::*whom,
                      const Value& value)
{
    const std::lock_guard lock(m_listenerMutex);
    if (!m_closed && m_listener.*whom) {
        const auto tellListener = m_listener.*whom; // it may set another listener
        tellListener(value);
    }
}

void DeviceLink::setListener(audio::AudioDevice::Listener listener)
{
    const std::lock_guard lock(m_listenerMutex);
    m_listener = std::move(listener);
    m_told.clear(); // a problem that is there already is told by watch()
    if (m_status) {
        tell(&audio::AudioDevice::Listener::statusChanged, *m_status);
    }
}

void DeviceLink::close()
{
    {
        const std::lock_guard lock(m_listenerMutex);
        m_closed = true;
    }
    const std::lock_guard lock(m_watchMutex);
    m_watchEnded = true;
    m_watchEnd.notify_all();
}

void DeviceLink::tell()
{
    const QString now = m_hanging
        ? QStringLiteral("Sound hangs: the sound server took a request and has not answered. Calls "
                         "go on without it; restart the sound server or this program.")
        : m_problem;
    if (now == m_told) {
        return;
    }
    m_told = now;
    if (now.isEmpty()) {
        qCInfo(base::lcDevice) << "Sound works";
    } else {
        qCWarning(base::lcDevice).noquote() << now;
    }
    if (!m_closed && m_listener.problemChanged) {
        const auto tellListener = m_listener.problemChanged; // it may set another listener
        tellListener(now);
    }
}

void DeviceLink::setProblem(const QString& problem)
{
    const std::lock_guard lock(m_listenerMutex);
    m_problem = problem;
    tell();
}

void DeviceLink::tellPlayback(const audio::PlaybackState& state)
{
    tell(&audio::AudioDevice::Listener::playbackChanged, state);
}

void DeviceLink::tellStatus(const model::SoundStatus& status)
{
    const std::lock_guard lock(m_listenerMutex);
    m_status = status;
    tell(&audio::AudioDevice::Listener::statusChanged, status);
}

void DeviceLink::tellChange(const model::SoundChange& change)
{
    tell(&audio::AudioDevice::Listener::deviceChanged, change);
}

void DeviceLink::tellLevels(const model::SoundLevels& levels)
{
    tell(&audio::AudioDevice::Listener::levels, levels);
}

void DeviceLink::signOfLife()
{
    m_lastSignMs.store(nowMs());
}

void DeviceLink::watch()
{
    std::unique_lock end(m_watchMutex);
    while (!m_watchEnd.wait_for(end, watchEvery, [this] { return m_watchEnded; })) {
        const std::int64_t last = m_lastSignMs.load();
        const bool hanging = last != 0 && nowMs() - last > hangsAfterMs;
        end.unlock();
        {
            const std::lock_guard lock(m_listenerMutex);
            m_hanging = hanging;
            tell();
        }
        end.lock();
    }
}

} // namespace hs::device
