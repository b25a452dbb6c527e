#include "ui/MediaWords.h"

#include "ui/Formatting.h"

#include <QLocale>

namespace hs::ui {

using model::Call;
using model::MediaTrouble;
using model::SilenceCause;

namespace {
constexpr qint32 excellentAbove = 420;
constexpr qint32 goodFrom = 400; // the steps of ITU-T G.107, Annex B, rounded
constexpr qint32 fairFrom = 360;
constexpr qint32 poorFrom = 310;
// A sound card may take a moment until it gives its first samples.
constexpr qint64 noMicrophoneAfterMs = 4000;

bool isMuted(const Call& call)
{
    return (call.muted && call.hasHeadset) || call.media.sentSilence == SilenceCause::Muted;
}

// "203.0.113.5" of "203.0.113.5:4000" or "[2001:db8::5]:4000".
QString hostOf(const QString& endpoint)
{
    const qsizetype colon = endpoint.lastIndexOf(QLatin1Char(':'));
    return Formatting::plain(colon > 0 ? endpoint.left(colon) : endpoint, 60);
}

QString nothingReceived(const Call& call, const QString& since)
{
    if (!call.foreignMedia.isEmpty()) {
        //: %1 is a time of day, %2 an IP address
        return MediaWords::tr("You hear nothing since %1: audio comes from %2, which the far end "
                              "has not named (NAT?)")
            .arg(since, hostOf(call.foreignMedia));
    }
    if (call.remoteMedia.isEmpty()) {
        return MediaWords::tr("You hear nothing: no audio since %1 (NAT or firewall?)").arg(since);
    }
    //: %1 is an IP address, %2 a time of day
    return MediaWords::tr("You hear nothing: no audio from %1 since %2 (NAT or firewall?)")
        .arg(hostOf(call.remoteMedia), since);
}
} // namespace

MediaWords::Trouble MediaWords::trouble(const Call& call, qint64 now)
{
    if (!call.isAlive()) {
        return {};
    }
    const QString warning = QStringLiteral("warning");
    if (!call.resumeProblem.isEmpty()) {
        //: %1 is a SIP status, like "488 Not Acceptable Here"
        return {tr("Stays on hold: the far end does not come back (%1)")
                    .arg(Formatting::plain(call.resumeProblem, 60)),
                tr("Stays on hold"), warning, Tone::Bad};
    }
    const QString since = Formatting::time(call.troubleSince, now);
    switch (call.trouble) {
    case MediaTrouble::NothingReceived:
        return {nothingReceived(call, since), tr("You hear nothing since %1").arg(since), warning,
                Tone::Bad};
    case MediaTrouble::FarEndHearsNothing:
        if (isMuted(call)) {
            return {tr("They hear nothing of you: your microphone is muted"),
                    tr("They hear nothing: muted"), QStringLiteral("microphone-muted"),
                    Tone::Ringing};
        }
        if (call.media.remoteReports == 0) { // some never report on what they receive
            return {tr("They may hear nothing of you: their reports have not named your audio "
                       "since %1")
                        .arg(since),
                    tr("They may hear nothing since %1").arg(since), warning, Tone::Ringing};
        }
        return {tr("They hear nothing of you since %1").arg(since),
                tr("They hear nothing since %1").arg(since), warning, Tone::Bad};
    case MediaTrouble::OnlySilenceReceived:
        return {tr("Only silence arrives since %1 (is the far end muted?)").arg(since),
                tr("Only silence since %1").arg(since), warning, Tone::Ringing};
    case MediaTrouble::None:
        break;
    }
    if (call.hasHeadset && !isMuted(call) && call.media.sentSilence == SilenceCause::NoMicrophone
        && call.media.sentQuietMs >= noMicrophoneAfterMs) {
        return {tr("They hear nothing of you: your microphone gives no sound"),
                tr("Your microphone gives no sound"), warning, Tone::Bad};
    }
    return {};
}

QString MediaWords::codecProblem(const Call& call)
{
    if (!call.isAlive() || call.codecProblem.isEmpty()) {
        return {};
    }
    //: %1 is a SIP status, like "488 Not Acceptable Here"
    return tr("the far end did not take the codec that you chose (%1)")
        .arg(Formatting::plain(call.codecProblem, 60));
}

bool MediaWords::hearsNothing(const Call& call, qint64 now)
{
    if (!call.isAlive()) {
        return false;
    }
    const bool flowing =
        call.state == model::CallState::Active && !call.heldByFarEnd && !call.heldByUs;
    return call.trouble == MediaTrouble::NothingReceived
        || (flowing && call.media.packetsReceived == 0 && now - call.answeredAt >= noAudioAfterMs);
}

QString MediaWords::quality(qint32 mosCentis)
{
    if (mosCentis < 0) {
        return {};
    }
    return mosCentis > excellentAbove ? tr("excellent", "quality of sound")
        : mosCentis >= goodFrom       ? tr("good", "quality of sound")
        : mosCentis >= fairFrom       ? tr("fair", "quality of sound")
        : mosCentis >= poorFrom       ? tr("poor", "quality of sound")
                                      : tr("bad", "quality of sound");
}

QString MediaWords::score(qint32 mosCentis)
{
    return mosCentis < 0 ? QString() : QLocale().toString(mosCentis / 100.0, 'f', 1);
}

Tone MediaWords::tone(qint32 mosCentis)
{
    return mosCentis < 0 || mosCentis >= fairFrom ? Tone::Normal
        : mosCentis >= poorFrom                   ? Tone::Ringing
                                                  : Tone::Bad;
}

qint32 MediaWords::mosReceived(const Call& call)
{
    const bool last = call.isAlive() && call.media.mosReceivedCentis >= 0;
    return last ? call.media.mosReceivedCentis : call.media.mosReceivedAverageCentis;
}

qint32 MediaWords::mosSent(const Call& call)
{
    const bool last = call.isAlive() && call.media.mosSentCentis >= 0;
    return last ? call.media.mosSentCentis : call.media.mosSentAverageCentis;
}

QStringList MediaWords::figures(const Call& call)
{
    const bool hears = !call.isAlive() || call.trouble != MediaTrouble::NothingReceived;
    QStringList words;
    const qint32 received = mosReceived(call);
    const qint32 sent = mosSent(call);
    const auto ms = [](qint64 us) { return QLocale().toString((us + 500) / 1000); };
    if (received >= 0 && hears) {
        //: %1 is a word such as "good", %2 the mean opinion score, such as 4.1
        words << tr("quality: %1 %2").arg(quality(received), score(received));
    }
    if (sent >= 0) {
        words << tr("they hear: %1 %2", "quality").arg(quality(sent), score(sent));
    }
    if (call.media.packetsReceived > 0 && hears) {
        words << tr("loss %1").arg(Formatting::loss(call.media.lossPermille))
              << tr("jitter %1 ms").arg(ms(call.media.jitterUs));
    }
    if (call.media.remoteLossPermille >= 0) {
        words << tr("their loss %1").arg(Formatting::loss(quint32(call.media.remoteLossPermille)));
    }
    if (call.media.roundTripUs >= 0) {
        words << tr("round trip %1 ms").arg(ms(call.media.roundTripUs));
    }
    return words;
}

} // namespace hs::ui
