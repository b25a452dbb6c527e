// RecordingSource: the recording that is being played, and what there is to tell of it. A recording
// is read piece by piece while it plays; a disk that hangs holds up the headset too, for as long.
// Thread: the device thread.
#pragma once

#include "audio/AudioDevice.h"
#include "audio/WavPlayback.h"
#include "device/SampleSource.h"

#include <optional>

namespace hs::device {

class RecordingSource final : public SampleSource {
public:
    const audio::PlaybackState& state() const { return m_state; }

    // From the start; on from there if it is the one that was paused.
    void play(const QString& path);
    // What was read last was not heard yet and comes again.
    void pause(std::int64_t unheardMs);
    void stop();
    void seek(std::int64_t positionMs);
    // There is nothing to play it on: a sentence for the operator.
    void fail(const QString& why);
    // play(), now is not the time for it: likewise. What was paused stays so.
    void refuse(const QString& path, const QString& why);

    // To be called at whiles: how far what was read has been heard.
    void updatePosition(std::int64_t unheardMs);
    // All of it has been heard.
    void finish();

    int rate() const override { return m_file ? m_file->rate() : 8000; }
    std::size_t read(std::span<std::int16_t> samples) override;

private:
    std::optional<audio::WavPlayback> m_file;
    audio::PlaybackState m_state;
};

} // namespace hs::device
