#include "bench/headset/SinkRecorder.h"

#include <algorithm>
#include <array>
#include <pulse/simple.h>

namespace hs::bench {

namespace {
constexpr std::size_t pieceSamples = SinkRecorder::rate / 200; // 5 ms
}

SinkRecorder::SinkRecorder(const QString& sink)
    : m_thread([this, source = (sink + QStringLiteral(".monitor")).toUtf8()] { run(source); })
{
}

SinkRecorder::~SinkRecorder()
{
    stop();
}

void SinkRecorder::stop()
{
    m_stop = true;
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void SinkRecorder::run(const QByteArray& source)
{
    const pa_sample_spec spec{PA_SAMPLE_S16NE, std::uint32_t(rate), 1};
    std::array<std::int16_t, pieceSamples> piece{};
    pa_buffer_attr buffer{};
    buffer.maxlength = buffer.tlength = buffer.prebuf = buffer.minreq = std::uint32_t(-1);
    buffer.fragsize = sizeof piece;
    pa_simple* stream = pa_simple_new(nullptr, "bench", PA_STREAM_RECORD, source.constData(),
                                      "bench", &spec, nullptr, &buffer, nullptr);
    while (stream && !m_stop && pa_simple_read(stream, piece.data(), sizeof piece, nullptr) == 0) {
        m_samples.insert(m_samples.end(), piece.begin(), piece.end());
        const std::chrono::microseconds soFar(std::int64_t(m_samples.size()) * 1000000 / rate);
        m_began = std::min(m_began, std::chrono::steady_clock::now() - soFar);
    }
    if (stream) {
        pa_simple_free(stream);
    }
}

} // namespace hs::bench
