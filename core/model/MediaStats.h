// MediaStats: what a call's media did so far, as numbers with their units in the name; turned into
// words where they are shown. Thread: a value.
#pragma once

#include <QtGlobal>

namespace hs::model {

// Why what we send says nothing.
enum class SilenceCause : quint8 {
    None, // it does say something
    NotSending, // on hold, or there is nowhere to send to
    NothingToSay, // no microphone is on this call and nothing is played, or what is played is
                  // silent
    Muted,
    NoMicrophone, // the microphone gives no samples
    QuietMicrophone, // it gives silence
};

struct MediaStats {
    quint64 packetsSent = 0;
    quint64 packetsReceived = 0; // accepted from the far end
    quint64 packetsLost = 0; // RFC 3550 A.3, never below 0
    quint64 packetsDiscarded = 0; // came too late to be played, or twice
    quint64 packetsForeign = 0; // from a source that is not the far end's
    quint32 jitterUs = 0; // RFC 3550 6.4.1, interarrival
    // Of the far end's packets: since the last RTCP report of ours; once the call has ended, of
    // all.
    quint32 lossPermille = 0;
    // What the far end reports of ours (RTCP RR); -1 where it never did.
    qint64 remoteLost = -1;
    qint32 remoteLossPermille = -1;
    qint32 remoteJitterUs = -1;
    qint32 roundTripUs = -1;
    quint64 remoteReports = 0; // how often it has reported on our stream
    // For how long its reports have said that nothing of ours arrives; 0: they say it does; -1:
    // there are none, or we send nothing.
    qint64 remoteDeafMs = -1;

    // When the far end was heard, in UTC milliseconds since 1970; 0 where it never was.
    qint64 firstRtpAt = 0;
    qint64 lastRtpAt = 0;
    qint64 lastRtcpAt = 0;
    // How long ago that was at the moment of this picture; -1 for never.
    qint64 lastRtpAgoMs = -1;
    qint64 lastRtcpAgoMs = -1;
    // For how long nothing has come although it should; -1 while nothing is to come (hold).
    qint64 rtpMissingMs = -1;
    // For how long what came was below -60 dBov, and for how long it was nothing at all; 0 while it
    // is not so, -1 where nothing came.
    qint64 receivedQuietMs = -1;
    qint64 receivedDigitalSilenceMs = -1;
    // For how long what we say has been below -60 dBov; -1 while nothing is sent.
    qint64 sentQuietMs = -1;
    SilenceCause sentSilence = SilenceCause::NotSending;

    // Mean opinion score (E-model, ITU-T G.107) times 100, 100..450; -1 unknown. Received: what we
    // hear, of the last 8 s; sent: what the far end hears, of its last report. And of the whole
    // call.
    qint32 mosReceivedCentis = -1;
    qint32 mosSentCentis = -1;
    qint32 mosReceivedAverageCentis = -1;
    qint32 mosSentAverageCentis = -1;

    // Peak of the last second or so, 0..32767; of us in a conference that of the microphone.
    quint16 peakReceived = 0;
    quint16 peakSent = 0;

    friend bool operator==(const MediaStats&, const MediaStats&) = default;
};

} // namespace hs::model
