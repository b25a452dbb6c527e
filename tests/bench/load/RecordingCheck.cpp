#include "RecordingCheck.h"

#include "NumberedFrame.h"
#include "audio/G711.h"

#include <QFile>

#include <algorithm>
#include <sndfile.h>
#include <vector>

namespace hs::bench {

namespace {

using Samples = std::vector<std::int16_t>;

// Empty if it is no stereo recording at 8000 Hz.
Samples leftChannel(const QString& path)
{
    SF_INFO info{};
    SNDFILE* file = sf_open(QFile::encodeName(path).constData(), SFM_READ, &info);
    if (!file) {
        return {};
    }
    Samples both(static_cast<std::size_t>(info.frames * info.channels));
    const sf_count_t read = sf_readf_short(file, both.data(), info.frames);
    sf_close(file);
    if (info.channels != 2 || info.samplerate != 8000 || read != info.frames) {
        return {};
    }
    Samples left(both.size() / 2);
    for (std::size_t i = 0; i < left.size(); ++i) {
        left[i] = both[2 * i];
    }
    return left;
}

void check(const Samples& left, std::uint32_t call, std::uint32_t sent, RecordingReport& report)
{
    auto behind = left.begin();
    for (std::uint32_t packet = 0; packet < sent; ++packet) {
        std::array<std::int16_t, frameBytes> expected;
        std::ranges::transform(numberedFrame({call, packet}), expected.begin(),
                               [](std::uint8_t code) { return audio::decodeAlaw(code); });
        const auto found = std::search(behind, left.end(), expected.begin(), expected.end());
        if (found == left.end()) {
            ++report.missing;
            continue;
        }
        ++report.frames;
        report.apart += packet > 0 && found != behind;
        behind = found + frameBytes;
    }
}

} // namespace

RecordingReport checkRecordings(const QDir& folder,
                                std::map<std::uint32_t, std::uint32_t> sentByNumber)
{
    RecordingReport report;
    for (const QString& name : folder.entryList({QStringLiteral("*.wav")}, QDir::Files)) {
        ++report.files;
        const std::uint32_t call = name.section(u'_', 3, 3).toUInt();
        const auto sent = sentByNumber.find(call);
        const Samples left = leftChannel(folder.filePath(name));
        if (sent == sentByNumber.end() || left.empty()) {
            ++report.withoutCall;
            continue;
        }
        check(left, call, sent->second, report);
        sentByNumber.erase(sent);
    }
    for (const auto& [call, sent] : sentByNumber) {
        report.missing += sent;
    }
    return report;
}

} // namespace hs::bench
