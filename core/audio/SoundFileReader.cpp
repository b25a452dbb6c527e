#include "audio/SoundFileReader.h"

#include "audio/Resampler.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace hs::audio {

namespace {

constexpr std::size_t blockFrames = 1024;

QFile& fileOf(void* user)
{
    return *static_cast<QFile*>(user);
}

sf_count_t fileLength(void* user)
{
    return fileOf(user).size();
}

sf_count_t seekFile(sf_count_t offset, int whence, void* user)
{
    QFile& file = fileOf(user);
    const qint64 from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? file.pos() : file.size();
    return file.seek(from + offset) ? file.pos() : -1;
}

sf_count_t readFile(void* target, sf_count_t count, void* user)
{
    return std::max<qint64>(fileOf(user).read(static_cast<char*>(target), count), 0);
}

sf_count_t writeFile(const void*, sf_count_t, void*)
{
    return 0;
}

sf_count_t positionInFile(void* user)
{
    return fileOf(user).pos();
}

float finite(float sample)
{
    return std::isfinite(sample) ? sample : 0.0F;
}

} // namespace

void SoundFileReader::Close::operator()(SNDFILE* file) const
{
    sf_close(file);
}

base::Result<SoundFileReader> SoundFileReader::open(const QString& path)
{
    const QString name = QDir::toNativeSeparators(path);
    const QFileInfo found(path);
    if (!found.exists()) {
        return base::Error{QStringLiteral("There is no sound file \"%1\".").arg(name)};
    }
    if (!found.isFile()) {
        // A pipe or a device would block or never end.
        return base::Error{QStringLiteral("\"%1\" is not a file, so no sound file.").arg(name)};
    }
    SoundFileReader reader;
    reader.m_file = std::make_unique<QFile>(path);
    if (!reader.m_file->open(QIODevice::ReadOnly)) {
        return base::Error{QStringLiteral("The sound file \"%1\" can't be opened: %2.")
                               .arg(name, reader.m_file->errorString())};
    }
    SF_VIRTUAL_IO io{fileLength, seekFile, readFile, writeFile, positionInFile};
    reader.m_sound.reset(sf_open_virtual(&io, SFM_READ, &reader.m_info, reader.m_file.get()));
    if (!reader.m_sound) {
        QString why = QString::fromUtf8(sf_strerror(nullptr)).trimmed();
        while (why.endsWith(QLatin1Char('.'))) {
            why.chop(1);
        }
        return base::Error{
            QStringLiteral("\"%1\" is no sound file that can be read: %2. WAV, FLAC and Ogg can.")
                .arg(name, why)};
    }
    if (reader.rate() < Resampler::lowestRate || reader.rate() > Resampler::highestRate) {
        return base::Error{QStringLiteral("The sound file \"%1\" claims a rate of %2 Hz, which "
                                          "can't be right.")
                               .arg(name)
                               .arg(reader.rate())};
    }
    reader.m_interleaved.resize(blockFrames * static_cast<std::size_t>(reader.channels()));
    return reader;
}

std::size_t SoundFileReader::read(std::span<float> mono, Mix mix)
{
    const auto width = static_cast<std::size_t>(channels());
    const float gain = mix == Mix::Average ? 1.0F / static_cast<float>(width) : 1.0F;
    std::size_t done = 0;
    while (done < mono.size()) {
        const auto wanted = static_cast<sf_count_t>(std::min(blockFrames, mono.size() - done));
        const sf_count_t got = sf_readf_float(m_sound.get(), m_interleaved.data(), wanted);
        for (std::size_t frame = 0; frame < static_cast<std::size_t>(std::max<sf_count_t>(got, 0));
             ++frame) {
            float sum = 0;
            for (std::size_t channel = 0; channel < width; ++channel) {
                sum += finite(m_interleaved[frame * width + channel]);
            }
            mono[done + frame] = finite(sum) * gain;
        }
        done += static_cast<std::size_t>(std::max<sf_count_t>(got, 0));
        if (got < wanted) {
            break;
        }
    }
    return done;
}

bool SoundFileReader::seek(std::int64_t frame)
{
    return sf_seek(m_sound.get(), frame, SEEK_SET) >= 0;
}

std::int16_t toInt16(float sample)
{
    return static_cast<std::int16_t>(
        std::lrint(std::clamp(sample * 32768.0F, -32768.0F, 32767.0F)));
}

} // namespace hs::audio
