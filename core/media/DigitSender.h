// DigitSender: the digits that a call is to send, one behind the other: as telephone-events
// (RFC 4733), whose packets take the place of audio, or as tones instead of other audio. 'w' pauses
// for 500 ms and ',' for 2 s, during which audio goes on. Everything lasts whole slots, of as many
// samples as a packet has. Nodes that are used up go back to where they can be freed.
// Thread: media, without allocation.
#pragma once

#include "audio/DtmfTone.h"
#include "media/MediaCommand.h"
#include "rtp/TelephoneEventSender.h"

namespace hs::media {

class DigitSender {
public:
    enum class Kind : std::uint8_t {
        Audio, // the slot is free
        Event, // its packet is `event`
        Tone, // its samples come from read(); silence between tones too
    };
    struct Slot {
        Kind kind = Kind::Audio;
        rtp::TelephoneEventSender::Packet event;
        DigitReport begun; // a digit whose sending begins here; its digit is 0 for none
    };

    explicit DigitSender(CommandBox& spent)
        : m_spent(spent)
    {
    }
    DigitSender(const DigitSender&) = delete;
    DigitSender& operator=(const DigitSender&) = delete;
    ~DigitSender();

    void append(CommandNode node); // of command::SendDigits
    // What waits is dropped; what sounds ends with the next slot, of so many samples.
    void stop(std::size_t samples);
    // Whether anything can be sent, and events among it. What can't be is dropped.
    void setTaken(bool any, bool events);

    // The next slot, whose packet has this timestamp.
    Slot next(std::size_t samples, std::uint32_t timestamp);
    void read(std::span<std::int16_t> samples) { m_tone.read(samples); }

private:
    enum class Phase : std::uint8_t { Idle, Event, Tone, Gap, Pause };

    const command::SendDigits& current() const;
    void clear();
    bool begin(std::uint32_t timestamp, Slot& slot);
    void beginGap(std::int64_t passed);

    CommandBox& m_spent;
    CommandBox::Node* m_first = nullptr; // owned, with all that follow it
    CommandBox::Node* m_last = nullptr;
    qsizetype m_read = 0; // of the first one's digits
    Phase m_phase = Phase::Idle;
    std::int64_t m_left = 0; // samples of a gap or pause
    std::int64_t m_gap = 0; // behind the digit that sounds
    bool m_quiet = false; // no audio in the gap: it must be heard as one
    bool m_eventsTaken = false;
    rtp::TelephoneEventSender m_event;
    audio::DtmfTone m_tone;
};

} // namespace hs::media
