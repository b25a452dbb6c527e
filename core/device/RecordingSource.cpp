#include "device/RecordingSource.h"

#include <algorithm>

namespace hs::device {

void RecordingSource::play(const QString& path)
{
    const bool paused = m_file && m_state.path == path && !m_state.playing && m_state.positionMs > 0
        && m_state.positionMs < m_state.durationMs;
    if (paused) {
        m_state.playing = true;
        m_state.error.clear();
        return;
    }
    m_file.reset();
    m_state = audio::PlaybackState();
    m_state.path = path;
    base::Result<audio::WavPlayback> file = audio::WavPlayback::open(path);
    if (!file) {
        m_state.error = file.error().text;
        return;
    }
    m_file.emplace(*std::move(file));
    m_state.durationMs = m_file->durationMs();
    m_state.playing = true;
}

void RecordingSource::pause(std::int64_t unheardMs)
{
    if (m_state.playing) {
        updatePosition(unheardMs);
        seek(m_state.positionMs);
        m_state.playing = false;
    }
}

void RecordingSource::stop()
{
    m_state.playing = false;
    seek(0);
}

void RecordingSource::seek(std::int64_t positionMs)
{
    if (m_file) {
        m_file->seek(positionMs);
        m_state.positionMs = m_file->positionMs();
    }
}

void RecordingSource::fail(const QString& why)
{
    m_state.playing = false;
    m_state.error = why;
}

void RecordingSource::refuse(const QString& path, const QString& why)
{
    if (m_state.path != path) {
        m_file.reset();
        m_state = audio::PlaybackState();
        m_state.path = path;
    }
    fail(why);
}

void RecordingSource::updatePosition(std::int64_t unheardMs)
{
    if (m_file) {
        m_state.positionMs = std::max<std::int64_t>(m_file->positionMs() - unheardMs, 0);
    }
}

void RecordingSource::finish()
{
    m_state.playing = false;
    m_state.positionMs = m_state.durationMs;
}

std::size_t RecordingSource::read(std::span<std::int16_t> samples)
{
    return m_file && m_state.playing ? m_file->read(samples) : 0;
}

} // namespace hs::device
