// QtAudioDevice: the operator's sound over Qt Multimedia, on the devices that were chosen, or else
// the system's default ones, wherever these move: what is plugged in or chosen during a call takes
// over the call.
// Everything happens in a device thread of its own; commands are posted to it and return at once,
// whatever the sound server does. The destructor waits at most two seconds for it: a thread that
// hangs in the sound server's library is left behind, with a line in the log, and the program then
// ends without running static destructors, which would wait for that thread for ever.
// One at a time in a process, and none after one that was left behind: Qt Multimedia keeps one
// connection to the sound server for the whole process.
// Thread: as AudioDevice says; the destructor not from within the listener.
#pragma once

#include "audio/AudioDevice.h"
#include "base/WorkerThread.h"

#include <QString>

#include <memory>

namespace hs::device {

class DeviceLink;

// Says "this is a phone" to the sound server, which then may pause music while there is sound of
// ours. To be called by main() before there is any other thread, as it sets PULSE_PROP in the
// environment (unless that is set already).
void announceAsPhone();

class QtAudioDevice final : public audio::AudioDevice {
public:
    // The ring tone while the settings name none: any sound file, a Qt resource (":/...") too;
    // empty for none.
    explicit QtAudioDevice(const QString& ringPath);
    ~QtAudioDevice() override;
    QtAudioDevice(const QtAudioDevice&) = delete;
    QtAudioDevice& operator=(const QtAudioDevice&) = delete;

    void setListener(Listener listener) override;
    void setSettings(const model::SoundSettings& settings) override;
    void openHeadset(std::shared_ptr<audio::HeadsetRings> rings) override;
    void closeHeadset() override;
    void setRinging(bool ringing) override;
    void setTone(std::optional<audio::CallTone> tone) override;
    void setSoundCheck(model::SoundCheck check) override;
    void setRingCheck(bool ringing) override;
    void play(const QString& path) override;
    void pause() override;
    void stop() override;
    void seek(std::int64_t positionMs) override;

private:
    std::shared_ptr<DeviceLink> m_link;
    base::WorkerThread m_thread;
    base::WorkerThread m_watch;
};

} // namespace hs::device
