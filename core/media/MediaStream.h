// MediaStream: one call's media inside the loop: its two sockets, what it sends, hears and reports.
//
//   commands -> OutgoingAudio -> RtpSender ----------> RTP socket
//                                    |      RtpSession (numbers, statistics, RTCP) <-> RTCP socket
//                              RecordingTap -> disk thread
//                                    |
//   core thread, headset <- StreamReceiver <---------- RTP socket
//
// Made and destroyed by the core thread; in between the media thread's. Thread: media, without
// allocation; consumed() and counters() any.
#pragma once

#include "media/ConferenceSeat.h"
#include "media/DigitSender.h"
#include "media/MusicPlayer.h"
#include "media/OutgoingAudio.h"
#include "media/PortAllocator.h"
#include "media/QualityMeter.h"
#include "media/RtpSender.h"
#include "media/StreamCounters.h"
#include "media/StreamReceiver.h"

namespace hs::media {

class MediaStream {
public:
    struct Config {
        std::uint32_t session = 0; // its number
        rtp::RtpSession::Config numbers;
        QByteArray cname;
        std::uint32_t random = 0; // for the intervals of RTCP
    };

    MediaStream(const Config& config, PortPair ports, RecordingFeed& feed, CommandBox& spent);

    base::DatagramSocket& rtpSocket() { return *m_ports.rtp; }
    base::DatagramSocket& rtcpSocket() { return *m_ports.rtcp; }
    int slot() const { return m_ports.slot; } // of the ports
    int phase() const { return m_phase; } // which tick of the four in 20 ms is its own
    void setPhase(int phase) { m_phase = phase; }

    // Everything but Open and Close; gives back a node that is not needed any more.
    CommandNode apply(CommandNode node, TickContext& context);
    // What is due on the grid.
    void send(TickContext& context);
    void receive(std::span<const base::IncomingDatagram> datagrams, bool rtcp,
                 TickContext& context);
    bool sitsInConference() const { return m_seat.isTaken(); }
    // For whoever listens to samples.
    void play(TickContext& context);
    // RTCP, and what the core thread must still be told.
    void report(TickContext& context);
    void snapshot(TickContext& context);
    // Takes leave: BYE, and the end of the recording.
    void end(TickContext& context);

    std::uint64_t consumed() const { return m_outgoing.consumed(); }
    const StreamCounters& counters() const { return m_counters; }

private:
    void setParameters(command::SetParameters& set, base::TimePoint now);
    void setClock();
    void start(base::TimePoint now);
    void stopRecording(TickContext& context);
    void updateListeners();
    void updateDestinations();
    void sendSlot();
    bool readVoice(base::TimePoint slot, std::span<std::int16_t> samples);
    void passSlot();
    void sendRtp(std::span<const std::byte> datagram);
    std::uint8_t unknownType() const;
    void expectLoss(int permille);
    void writeSent(model::MediaStats& stats, base::TimePoint now);
    model::SilenceCause silenceCause(base::TimePoint now) const;
    void count() { m_counters.set(m_rtp.stats(), m_receiver.packetsLate()); }
    void sendRtcp(std::span<const std::byte> compound);
    std::uint32_t random();

    Config m_config;
    PortPair m_ports;
    int m_phase = 0;
    std::uint32_t m_random;
    MediaParameters m_parameters;
    std::unique_ptr<StreamCodecs> m_codecs;
    int m_expectedLoss = 0; // percent, that the encoder knows of
    bool m_hasParameters = false;
    base::Endpoint m_rtpTo; // null: nowhere
    base::Endpoint m_rtcpTo;
    rtp::RtpSession m_rtp;
    RecordingTap m_recording;
    StreamReceiver m_receiver;
    OutgoingAudio m_outgoing;
    RtpSender m_sender;
    DigitSender m_digits;
    ConferenceSeat m_seat;
    MusicPlayer m_music;
    base::Endpoint m_aliveTo; // where our last packet went
    base::TimePoint m_aliveAt{};
    PeakMeter m_peakSent;
    QuietMeter m_quietSent;
    QualityMeter m_quality;
    StreamCounters m_counters;
    int m_packetListeners = 0;
    int m_pcmListeners = 0;
    base::TimePoint m_nextPlay{};
};

} // namespace hs::media
