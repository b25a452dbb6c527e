// RingStreams: the ring on as many devices as were chosen, one stream each. Thread: the device
// thread.
#pragma once

#include "device/RingSource.h"
#include "device/SpeakerStream.h"

#include <functional>

namespace hs::device {

class RingStreams {
public:
    explicit RingStreams(RetiredSinks& retired) // outlives this
        : m_retired(retired)
    {
    }

    void setTone(RingTone tone);
    bool hasTone() const { return m_tone != nullptr; }
    void setVolume(int percent);

    struct Refusal {
        QAudioDevice device;
        OpenFailure why;
    };
    // Opens and closes until it rings on exactly these. A device that can't be opened does not
    // keep the others from ringing; the last one of these is returned. `opening` is called before
    // each opening, which may take two seconds.
    std::optional<Refusal> ringOn(const QList<QAudioDevice>& devices,
                                  std::chrono::milliseconds buffer,
                                  const std::function<void()>& opening);
    void close() { m_bells.clear(); }
    bool isOpen() const { return !m_bells.empty(); }
    // `died` is called for each that is dead; it is closed then.
    void feed(const std::function<void(const SpeakerStream&)>& died);
    void each(const std::function<void(const SpeakerStream&)>& what) const;

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
