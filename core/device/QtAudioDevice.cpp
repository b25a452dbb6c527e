#include "device/QtAudioDevice.h"

#include "base/LogCategories.h"
#include "device/DeviceLink.h"
#include "device/DeviceWorker.h"

#include <QEventLoop>

#include <cstdio>
#include <cstdlib>
#include <pthread.h>
#include <sched.h>
#include <unistd.h>

namespace hs::device {

namespace {

using namespace std::chrono_literals;

// Qt Multimedia's static objects wait for the thread that hangs inside them. Handlers run in the
// reverse order in which they were added, so this one comes before theirs.
void endWithoutStaticDestructors()
{
#ifdef __GLIBC__
    ::on_exit(
        [](int status, void*) {
            (void)std::fflush(nullptr);
            ::_exit(status);
        },
        nullptr);
#endif
}

// Sound that comes late is a hole; below the media thread, which feeds it. What is not granted is
// done without: the cushions then grow.
void askForRealTime()
{
    sched_param priority{};
    priority.sched_priority = 4;
    if (::pthread_setschedparam(::pthread_self(), SCHED_RR, &priority) != 0) {
        qCDebug(base::lcDevice) << "The device thread runs without real-time scheduling";
    }
}

// Owns all that it touches: it may outlive the device.
void runDeviceThread(const std::shared_ptr<DeviceLink>& link, const QString& ringPath)
{
    askForRealTime();
    QEventLoop loop; // the thread has no event dispatcher before it has one of these
    DeviceWorker worker(link, ringPath);
    QObject::connect(&worker, &DeviceWorker::finished, &loop, &QEventLoop::quit,
                     Qt::QueuedConnection);
    link->attach(&worker);
    loop.exec();
    link->attach(nullptr);
}

} // namespace

void announceAsPhone()
{
    if (!qEnvironmentVariableIsSet("PULSE_PROP")) {
        qputenv("PULSE_PROP", "media.role=phone application.icon_name=hookswitch");
    }
}

QtAudioDevice::QtAudioDevice(const QString& ringPath)
    : m_link(std::make_shared<DeviceLink>())
{
    m_thread.start("device", [link = m_link, ringPath] { runDeviceThread(link, ringPath); });
    m_watch.start("device-watch", [link = m_link] { link->watch(); });
}

QtAudioDevice::~QtAudioDevice()
{
    m_link->close();
    m_link->post([](DeviceWorker& worker) { worker.quit(); });
    if (!m_thread.join(2s)) {
        qCWarning(base::lcDevice) << "The sound server hangs; its thread is left behind.";
        endWithoutStaticDestructors();
    }
    m_watch.join(1s);
}

void QtAudioDevice::setListener(Listener listener)
{
    m_link->setListener(std::move(listener));
}

void QtAudioDevice::openHeadset(std::shared_ptr<audio::HeadsetRings> rings)
{
    // A thread that hangs must not keep the rings of all the calls there are meanwhile.
    m_link->post([wanted = std::weak_ptr(rings)](DeviceWorker& worker) {
        if (auto still = wanted.lock()) {
            worker.openHeadset(std::move(still));
        }
    });
}

void QtAudioDevice::closeHeadset()
{
    m_link->post([](DeviceWorker& worker) { worker.closeHeadset(); });
}

void QtAudioDevice::setRinging(bool ringing)
{
    m_link->post([ringing](DeviceWorker& worker) { worker.setRinging(ringing); });
}

void QtAudioDevice::setSettings(const model::SoundSettings& settings)
{
    m_link->post([settings](DeviceWorker& worker) { worker.setSettings(settings); });
}

void QtAudioDevice::setTone(std::optional<audio::CallTone> tone)
{
    m_link->post([tone](DeviceWorker& worker) { worker.setTone(tone); });
}

void QtAudioDevice::setSoundCheck(model::SoundCheck check)
{
    m_link->post([check](DeviceWorker& worker) { worker.setSoundCheck(check); });
}

void QtAudioDevice::setRingCheck(bool ringing)
{
    m_link->post([ringing](DeviceWorker& worker) { worker.setRingCheck(ringing); });
}

void QtAudioDevice::play(const QString& path)
{
    m_link->post([path](DeviceWorker& worker) { worker.play(path); });
}

void QtAudioDevice::pause()
{
    m_link->post([](DeviceWorker& worker) { worker.pause(); });
}

void QtAudioDevice::stop()
{
    m_link->post([](DeviceWorker& worker) { worker.stop(); });
}

void QtAudioDevice::seek(std::int64_t positionMs)
{
    m_link->post([positionMs](DeviceWorker& worker) { worker.seek(positionMs); });
}

} // namespace hs::device
