// MediaParameters: what offer and answer agreed on for one call's audio, and where a call's media
// begins. Thread: values.
#pragma once

#include "base/Endpoint.h"
#include "model/CallTypes.h"

#include <QString>

#include <array>
#include <cstdint>

namespace hs::media {

enum class Codec : std::uint8_t { Pcmu, Pcma };

// How a digit travels with the audio. (SIP INFO does not.)
enum class DigitMethod : std::uint8_t { Rfc4733, InBand };

inline constexpr int samplesPerMs = 8;

struct MediaParameters {
    // Null, 0.0.0.0 (RFC 3264 8.4), multicast or port 0: there is nowhere to send to.
    base::Endpoint remoteRtp;
    base::Endpoint remoteRtcp; // null: the port after remoteRtp's (RFC 3550 11)
    Codec codec = Codec::Pcma; // what we send
    std::uint8_t payloadType = 8; // its number in the far end's description
    int payloadTypePcmu = 0; // accepted in what comes in; -1: not negotiated
    int payloadTypePcma = 8;
    int eventType = -1; // telephone-event in the far end's description; -1: it takes none
    std::uint32_t remoteEvents = 0xffff; // a bit for each event that it takes
    std::array<int, 2> receivedEventTypes{-1, -1}; // accepted in what comes in; -1: none
    int packetMs = 20; // of what we send: 10 to 60 in steps of 10, others are rounded and bounded
    bool send = true;
    bool receive = true;
    base::IpAddress signallingSource; // from where the far end's SIP comes; may be null

    friend bool operator==(const MediaParameters&, const MediaParameters&) = default;
};

struct SessionConfig {
    model::CallId call = 0;
    base::IpAddress localAddress; // to bind to, and to name in SDP
};

struct RecordingConfig {
    QString path; // .wav, its folder must exist
    bool stereo = true; // left what the far end says, right what it hears; else left alone, in mono
};

} // namespace hs::media
