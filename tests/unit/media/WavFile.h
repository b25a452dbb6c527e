// WavFile: a recording as it lies on the disk, taken apart into its channels.
#pragma once

#include <QString>

#include <cstdint>
#include <sndfile.h>
#include <vector>

namespace hs::test {

struct WavFile {
    int channels = 0; // 0: it can't be read
    int rate = 0;
    std::vector<std::int16_t> left;
    std::vector<std::int16_t> right;

    explicit WavFile(const QString& path)
    {
        SF_INFO info{};
        SNDFILE* file = sf_open(path.toLocal8Bit().constData(), SFM_READ, &info);
        if (!file) {
            return;
        }
        channels = info.channels;
        rate = info.samplerate;
        std::vector<std::int16_t> all(static_cast<std::size_t>(info.frames * info.channels));
        sf_readf_short(file, all.data(), info.frames);
        sf_close(file);
        for (std::size_t i = 0; i < all.size(); i += static_cast<std::size_t>(channels)) {
            left.push_back(all[i]);
            if (channels == 2) {
                right.push_back(all[i + 1]);
            }
        }
    }
};

} // namespace hs::test
