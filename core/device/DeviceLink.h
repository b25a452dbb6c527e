// DeviceLink: what the device thread and the rest of the program share. It belongs to both, so that
// a device thread that hangs in the sound server's library can be left behind: it then finds nobody
// to tell anything any more. It also watches for that: the worker gives a sign of life at least
// once a second. Thread: any, unless said otherwise.
#pragma once

#include "audio/AudioDevice.h"

#include <QObject>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace hs::device {

class DeviceWorker;

class DeviceLink final : public std::enable_shared_from_this<DeviceLink> {
public:
    using Command = std::function<void(DeviceWorker&)>;

    // To the device thread: run in order by the worker, at once or as soon as there is one.
    void post(Command command);
    // The device thread: here is the worker; nullptr: no longer. Runs what was posted before.
    void attach(DeviceWorker* worker);

    // Hears at once which devices there are, as the worker may have told that long ago.
    void setListener(audio::AudioDevice::Listener listener);
    // No listener is called any more, nor is one still being called. Ends watch().
    void close();

    // From the device thread to the listener. A problem is told when it changes.
    void setProblem(const QString& problem);
    void tellPlayback(const audio::PlaybackState& state);
    void tellStatus(const model::SoundStatus& status);
    void tellChange(const model::SoundChange& change);
    void tellLevels(const model::SoundLevels& levels);
    void signOfLife();

    // Until close(): tells of a problem while there is no sign of life.
    void watch();

private:
    void runPosted();
    void tell(); // with m_listenerMutex held
    template <class Value>
    void tell(std::function<void(const Value&)> audio::AudioDevice::Listener::*whom,
              const Value& value);

    std::mutex m_commandMutex;
    std::vector<Command> m_commands;
    DeviceWorker* m_worker = nullptr;
    bool m_running = false; // a command is

    // Recursive: a listener may set another one, or close() by destroying the device.
    std::recursive_mutex m_listenerMutex;
    audio::AudioDevice::Listener m_listener;
    std::optional<model::SoundStatus> m_status; // as last told
    QString m_problem; // the worker's
    QString m_told;
    bool m_hanging = false;
    bool m_closed = false;

    std::mutex m_watchMutex;
    std::condition_variable m_watchEnd;
    bool m_watchEnded = false;
    std::atomic<std::int64_t> m_lastSignMs{0}; // 0: no worker yet
};

} // namespace hs::device
