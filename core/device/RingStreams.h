// RingStreams: the ring on as many devices as were chosen, one stream each. A device that can't be
// opened does not keep the others from ringing. Thread: the device thread.
#pragma once

#include "device/RingSource.h"
#include "device/SpeakerStream.h"

namespace hs::device {

class RingStreams {
public:
    explicit RingStreams(RetiredSinks& retired) // outlives this
        : m_retired(retired)
    {
    }

    // Of a file that can't be read: the tone before stays.
    base::Result<void> load(const QString& path);
    bool hasTone() const { return m_tone != nullptr; }
    void setVolume(int percent);

    // Opens and closes until it rings on exactly these. `opened` tells whether any was.
    base::Result<void> ringOn(const QList<QAudioDevice>& devices, std::chrono::milliseconds buffer,
                              bool& opened);
    void close() { m_bells.clear(); }
    bool isOpen() const { return !m_bells.empty(); }
    // False: one is dead and was closed.
    bool feed();

private:
    struct Bell {
        explicit Bell(RetiredSinks& retired)
            : stream(source, retired)
        {
        }
        ~Bell() { stream.close(); }
        RingSource source;
        SpeakerStream stream;
    };

    RetiredSinks& m_retired;
    RingTone m_tone;
    int m_percent = 100;
    std::vector<std::unique_ptr<Bell>> m_bells;
};

} // namespace hs::device
