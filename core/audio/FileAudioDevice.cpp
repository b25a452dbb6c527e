#include "audio/FileAudioDevice.h"

#include <algorithm>
#include <array>
#include <utility>

namespace hs::audio {

namespace {
constexpr auto samplesPerMs = static_cast<std::int64_t>(HeadsetRings::samplesPerMs);
constexpr std::int64_t tellEveryMs = 100;
} // namespace

FileAudioDevice::FileAudioDevice(std::vector<std::int16_t> microphone, Repeat repeat)
    : m_microphone(std::move(microphone))
    , m_repeat(repeat)
{
}

void FileAudioDevice::advance(std::int64_t ms)
{
    std::unique_lock lock(m_mutex);
    if (m_rings) {
        speak(static_cast<std::size_t>(ms * samplesPerMs));
        listen(static_cast<std::size_t>(ms * samplesPerMs));
    }
    if (advancePlayback(ms)) {
        tellPlayback(std::move(lock));
    }
}

void FileAudioDevice::speak(std::size_t samples)
{
    static constexpr std::array<std::int16_t, 20 * HeadsetRings::samplesPerMs> silence{};
    while (samples > 0) {
        if (m_spoken == m_microphone.size() && m_repeat == Repeat::Forever) {
            m_spoken = 0;
        }
        std::span<const std::int16_t> piece = std::span(m_microphone).subspan(m_spoken);
        const bool silent = piece.empty();
        if (silent) {
            piece = silence;
        }
        piece = piece.first(std::min(piece.size(), samples));
        m_rings->capture.write(piece); // what does not fit is lost, as with a microphone
        m_spoken += silent ? 0 : piece.size();
        samples -= piece.size();
    }
}

void FileAudioDevice::listen(std::size_t samples)
{
    const std::size_t before = m_heard.size();
    m_heard.resize(before + samples);
    m_rings->playback.read(std::span(m_heard).subspan(before));
}

bool FileAudioDevice::advancePlayback(std::int64_t ms)
{
    if (!m_playback.playing) {
        return false;
    }
    m_playback.positionMs = std::min(m_playback.positionMs + ms, m_playback.durationMs);
    m_playback.playing = m_playback.positionMs < m_playback.durationMs;
    m_sinceToldMs += ms;
    return !m_playback.playing || m_sinceToldMs >= tellEveryMs;
}

void FileAudioDevice::tellPlayback(std::unique_lock<std::mutex> lock)
{
    m_sinceToldMs = 0;
    const auto tell = m_listener.playbackChanged;
    const PlaybackState state = m_playback;
    lock.unlock();
    if (tell) {
        tell(state);
    }
}

std::vector<std::int16_t> FileAudioDevice::takeHeard()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_heard, {});
}

bool FileAudioDevice::headsetOpen() const
{
    const std::lock_guard lock(m_mutex);
    return m_rings != nullptr;
}

bool FileAudioDevice::ringing() const
{
    const std::lock_guard lock(m_mutex);
    return m_ringing;
}

void FileAudioDevice::setListener(Listener listener)
{
    const std::lock_guard lock(m_mutex);
    m_listener = std::move(listener);
}

void FileAudioDevice::openHeadset(std::shared_ptr<HeadsetRings> rings)
{
    const std::lock_guard lock(m_mutex);
    m_rings = std::move(rings);
}

void FileAudioDevice::closeHeadset()
{
    const std::lock_guard lock(m_mutex);
    m_rings.reset();
}

std::optional<CallTone> FileAudioDevice::tone() const
{
    const std::lock_guard lock(m_mutex);
    return m_tone;
}

void FileAudioDevice::setTone(std::optional<CallTone> tone)
{
    const std::lock_guard lock(m_mutex);
    m_tone = tone;
}

void FileAudioDevice::setRinging(bool ringing)
{
    const std::lock_guard lock(m_mutex);
    m_ringing = ringing;
}

void FileAudioDevice::play(const QString& path)
{
    std::unique_lock lock(m_mutex);
    const bool paused = m_playback.path == path && m_playback.error.isEmpty()
        && m_playback.positionMs > 0 && m_playback.positionMs < m_playback.durationMs;
    if (!paused || m_playback.playing) {
        m_playback = PlaybackState{path, false, 0, 0, {}};
        const base::Result<WavPlayback> file = WavPlayback::open(path);
        if (file) {
            m_playback.durationMs = file->durationMs();
        } else {
            m_playback.error = file.error().text;
        }
    }
    m_playback.playing = m_playback.error.isEmpty();
    tellPlayback(std::move(lock));
}

void FileAudioDevice::pause()
{
    std::unique_lock lock(m_mutex);
    m_playback.playing = false;
    tellPlayback(std::move(lock));
}

void FileAudioDevice::stop()
{
    std::unique_lock lock(m_mutex);
    m_playback.playing = false;
    m_playback.positionMs = 0;
    tellPlayback(std::move(lock));
}

void FileAudioDevice::seek(std::int64_t positionMs)
{
    std::unique_lock lock(m_mutex);
    m_playback.positionMs = std::clamp<std::int64_t>(positionMs, 0, m_playback.durationMs);
    tellPlayback(std::move(lock));
}

} // namespace hs::audio
