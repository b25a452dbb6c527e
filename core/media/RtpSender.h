// RtpSender: when and how the packets of a call are sent. They lie on an absolute grid; timestamps
// count the samples of that grid, whether anything is sent or not, and never the clock. The marker
// stands on the first packet, on the first one after a gap, and on the first one with audio after
// silence that only fills (RFC 3551 4.1). No socket. Thread: media, without allocation.
#pragma once

#include "media/MediaParameters.h"
#include "rtp/RtpSession.h"
#include "rtp/TelephoneEventSender.h"

#include <array>
#include <span>

namespace hs::media {

class RtpSender {
public:
    static constexpr std::size_t mostSamples = 480; // 60 ms
    // Later than this, packets are left out instead of sent in a burst.
    static constexpr auto mostLate = std::chrono::milliseconds(60);

    // From the next slot on.
    void setFormat(Codec codec, std::uint8_t payloadType, int packetMs);
    void start(base::TimePoint firstSlot);
    bool isStarted() const { return m_started; }

    bool isDue(base::TimePoint now) const { return m_started && m_slot <= now; }
    // To be called when due: leaves out the slots for which it is too late.
    void skipMissed(base::TimePoint now, rtp::RtpSession& session);
    base::TimePoint slot() const { return m_slot; } // when the next packet is to be sent
    std::int64_t position() const { return m_position; } // of its first sample, 0 at the start
    std::size_t samplesPerPacket() const { return m_samplesPerPacket; }
    Codec codec() const { return m_codec; }

    struct Packet {
        std::span<const std::byte> datagram;
        std::span<const std::byte> payload;
    };
    // The packet of this slot, which then is over. `spoken`: not mere filling. Of
    // samplesPerPacket() samples. Valid until the next call.
    Packet send(std::span<const std::int16_t> samples, bool spoken, rtp::RtpSession& session);
    // A telephone-event's packet in the place of audio (RFC 4733).
    std::span<const std::byte> sendEvent(const rtp::TelephoneEventSender::Packet& packet,
                                         std::uint8_t payloadType, rtp::RtpSession& session);
    // A packet without payload, for the NATs on the way (RFC 6263 4.6).
    std::span<const std::byte> sendKeepAlive(std::uint8_t payloadType, rtp::RtpSession& session);
    // The slot is over and nothing was sent.
    void pass(rtp::RtpSession& session);

private:
    void advance(std::int64_t packets);
    void encode(std::span<const std::int16_t> samples, bool spoken, std::span<std::byte> payload);

    Codec m_codec = Codec::Pcma;
    std::uint8_t m_payloadType = 8;
    std::size_t m_samplesPerPacket = 160;
    bool m_started = false;
    base::TimePoint m_slot{};
    std::int64_t m_position = 0;
    bool m_gap = true; // nothing was sent in the slot before
    bool m_filling = true; // what was sent before was mere filling
    std::array<std::byte, mostSamples> m_payload;
    std::array<std::byte, rtp::RtpHeader::size + mostSamples> m_datagram;
};

} // namespace hs::media
