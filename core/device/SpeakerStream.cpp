#include "device/SpeakerStream.h"

#include "base/LogCategories.h"
#include "device/SpeechFormat.h"
#include "device/StreamLabel.h"

#include <algorithm>

namespace hs::device {

namespace {
constexpr qint64 stuckAfterMs = 2000;

StreamLabel labelOf(SpeakerStream::Purpose purpose)
{
    switch (purpose) {
    case SpeakerStream::Purpose::Ring:
        return {"Telephone ring", "event"}; // "phone" would pause music before it is answered
    case SpeakerStream::Purpose::Recording:
        return {"Recording of a call", "phone"};
    case SpeakerStream::Purpose::Call:
        break;
    }
    return {"Telephone call", "phone"};
}
} // namespace

SpeakerStream::SpeakerStream(SampleSource& source, RetiredSinks& retired)
    : m_source(source)
    , m_retired(retired)
{
}

base::Result<void, OpenFailure>
SpeakerStream::open(const QAudioDevice& device, std::chrono::milliseconds buffer, Purpose purpose)
{
    close();
    const std::optional<QAudioFormat> format = speechFormat(device);
    if (!format) {
        return OpenFailure{
            QStringLiteral("The speaker \"%1\" takes neither 16-bit nor float samples.")
                .arg(device.description())};
    }
    base::Result<audio::Resampler> resampler =
        audio::Resampler::create(m_source.rate(), format->sampleRate(), speechQuality);
    if (!resampler) {
        return OpenFailure{resampler.error().text};
    }
    auto sink = std::make_unique<QAudioSink>(device, *format);
    sink->setBufferSize(format->bytesForDuration(std::chrono::microseconds(buffer).count()));
    const StreamLabel label = labelOf(purpose);
    QIODevice* io = sink->start();
    if (!io || sink->error() != QAudio::NoError) {
        const bool isUnconnected = sink->error() == QAudio::FatalError;
        m_retired.add(std::move(sink));
        return OpenFailure{
            QStringLiteral("The speaker \"%1\" can't be opened.").arg(device.description()),
            isUnconnected};
    }
    m_sink = std::move(sink);
    m_io = io;
    m_deviceId = device.id();
    m_format = *format;
    m_resampler.emplace(*std::move(resampler));
    m_input.clear();
    m_inputUsed = 0;
    m_bufferFrames = std::max<std::int64_t>(m_sink->bufferSize() / m_format.bytesPerFrame(), 1);
    m_silentFrames = 0;
    m_takenFrames = 0;
    m_isStuck = false;
    m_sinceProgress.start();
    qCInfo(base::lcDevice).noquote()
        << QStringLiteral("Playing on \"%1\" at %2 Hz with a buffer of %3 ms")
               .arg(device.description())
               .arg(m_format.sampleRate())
               .arg(m_format.durationForBytes(qint32(m_sink->bufferSize())) / 1000);
    return {};
}

void SpeakerStream::close()
{
    m_retired.add(std::move(m_sink));
    m_io.clear();
    m_deviceId.clear();
    m_resampler.reset();
}

bool SpeakerStream::feed()
{
    if (!m_sink) {
        return true;
    }
    // A stream that the server killed says so only here, by a size below zero.
    const qsizetype room = m_sink->bytesFree();
    if (room < 0 || !m_io || m_sink->state() == QAudio::StoppedState) {
        return false;
    }
    const std::size_t frames =
        static_cast<std::size_t>(room) / static_cast<std::size_t>(m_format.bytesPerFrame());
    if (frames == 0) {
        m_isStuck = m_sinceProgress.elapsed() >= stuckAfterMs;
        return !m_isStuck;
    }
    m_sinceProgress.start();
    m_takenFrames += std::int64_t(frames);
    produce(frames);
    fromMono(m_output, m_format, m_bytes);
    m_io->write(reinterpret_cast<const char*>(m_bytes.data()), qint64(m_bytes.size()));
    return true;
}

std::int64_t SpeakerStream::unheardMs() const
{
    if (!m_sink) {
        return 0;
    }
    const std::int64_t room = m_sink->bytesFree() / m_format.bytesPerFrame();
    return std::clamp<std::int64_t>(m_bufferFrames - room, 0, m_bufferFrames) * 1000
        / m_format.sampleRate();
}

void SpeakerStream::produce(std::size_t frames)
{
    m_output.resize(frames);
    for (std::size_t done = 0; done < frames;) {
        if (m_inputUsed == m_input.size()) {
            const auto wanted = static_cast<std::uint64_t>(frames - done)
                * static_cast<std::uint64_t>(m_source.rate())
                / static_cast<std::uint64_t>(m_format.sampleRate());
            m_input.assign(static_cast<std::size_t>(wanted) + 1, 0);
            m_inputUsed = 0;
            const std::size_t got = m_source.read(m_input);
            m_silentFrames = got > 0 ? 0 : m_silentFrames + std::int64_t(frames - done);
        }
        const audio::Resampler::Progress progress =
            m_resampler->process(std::span<const std::int16_t>(m_input).subspan(m_inputUsed),
                                 std::span(m_output).subspan(done));
        m_inputUsed += progress.consumed;
        done += progress.produced;
    }
}

} // namespace hs::device
