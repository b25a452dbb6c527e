// DigitSender: the digits that a call is to send, one behind the other: as telephone-events
// (RFC 4733), whose packets take the place of audio, or as tones instead of other audio. 'w' pauses
// for 500 ms and ',' for 2 s, during which audio goes on. Everything lasts whole slots, as long as
// a packet is. Nodes that are used up go back to where they can be freed. Thread: media, without
// allocation.
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
    // How long slots are from now on, in time and in units of events' clock, and the rate of tones.
    struct Pace {
        int packetMs = 20;
        std::uint32_t units = 160;
        int sampleRate = 8000;

        friend bool operator==(const Pace&, const Pace&) = default;
    };
    void setPace(const Pace& pace);
    // What waits is dropped; what sounds ends with the next slot.
    void stop();
    // Whether anything can be sent, and events among it. What can't be is dropped.
    void setTaken(bool any, bool events);

    // The next slot, whose packet has this timestamp.
    Slot next(std::uint32_t timestamp);
    void read(std::span<std::int16_t> samples) { m_tone.read(samples); }

private:
    enum class Phase : std::uint8_t { Idle, Event, Tone, Gap, Pause };

    const command::SendDigits& current() const;
    void clear();
    bool begin(std::uint32_t timestamp, Slot& slot);
    void beginGap(int passedMs);

    CommandBox& m_spent;
    CommandBox::Node* m_first = nullptr; // owned, with all that follow it
    CommandBox::Node* m_last = nullptr;
    qsizetype m_read = 0; // of the first one's digits
    Phase m_phase = Phase::Idle;
    Pace m_pace;
    int m_leftMs = 0; // of a gap or pause
    int m_gapMs = 0; // behind the digit that sounds
    bool m_quiet = false; // no audio in the gap: it must be heard as one
    bool m_eventsTaken = false;
    rtp::TelephoneEventSender m_event;
    audio::DtmfTone m_tone;
};

} // namespace hs::media
