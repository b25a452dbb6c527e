// StreamReceiver: what one call hears. Packets from the right source go, as they came, to the
// recording and, where they are G.711, to those who listen to packets, and through a playout to
// those who listen to samples; that is fed only while there are any, and begins anew for the first
// of them. Other codecs are played always: what is heard of them makes the packets that programs
// listen to, and is what peaks, silence and tones are found in.
// Thread: media, without allocation.
#pragma once

#include "base/DatagramSocket.h"
#include "media/DigitReceiver.h"
#include "media/PacketOrder.h"
#include "media/PeakMeter.h"
#include "media/QuietMeter.h"
#include "media/RecordingTap.h"
#include "media/RtpSourceLock.h"
#include "media/StreamCodecs.h"
#include "media/TickContext.h"
#include "rtp/RtpSession.h"

namespace hs::media {

class StreamReceiver {
public:
    static constexpr int frameMs = 20;
    static constexpr std::size_t mostFrame = 960; // samples
    static constexpr std::size_t narrowFrame = 160;

    StreamReceiver(std::uint32_t session, rtp::RtpSession& rtp, RecordingTap& recording)
        : m_session(session)
        , m_rtp(rtp)
        , m_recording(recording)
    {
    }

    // They stay in use until the next ones are given. `expected`: what will likely come.
    void setCodecs(StreamCodecs& codecs, audio::CodecKind expected);
    void setParameters(const MediaParameters& parameters, base::TimePoint now);
    // Packets count from now on; until then they only decide about the source.
    void start(base::TimePoint now);
    void setListeners(bool toPackets, bool toSamples);

    void receive(const base::IncomingDatagram& datagram, TickContext& context);
    void receiveRtcp(const base::IncomingDatagram& datagram, TickContext& context);
    struct Heard {
        std::span<const std::int16_t> samples; // 20 ms
        StreamCodecs::Line* line; // whose rate they are of
        std::span<const std::int16_t> narrow; // the same at 8000 Hz; empty if not wanted
    };
    bool plays() const { return m_toSamples || m_isWide; }
    // The next 20 ms, while it plays.
    Heard play(bool wantsNarrow, TickContext& context, base::TimePoint at);
    // What the core thread must hear of, but had no room for; to be called in every tick.
    void report(TickContext& context);

    // Null until it is locked.
    const base::Endpoint& source() const { return m_lock.source(); }
    const base::Endpoint& rtcpSource() const { return m_rtcpSource; }
    std::uint64_t packetsForeign() const { return m_foreign; }
    // Where audio comes from that is not taken; null: none came in the last 2 s.
    base::Endpoint foreignSource(base::TimePoint now) const;
    std::uint64_t packetsLate() const;
    std::uint16_t rollPeak() { return m_peak.roll(); }
    int bufferMs() const; // how long what is heard waits; of a usual buffer while there is none
    int packetMs() const { return m_packetMs; } // of the far end's last packet
    DigitReceiver& digits() { return m_digits; }
    const DigitReceiver& digits() const { return m_digits; }
    // When the far end was heard, and for how long it has said nothing.
    void writeTo(model::MediaStats& stats, base::TimePoint now) const;

private:
    struct Moment {
        base::TimePoint at{};
        std::int64_t wallMs = 0; // 0: it never was
    };

    void expectPackets(base::TimePoint now);
    void use(StreamCodecs::Line& line);
    bool isBehind(const StreamCodecs::Received& codec, const rtp::RtpHeader& header) const;
    void follow(const StreamCodecs::Received& codec);
    void hear(const StreamCodecs::Received& codec, const rtp::RtpPacketView& packet,
              base::TimePoint at, TickContext& context);
    void accept(const rtp::RtpPacketView& packet, const base::Endpoint& source, base::TimePoint at,
                TickContext& context);
    void tap(const rtp::RtpPacketView& packet, const StreamCodecs::Received* codec,
             TickContext& context);
    void tapHeard(std::span<const std::int16_t> narrow, TickContext& context);
    void give(const PacketOrder::Packet& packet, TickContext& context);
    void buffer(const rtp::RtpPacketView& packet, bool isNewStream, bool hasTime,
                base::TimePoint at);
    std::uint32_t m_session;
    rtp::RtpSession& m_rtp;
    RecordingTap& m_recording;
    MediaParameters m_parameters;
    StreamCodecs* m_codecs = nullptr;
    StreamCodecs::Line* m_line = nullptr; // of what is heard now
    RtpSourceLock m_lock;
    base::Endpoint m_rtcpSource;
    bool m_started = false;
    bool m_toPackets = false;
    bool m_toSamples = false;
    bool m_isWide = false; // what is heard now is not G.711
    bool m_heard = false; // the first packet has come
    bool m_firstPacketDue = false; // and is to be told of
    bool m_pauses = false; // the last packet was comfort noise
    bool m_remoteLeft = false;
    bool m_remoteByeDue = false;
    std::uint32_t m_ssrc = 0;
    std::optional<rtp::RtpHeader> m_newest; // of what is heard now
    PacketOrder m_order; // for those who listen to packets
    std::uint64_t m_lateBefore = 0; // before it began anew
    PeakMeter m_peak;
    QuietMeter m_quiet;
    DigitReceiver m_digits;
    Moment m_firstRtp;
    Moment m_lastRtp;
    Moment m_lastRtcp;
    std::optional<base::TimePoint> m_expectedSince; // packets are to come
    int m_packetMs = 20;
    std::uint64_t m_foreign = 0;
    base::Endpoint m_foreignSource;
    base::TimePoint m_foreignAt{};
    std::array<std::int16_t, mostFrame> m_samples;
    std::array<std::int16_t, narrowFrame> m_narrow;
};

} // namespace hs::media
