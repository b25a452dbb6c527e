// RtpSender: when and how the packets of a call are sent. They lie on an absolute grid; timestamps
// count the time of that grid at the codec's clock rate, whether anything is sent or not, and never
// the clock. What the codec need not send (DTX) is not sent. The marker stands on the first packet,
// on the first one after a gap, and on the first one with audio after silence that only fills (RFC
// 3551 4.1). No socket. Thread: media, without allocation.
#pragma once

#include "media/MediaParameters.h"
#include "rtp/RtpSession.h"
#include "rtp/TelephoneEventSender.h"

#include <array>
#include <span>

namespace hs::media {

class RtpSender {
public:
    static constexpr std::size_t mostSamples = 2880; // 60 ms at 48000 Hz
    static constexpr int positionsPerMs = 48; // whole for every rate
    // Later than this, packets are left out instead of sent in a burst.
    static constexpr auto mostLate = std::chrono::milliseconds(60);

    // From the next slot on. The encoder stays in use until the next one is given.
    void setFormat(audio::CodecKind codec, audio::SpeechEncoder& encoder, std::uint8_t payloadType,
                   int packetMs);
    void start(base::TimePoint firstSlot);
    void beginStream() { m_gap = true; } // of another SSRC
    bool isStarted() const { return m_started; }

    bool isDue(base::TimePoint now) const { return m_started && m_slot <= now; }
    // To be called when due: leaves out the slots for which it is too late.
    void skipMissed(base::TimePoint now, rtp::RtpSession& session);
    base::TimePoint slot() const { return m_slot; } // when the next packet is to be sent
    std::int64_t position() const { return m_position; } // when that is, 0 at the start
    int packetMs() const { return m_packetMs; }
    int sampleRate() const { return audio::formatOf(m_codec).sampleRate; }
    int clockRate() const { return audio::formatOf(m_codec).clockRate; } // of timestamps
    std::size_t samplesPerPacket() const { return audio::formatOf(m_codec).samplesOf(m_packetMs); }
    std::uint32_t unitsPerPacket() const // of the timestamp
    {
        return audio::formatOf(m_codec).timestampUnits(samplesPerPacket());
    }
    audio::CodecKind codec() const { return m_codec; }
    // Every octet is a sample, so that much can be told without decoding.
    bool isG711() const
    {
        return m_codec == audio::CodecKind::Pcma || m_codec == audio::CodecKind::Pcmu;
    }

    struct Packet {
        std::span<const std::byte> datagram;
        std::span<const std::byte> payload;
    };
    // The packet of this slot, which then is over. `spoken`: not mere filling. Of
    // samplesPerPacket() samples. Empty: nothing need be sent. Valid until the next call.
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
    std::size_t encode(std::span<const std::int16_t> samples, bool spoken);

    audio::CodecKind m_codec = audio::CodecKind::Pcma;
    audio::SpeechEncoder* m_encoder = nullptr;
    std::uint8_t m_payloadType = 8;
    int m_packetMs = 20;
    bool m_started = false;
    base::TimePoint m_slot{};
    std::int64_t m_position = 0;
    bool m_gap = true; // nothing was sent in the slot before
    bool m_filling = true; // what was sent before was mere filling
    std::array<std::byte, audio::mostPayloadOctets> m_payload;
    std::array<std::byte, rtp::RtpHeader::size + audio::mostPayloadOctets> m_datagram;
};

} // namespace hs::media
