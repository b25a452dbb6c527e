#include "media/RtpSender.h"

#include "audio/G711.h"

#include <algorithm>

namespace hs::media {

void RtpSender::setFormat(audio::CodecKind codec, audio::SpeechEncoder& encoder,
                          std::uint8_t payloadType, int packetMs)
{
    m_codec = codec;
    m_encoder = &encoder;
    m_payloadType = payloadType;
    m_packetMs = audio::packetMsFor(codec, packetMs / 10 * 10);
}

void RtpSender::start(base::TimePoint firstSlot)
{
    m_started = true;
    m_slot = firstSlot;
}

void RtpSender::advance(std::int64_t packets)
{
    const std::int64_t ms = packets * m_packetMs;
    m_position += ms * positionsPerMs;
    m_slot += std::chrono::milliseconds(ms);
}

void RtpSender::skipMissed(base::TimePoint now, rtp::RtpSession& session)
{
    if (now - m_slot <= mostLate) {
        return;
    }
    const std::int64_t missed = (now - m_slot) / std::chrono::milliseconds(m_packetMs);
    session.skipSamples(static_cast<std::uint32_t>(missed * std::int64_t(unitsPerPacket())));
    advance(missed);
    m_gap = true;
}

RtpSender::Packet RtpSender::send(std::span<const std::int16_t> samples, bool spoken,
                                  rtp::RtpSession& session)
{
    const std::span<std::byte> payload = std::span(m_payload).first(encode(samples, spoken));
    if (payload.empty()) {
        pass(session);
        return {};
    }
    const bool marker = m_gap || (m_filling && spoken);
    const std::size_t size =
        session.writePacket(m_datagram, m_payloadType, marker, payload, unitsPerPacket(), m_slot);
    m_gap = false;
    m_filling = !spoken;
    advance(1);
    return {std::span(m_datagram).first(size), payload};
}

std::span<const std::byte> RtpSender::sendEvent(const rtp::TelephoneEventSender::Packet& packet,
                                                std::uint8_t payloadType, rtp::RtpSession& session)
{
    const std::size_t size =
        session.writeStampedPacket(m_datagram, payloadType, packet.marker, packet.timestamp,
                                   packet.event.toBytes(), unitsPerPacket(), m_slot);
    m_gap = false;
    advance(1);
    return std::span(m_datagram).first(size);
}

std::span<const std::byte> RtpSender::sendKeepAlive(std::uint8_t payloadType,
                                                    rtp::RtpSession& session)
{
    const std::size_t size =
        session.writePacket(m_datagram, payloadType, false, {}, unitsPerPacket(), m_slot);
    m_gap = true;
    advance(1);
    return std::span(m_datagram).first(size);
}

std::size_t RtpSender::encode(std::span<const std::int16_t> samples, bool spoken)
{
    if (!spoken && isG711()) {
        std::ranges::fill(
            std::span(m_payload).first(samples.size()),
            std::byte(m_codec == audio::CodecKind::Pcma ? audio::alawSilence : audio::ulawSilence));
        return samples.size();
    }
    return m_encoder == nullptr ? 0 : m_encoder->encode(samples, m_payload);
}

void RtpSender::pass(rtp::RtpSession& session)
{
    session.skipSamples(unitsPerPacket());
    m_gap = true;
    advance(1);
}

} // namespace hs::media
