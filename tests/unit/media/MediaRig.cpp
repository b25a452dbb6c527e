#include "MediaRig.h"

#include "base/ByteWriter.h"

#include <cstring>

namespace hs::test {

RtpPeer::RtpPeer(ManualScheduler& scheduler, VirtualNetwork& network, const base::Endpoint& rtp)
    : m_scheduler(scheduler)
    , m_local(rtp)
    , m_rtp(std::move(network.bindNotifying(m_local)).value())
    , m_rtcp(std::move(network.bindNotifying(rtcp())).value())
{
    m_rtp->setReadable([this] { read(); });
    m_rtcp->setReadable([this] { readRtcp(); });
}

base::Endpoint RtpPeer::rtcp() const
{
    return {m_local.address(), static_cast<std::uint16_t>(m_local.port() + 1)};
}

void RtpPeer::read()
{
    std::array<std::byte, 2048> buffer{};
    base::IncomingDatagram slot{buffer};
    while (m_rtp->receive({&slot, 1}) == 1) {
        const auto packet = rtp::RtpPacketView::parse(slot.bytes());
        if (packet) {
            heard.push_back({m_scheduler.clock().now(),
                             slot.source,
                             packet->header(),
                             {packet->payload().begin(), packet->payload().end()}});
        }
    }
}

void RtpPeer::readRtcp()
{
    std::array<std::byte, 2048> buffer{};
    base::IncomingDatagram slot{buffer};
    while (m_rtcp->receive({&slot, 1}) == 1) {
        heardRtcp.emplace_back(slot.bytes().begin(), slot.bytes().end());
    }
}

void RtpPeer::send(const std::vector<std::byte>& payload)
{
    std::vector<std::byte> datagram(rtp::RtpHeader::size + payload.size());
    rtp::writeRtp(datagram, header, payload);
    sendRaw(datagram);
    said.insert(said.end(), payload.begin(), payload.end());
    ++header.sequence;
    header.timestamp += static_cast<std::uint32_t>(payload.size());
}

void RtpPeer::lose(int samples)
{
    ++header.sequence;
    skip(samples);
}

void RtpPeer::sendRaw(const std::vector<std::byte>& datagram)
{
    const base::OutgoingDatagram out{datagram, m_remote, {}};
    m_rtp->send({&out, 1});
}

void RtpPeer::sendRtcp(const std::vector<std::byte>& datagram)
{
    const base::Endpoint to(m_remote.address(), static_cast<std::uint16_t>(m_remote.port() + 1));
    const base::OutgoingDatagram out{datagram, to, {}};
    m_rtcp->send({&out, 1});
}

std::vector<std::byte> RtpPeer::speech(int samples)
{
    std::vector<std::byte> payload(static_cast<std::size_t>(samples));
    std::size_t index = said.size();
    for (std::byte& code : payload) {
        code = static_cast<std::byte>(index * 7 + index / 251);
        ++index;
    }
    return payload;
}

std::vector<std::int16_t> HeardFrame::samples() const
{
    std::vector<std::int16_t> result(bytes.size() / 2);
    std::memcpy(result.data(), bytes.data(), bytes.size());
    return result;
}

void Ear::onFrames(std::span<const media::TapFrame> all)
{
    ++deliveries;
    for (const media::TapFrame& frame : all) {
        frames.push_back(
            {frame.call, frame.kind, frame.payloadType, {frame.bytes.begin(), frame.bytes.end()}});
    }
}

namespace {
media::MediaEngine::Options optionsFor(std::size_t reportBytes, std::size_t feedBytes)
{
    media::MediaEngine::Options options;
    options.poller = std::make_unique<media::DrainPoller>();
    options.reportBytes = reportBytes;
    options.feedBytes = feedBytes;
    options.seed = 42;
    return options;
}
} // namespace

MediaRig::MediaRig(media::PortRange ports, std::size_t reportBytes, std::size_t feedBytes)
    : engine(scheduler.clock(), network, ports, optionsFor(reportBytes, feedBytes))
{
}

void MediaRig::advance(std::chrono::milliseconds time)
{
    const base::TimePoint end = now() + time;
    while (now() < end) {
        scheduler.advance(std::min<base::Duration>(media::MediaLoop::tickEvery, end - now()));
        engine.runOnce();
        scheduler.runDue(); // what was sent without delay arrives in the same tick
    }
}

std::unique_ptr<media::MediaSession> MediaRig::open(model::CallId call)
{
    auto session = engine.open({call, *base::IpAddress::parse(ownAddress)});
    return session ? std::move(session).value() : nullptr;
}

media::MediaParameters MediaRig::parametersFor(const RtpPeer& peer)
{
    media::MediaParameters parameters;
    parameters.remoteRtp = peer.rtp();
    parameters.remoteRtcp = peer.rtcp();
    parameters.signallingSource = peer.rtp().address();
    return parameters;
}

media::MediaParameters MediaRig::parametersSeenFrom(const RtpPeer& outside)
{
    media::MediaParameters parameters = parametersFor(peer);
    parameters.signallingSource = outside.rtp().address();
    return parameters;
}

std::unique_ptr<media::MediaSession> MediaRig::call(RtpPeer& to, model::CallId id)
{
    auto session = open(id);
    session->setParameters(parametersFor(to));
    session->start();
    to.sendTo(session->localRtp());
    return session;
}

std::vector<std::int16_t> decoded(const std::vector<std::byte>& alaw)
{
    std::vector<std::int16_t> samples(alaw.size());
    audio::decodeAlaw(alaw, samples);
    return samples;
}

std::vector<std::int16_t> throughAlaw(const std::vector<std::int16_t>& samples)
{
    std::vector<std::byte> codes(samples.size());
    audio::encodeAlaw(samples, codes);
    return decoded(codes);
}

std::vector<std::int16_t> ramp(int count, int from)
{
    std::vector<std::int16_t> samples;
    for (int i = 0; i < count; ++i) {
        samples.push_back(static_cast<std::int16_t>((1 + (from + i) % 1999) * 16));
    }
    return samples;
}

std::vector<std::int16_t> heardBy(const RtpPeer& peer)
{
    std::vector<std::byte> all;
    for (const HeardPacket& packet : peer.heard) {
        all.insert(all.end(), packet.payload.begin(), packet.payload.end());
    }
    return decoded(all);
}

} // namespace hs::test
