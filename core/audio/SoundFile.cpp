#include "audio/SoundFile.h"

#include "audio/Resampler.h"
#include "audio/SoundFileReader.h"
#include "base/LogCategories.h"

#include <algorithm>
#include <array>

namespace hs::audio {

base::Result<std::vector<std::int16_t>> readMono(const QString& path, int rate,
                                                 std::chrono::seconds most)
{
    base::Result<SoundFileReader> reader = SoundFileReader::open(path);
    if (!reader) {
        return reader.error();
    }
    base::Result<Resampler> resampler = Resampler::create(reader->rate(), rate);
    if (!resampler) {
        return resampler.error();
    }
    const std::int64_t mostFrames = std::max<std::int64_t>(most.count(), 0) * reader->rate();
    std::int64_t frames = 0;
    std::array<float, 4096> block;
    std::vector<float> converted;
    std::vector<std::int16_t> samples;
    const auto take = [&] {
        std::transform(converted.begin(), converted.end(), std::back_inserter(samples), toInt16);
        converted.clear();
    };
    while (frames < mostFrames) {
        const auto wanted = std::min<std::int64_t>(block.size(), mostFrames - frames);
        const std::size_t got = reader->read(std::span(block).first(std::size_t(wanted)),
                                             SoundFileReader::Mix::Average);
        if (got == 0) {
            break;
        }
        frames += static_cast<std::int64_t>(got);
        resampler->process(std::span<const float>(block).first(got), converted);
        take();
    }
    resampler->flush(converted);
    take();
    if (samples.empty()) {
        return base::Error{QStringLiteral("The sound file \"%1\" has no audio in it.").arg(path)};
    }
    if (frames == mostFrames
        && reader->read(std::span(block).first(1), SoundFileReader::Mix::Average) > 0) {
        qCWarning(base::lcMedia).noquote()
            << QStringLiteral("The sound file \"%1\" is longer than %2 s and is cut there.")
                   .arg(path)
                   .arg(most.count());
    }
    return samples;
}

base::Result<Clip> readClip(const QString& path, std::chrono::seconds most)
{
    const base::Result<SoundFileReader> reader = SoundFileReader::open(path);
    if (!reader) {
        return reader.error();
    }
    const int rate = reader->rate() <= 8000 ? 8000 : reader->rate() <= 16000 ? 16000 : 48000;
    base::Result<std::vector<std::int16_t>> samples = readMono(path, rate, most);
    if (!samples) {
        return samples.error();
    }
    return Clip{rate, std::move(samples).value()};
}

} // namespace hs::audio
