// MediaRig: a media engine on a manual clock and a virtual network, in one thread, and RtpPeer, the
// far end of one of its calls.
#pragma once

#include "audio/G711.h"
#include "media/MediaEngine.h"
#include "rtp/RtpPacket.h"
#include "support/VirtualNetwork.h"

#include <QTemporaryDir>

namespace hs::test {

using namespace std::chrono_literals;

inline base::Endpoint endpoint(const char* address, int port)
{
    return {*base::IpAddress::parse(address), static_cast<std::uint16_t>(port)};
}

struct HeardPacket {
    base::TimePoint at{};
    base::Endpoint source;
    rtp::RtpHeader header;
    std::vector<std::byte> payload;
};

// Binds an RTP and an RTCP port and keeps all that comes.
class RtpPeer {
public:
    RtpPeer(ManualScheduler& scheduler, VirtualNetwork& network, const base::Endpoint& rtp);

    const base::Endpoint& rtp() const { return m_local; }
    base::Endpoint rtcp() const;

    void sendTo(const base::Endpoint& remote) { m_remote = remote; }
    // The next packet of this payload; sequence number and timestamp move on.
    void send(const std::vector<std::byte>& payload);
    void send(int samples = 160) { send(speech(samples)); }
    void sendRaw(const std::vector<std::byte>& datagram);
    void sendRtcp(const std::vector<std::byte>& datagram);
    // Time passes without a packet, or a packet that never arrives.
    void skip(int samples) { header.timestamp += static_cast<std::uint32_t>(samples); }
    void lose(int samples = 160);
    // A-law codes that differ from their neighbours.
    std::vector<std::byte> speech(int samples);

    rtp::RtpHeader header{8, false, 1000, 50000, 0xabcd};
    std::vector<HeardPacket> heard;
    std::vector<std::vector<std::byte>> heardRtcp;
    std::vector<std::byte> said; // all payloads sent

private:
    void read();
    void readRtcp();

    ManualScheduler& m_scheduler;
    base::Endpoint m_local;
    base::Endpoint m_remote;
    std::unique_ptr<base::NotifyingDatagramSocket> m_rtp;
    std::unique_ptr<base::NotifyingDatagramSocket> m_rtcp;
};

struct HeardFrame {
    model::CallId call;
    media::TapFrame::Kind kind;
    int payloadType;
    std::vector<std::byte> bytes;

    std::vector<std::int16_t> samples() const;
};

class Ear final : public media::AudioTap {
public:
    void onFrames(std::span<const media::TapFrame> frames) override;
    std::vector<HeardFrame> frames;
    int deliveries = 0;
};

class MediaRig {
public:
    static constexpr const char* ownAddress = "192.0.2.1";

    explicit MediaRig(media::PortRange ports = {}, std::size_t reportBytes = 1U << 20,
                      std::size_t feedBytes = 1U << 20);

    // In steps of a tick of the engine.
    void advance(std::chrono::milliseconds time);
    base::TimePoint now() const { return scheduler.clock().now(); }
    std::unique_ptr<media::MediaSession> open(model::CallId call = 1);
    // Opened, told to send PCMA to the peer and both ways started; the peer knows where to send.
    std::unique_ptr<media::MediaSession> call(RtpPeer& peer, model::CallId id = 1);
    static media::MediaParameters parametersFor(const RtpPeer& peer);
    // The SDP names `peer`, but signalling comes from where `outside` is: a NAT in between.
    media::MediaParameters parametersSeenFrom(const RtpPeer& outside);
    QString path(const char* name) const { return dir.filePath(QString::fromLatin1(name)); }

    ManualScheduler scheduler;
    VirtualNetwork network{scheduler};
    QTemporaryDir dir;
    media::MediaEngine engine;
    RtpPeer peer{scheduler, network, endpoint("198.51.100.7", 4000)};
};

std::vector<std::int16_t> decoded(const std::vector<std::byte>& alaw);
// What PCMA makes of samples.
std::vector<std::int16_t> throughAlaw(const std::vector<std::int16_t>& samples);
std::vector<std::int16_t> ramp(int count, int from = 1);
// All payloads behind one another, decoded.
std::vector<std::int16_t> heardBy(const RtpPeer& peer);

} // namespace hs::test
