#include "media/RtpSender.h"

#include "audio/G711.h"

#include <algorithm>

namespace hs::media {

void RtpSender::setFormat(Codec codec, std::uint8_t payloadType, int packetMs)
{
    m_codec = codec;
    m_payloadType = payloadType;
    const int tens = std::clamp(packetMs / 10, 1, 6);
    m_samplesPerPacket = static_cast<std::size_t>(tens * 10 * samplesPerMs);
}

void RtpSender::start(base::TimePoint firstSlot)
{
    m_started = true;
    m_slot = firstSlot;
}

void RtpSender::advance(std::int64_t packets)
{
    const std::int64_t samples = packets * static_cast<std::int64_t>(m_samplesPerPacket);
    m_position += samples;
    m_slot += std::chrono::milliseconds(samples / samplesPerMs);
}

void RtpSender::skipMissed(base::TimePoint now, rtp::RtpSession& session)
{
    if (now - m_slot <= mostLate) {
        return;
    }
    const auto packet = std::chrono::milliseconds(m_samplesPerPacket / samplesPerMs);
    const std::int64_t missed = (now - m_slot) / packet;
    session.skipSamples(
        static_cast<std::uint32_t>(missed * static_cast<std::int64_t>(m_samplesPerPacket)));
    advance(missed);
    m_gap = true;
}

RtpSender::Packet RtpSender::send(std::span<const std::int16_t> samples, bool spoken,
                                  rtp::RtpSession& session)
{
    const std::span<std::byte> payload = std::span(m_payload).first(samples.size());
    encode(samples, spoken, payload);
    const bool marker = m_gap || (m_filling && spoken);
    const std::size_t size =
        session.writePacket(m_datagram, m_payloadType, marker, payload,
                            static_cast<std::uint32_t>(samples.size()), m_slot);
    m_gap = false;
    m_filling = !spoken;
    advance(1);
    return {std::span(m_datagram).first(size), payload};
}

std::span<const std::byte> RtpSender::sendEvent(const rtp::TelephoneEventSender::Packet& packet,
                                                std::uint8_t payloadType, rtp::RtpSession& session)
{
    const std::size_t size = session.writeStampedPacket(
        m_datagram, payloadType, packet.marker, packet.timestamp, packet.event.toBytes(),
        static_cast<std::uint32_t>(m_samplesPerPacket), m_slot);
    m_gap = false;
    advance(1);
    return std::span(m_datagram).first(size);
}

std::span<const std::byte> RtpSender::sendKeepAlive(std::uint8_t payloadType,
                                                    rtp::RtpSession& session)
{
    const std::size_t size = session.writePacket(
        m_datagram, payloadType, false, {}, static_cast<std::uint32_t>(m_samplesPerPacket), m_slot);
    m_gap = true;
    advance(1);
    return std::span(m_datagram).first(size);
}

void RtpSender::encode(std::span<const std::int16_t> samples, bool spoken,
                       std::span<std::byte> payload)
{
    if (!spoken) {
        std::ranges::fill(
            payload, std::byte(m_codec == Codec::Pcma ? audio::alawSilence : audio::ulawSilence));
    } else if (m_codec == Codec::Pcma) {
        audio::encodeAlaw(samples, payload);
    } else {
        audio::encodeUlaw(samples, payload);
    }
}

void RtpSender::pass(rtp::RtpSession& session)
{
    session.skipSamples(static_cast<std::uint32_t>(m_samplesPerPacket));
    m_gap = true;
    advance(1);
}

} // namespace hs::media
