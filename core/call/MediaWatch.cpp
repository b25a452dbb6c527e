#include "call/MediaWatch.h"

#include <algorithm>

namespace hs::call {

namespace {
// Shorter gaps are loss, or a far end that is still putting its audio together.
constexpr qint64 missingMs = 4000;
constexpr qint64 deafMs = 4000;
// Nobody is so silent that not one bit of noise comes through; but telephones send comfort noise of
// nothing in pauses.
constexpr qint64 digitalSilenceMs = 15000;
} // namespace

model::MediaStats since(const model::MediaStats& stats, base::Duration talking)
{
    const qint64 most = std::max<qint64>(0, talking / std::chrono::milliseconds(1));
    model::MediaStats result = stats;
    result.rtpMissingMs = std::min(stats.rtpMissingMs, most);
    result.remoteDeafMs = std::min(stats.remoteDeafMs, most);
    result.receivedDigitalSilenceMs = std::min(stats.receivedDigitalSilenceMs, most);
    return result;
}

TroubleFound findTrouble(const model::MediaStats& stats)
{
    if (stats.rtpMissingMs >= missingMs) {
        return {model::MediaTrouble::NothingReceived, stats.rtpMissingMs};
    }
    if (stats.remoteDeafMs >= deafMs) {
        return {model::MediaTrouble::FarEndHearsNothing, stats.remoteDeafMs};
    }
    if (stats.receivedDigitalSilenceMs >= digitalSilenceMs) {
        return {model::MediaTrouble::OnlySilenceReceived, stats.receivedDigitalSilenceMs};
    }
    return {};
}

QString words(const TroubleFound& found, const model::Call& call)
{
    const QString seconds = QString::number(double(found.forMs) / 1000, 'f', 1);
    switch (found.trouble) {
    case model::MediaTrouble::NothingReceived:
        if (!call.foreignMedia.isEmpty()) {
            return QStringLiteral("no audio has come from the far end for %1 s, but some comes "
                                  "from %2, which it has not named, and is not taken")
                .arg(seconds, call.foreignMedia);
        }
        return QStringLiteral("no audio has come from the far end for %1 s").arg(seconds);
    case model::MediaTrouble::FarEndHearsNothing:
        // Some never report on what they receive: that alone does not prove them deaf.
        return call.media.remoteReports == 0
            ? QStringLiteral("the far end may hear nothing of us: its reports have not named our "
                             "audio for %1 s")
                  .arg(seconds)
            : QStringLiteral("the far end has reported for %1 s that nothing of our audio arrives")
                  .arg(seconds);
    case model::MediaTrouble::OnlySilenceReceived:
        return QStringLiteral("only silence has come from the far end for %1 s").arg(seconds);
    case model::MediaTrouble::None:
        break;
    }
    return QStringLiteral("its audio is well again");
}

bool isGone(const model::MediaStats& stats, std::chrono::seconds timeout)
{
    const qint64 ms = std::chrono::milliseconds(timeout).count();
    return ms > 0 && stats.rtpMissingMs >= ms
        && (stats.lastRtcpAgoMs < 0 || stats.lastRtcpAgoMs >= ms);
}

} // namespace hs::call
