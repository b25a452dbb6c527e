// DigitReceiver: the digits that one call hears: as telephone-events (RFC 4733), and, where that is
// wanted, as tones in its audio. From a far end that sends events the tones are not looked for:
// some gateways leave them in the audio, and a digit is told of once. Thread: media, without
// allocation.
#pragma once

#include "audio/DtmfDetector.h"
#include "media/DigitReports.h"
#include "media/PacketOrder.h"
#include "rtp/TelephoneEventReceiver.h"

namespace hs::media {

class DigitReceiver {
public:
    void setParameters(const MediaParameters& parameters);
    void setInBand(bool wanted);
    bool isEvent(std::uint8_t payloadType) const;

    void receiveEvent(const rtp::RtpHeader& header, std::span<const std::byte> payload,
                      base::TimePoint at);
    // Audio in order, of a packet of static type 0 or 8; only if listensToAudio().
    void receiveAudio(const PacketOrder::Packet& packet, base::TimePoint at);
    // What is heard of any other codec, 8000 samples a second.
    void receiveSamples(std::span<const std::int16_t> samples, base::TimePoint at);
    bool listensToAudio() const { return m_inBand && !(m_negotiated && m_seen); }

    // What has ended because nothing more came, and what is to be told; in every tick.
    void report(std::uint32_t session, TickContext& context);
    void tell(const DigitReport& digit) { m_reports.add(digit); }

private:
    void useClock(int clock);
    void told(const rtp::TelephoneEventReceiver::Event& event);
    void takeHeard();

    std::array<int, 2> m_types{-1, -1};
    std::array<int, 2> m_otherTypes{-1, -1};
    int m_typesClock = 8000;
    int m_otherClock = 48000;
    int m_clock = 8000; // of the last event
    bool m_negotiated = false;
    bool m_seen = false; // events have come
    rtp::TelephoneEventReceiver m_events;
    bool m_inBand = false;
    audio::DtmfDetector m_detector;
    bool m_known = false; // the two below
    std::uint32_t m_ssrc = 0;
    std::uint16_t m_sequence = 0;
    base::TimePoint m_heardAt{};
    DigitReports m_reports;
};

} // namespace hs::media
