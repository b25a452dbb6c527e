// SoundFiles: sound files written for a test through libsndfile.
#pragma once

#include <QFile>
#include <QString>

#include <cstdint>
#include <sndfile.h>
#include <span>

namespace hs::test {

// False if libsndfile would not.
inline bool writeSound(const QString& path, int rate, int channels, int format,
                       std::span<const std::int16_t> interleaved)
{
    SF_INFO info{};
    info.samplerate = rate;
    info.channels = channels;
    info.format = format;
    SNDFILE* file = sf_open(QFile::encodeName(path).constData(), SFM_WRITE, &info);
    if (!file) {
        return false;
    }
    // Full scale is 1 in files of floats.
    sf_command(file, SFC_SET_SCALE_INT_FLOAT_WRITE, nullptr, SF_TRUE);
    const auto frames = static_cast<sf_count_t>(interleaved.size()) / channels;
    const bool written = sf_writef_short(file, interleaved.data(), frames) == frames;
    return sf_close(file) == 0 && written;
}

inline bool writeBytes(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

} // namespace hs::test
