#include "device/MicrophoneStream.h"

#include "base/LogCategories.h"
#include "device/SpeechFormat.h"
#include "device/StreamLabel.h"

#include <algorithm>

namespace hs::device {

namespace {
constexpr int callRate = audio::HeadsetRings::sampleRate;
constexpr qint64 fragmentUs = 5'000; // what the server collects before it hands it over
constexpr qint64 stuckAfterMs = 3000; // a null sink in PulseAudio takes up to two to begin
} // namespace

base::Result<void, OpenFailure> MicrophoneStream::open(const QAudioDevice& device)
{
    close();
    const std::optional<QAudioFormat> format = speechFormat(device);
    if (!format) {
        return OpenFailure{
            QStringLiteral("The microphone \"%1\" gives neither 16-bit nor float samples.")
                .arg(device.description())};
    }
    base::Result<audio::Resampler> resampler =
        audio::Resampler::create(format->sampleRate(), callRate, speechQuality);
    if (!resampler) {
        return OpenFailure{resampler.error().text};
    }
    auto source = std::make_unique<QAudioSource>(device, *format);
    source->setBufferSize(format->bytesForDuration(fragmentUs));
    const StreamLabel label("Telephone call", "phone");
    QIODevice* io = source->start();
    if (!io || source->error() != QAudio::NoError) {
        return OpenFailure{
            QStringLiteral("The microphone \"%1\" can't be opened.").arg(device.description()),
            source->error() == QAudio::FatalError};
    }
    m_source = std::move(source);
    m_io = io;
    m_deviceId = device.id();
    m_format = *format;
    m_resampler.emplace(*std::move(resampler));
    m_leftover = 0;
    m_hasMoved = false;
    m_isStuck = false;
    m_sinceProgress.start();
    qCInfo(base::lcDevice).noquote() << QStringLiteral("Listening to \"%1\" at %2 Hz")
                                            .arg(device.description())
                                            .arg(m_format.sampleRate());
    return {};
}

void MicrophoneStream::close()
{
    // ~QAudioSource runs the event loop: whoever comes by meanwhile must find this closed.
    const std::unique_ptr<QAudioSource> source = std::move(m_source);
    m_io.clear();
    m_deviceId.clear();
    m_resampler.reset();
}

bool MicrophoneStream::drain(std::vector<std::int16_t>& speech)
{
    if (!m_source) {
        return true;
    }
    const auto frameSize = static_cast<std::size_t>(m_format.bytesPerFrame());
    for (;;) {
        if (!m_io || m_source->state() == QAudio::StoppedState) {
            return false;
        }
        const qint64 got = m_io->read(reinterpret_cast<char*>(m_bytes.data() + m_leftover),
                                      qint64(m_bytes.size() - m_leftover));
        if (got <= 0) {
            m_isStuck = m_sinceProgress.elapsed() >= stuckAfterMs;
            return !m_isStuck;
        }
        m_hasMoved = true;
        m_sinceProgress.start();
        const std::size_t there = m_leftover + static_cast<std::size_t>(got);
        const std::size_t whole = there - there % frameSize;
        m_heard.clear();
        toMono(std::span<const std::byte>(m_bytes).first(whole), m_format, m_heard);
        m_leftover = there - whole;
        std::copy_n(m_bytes.begin() + std::ptrdiff_t(whole), m_leftover, m_bytes.begin());

        m_resampler->process(m_heard, speech);
    }
}

} // namespace hs::device
