// StreamReceiver: what one call hears. Packets from the right source go, as they came, to the
// recording and to those who listen to packets, and through a playout to those who listen to
// samples; that is fed only while there are any, and begins anew for the first of them.
// Thread: media, without allocation.
#pragma once

#include "audio/G711Codec.h"
#include "base/DatagramSocket.h"
#include "media/DigitReceiver.h"
#include "media/PacketOrder.h"
#include "media/PeakMeter.h"
#include "media/Playout.h"
#include "media/QuietMeter.h"
#include "media/RecordingTap.h"
#include "media/RtpSourceLock.h"
#include "media/TickContext.h"
#include "rtp/RtpSession.h"

namespace hs::media {

class StreamReceiver {
public:
    static constexpr std::size_t frameSamples = 160; // 20 ms

    StreamReceiver(std::uint32_t session, rtp::RtpSession& rtp, RecordingTap& recording)
        : m_session(session)
        , m_rtp(rtp)
        , m_recording(recording)
    {
    }

    void setParameters(const MediaParameters& parameters, base::TimePoint now);
    // Packets count from now on; until then they only decide about the source.
    void start(base::TimePoint now);
    void setListeners(bool toPackets, bool toSamples);

    void receive(const base::IncomingDatagram& datagram, TickContext& context);
    void receiveRtcp(const base::IncomingDatagram& datagram, TickContext& context);
    // The next 20 ms for those who listen to samples.
    std::span<const std::int16_t> play(base::TimePoint now);
    // What the core thread must hear of, but had no room for; to be called in every tick.
    void report(TickContext& context);

    bool hasSampleListeners() const { return m_toSamples; }
    // Null until it is locked.
    const base::Endpoint& source() const { return m_lock.source(); }
    const base::Endpoint& rtcpSource() const { return m_rtcpSource; }
    std::uint64_t packetsForeign() const { return m_foreign; }
    // Where audio comes from that is not taken; null: none came in the last 2 s.
    base::Endpoint foreignSource(base::TimePoint now) const;
    std::uint64_t packetsLate() const { return m_lateBefore + m_playout.stats().packetsLate; }
    std::uint16_t rollPeak() { return m_peak.roll(); }
    int bufferMs() const; // how long what is heard waits; of a usual buffer while there is none
    int packetMs() const { return m_packetMs; } // of the far end's last packet
    DigitReceiver& digits() { return m_digits; }
    // When the far end was heard, and for how long it has said nothing.
    void writeTo(model::MediaStats& stats, base::TimePoint now) const;

private:
    struct Moment {
        base::TimePoint at{};
        std::int64_t wallMs = 0; // 0: it never was
    };

    void expectPackets(base::TimePoint now);
    std::optional<Codec> codecOf(const rtp::RtpHeader& header) const;
    void accept(const rtp::RtpPacketView& packet, const base::Endpoint& source, base::TimePoint at,
                TickContext& context);
    void tap(const rtp::RtpPacketView& packet, std::optional<Codec> codec, TickContext& context);
    void give(const PacketOrder::Packet& packet, TickContext& context);
    void buffer(const rtp::RtpPacketView& packet, bool isNewStream, bool hasTime,
                base::TimePoint at);
    std::uint32_t m_session;
    rtp::RtpSession& m_rtp;
    RecordingTap& m_recording;
    MediaParameters m_parameters;
    RtpSourceLock m_lock;
    base::Endpoint m_rtcpSource;
    bool m_started = false;
    bool m_toPackets = false;
    bool m_toSamples = false;
    bool m_heard = false; // the first packet has come
    bool m_firstPacketDue = false; // and is to be told of
    bool m_remoteLeft = false;
    bool m_remoteByeDue = false;
    std::uint32_t m_ssrc = 0;
    PacketOrder m_order; // for those who listen to packets
    audio::G711Decoder m_pcmu{audio::G711Law::Mu};
    audio::G711Decoder m_pcma{audio::G711Law::A};
    Playout m_playout;
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
    std::array<std::int16_t, frameSamples> m_samples;
};

} // namespace hs::media
