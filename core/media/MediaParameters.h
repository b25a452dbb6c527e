// MediaParameters: what offer and answer agreed on for one call's audio, and where a call's media
// begins. Thread: values.
#pragma once

#include "audio/SpeechCodecs.h"
#include "base/Endpoint.h"
#include "model/CallTypes.h"

#include <QString>

#include <array>
#include <cstdint>

namespace hs::media {

// How a digit travels with the audio. (SIP INFO does not.)
enum class DigitMethod : std::uint8_t { Rfc4733, InBand };

// What may come in, and under which number.
struct ReceivedCodec {
    int payloadType = -1; // -1: nothing
    audio::CodecKind codec = audio::CodecKind::Pcma;

    friend bool operator==(const ReceivedCodec&, const ReceivedCodec&) = default;
};

struct MediaParameters {
    // Null, 0.0.0.0 (RFC 3264 8.4), multicast or port 0: there is nowhere to send to.
    base::Endpoint remoteRtp;
    base::Endpoint remoteRtcp; // null: the port after remoteRtp's (RFC 3550 11)
    audio::CodecKind codec = audio::CodecKind::Pcma; // what we send
    std::uint8_t payloadType = 8; // its number in the far end's description
    audio::EncoderWishes wishes{}; // of the far end, for what we send
    // Accepted in what comes in: the far end may change from one to another with any packet.
    std::array<ReceivedCodec, 8> received{
        {{8, audio::CodecKind::Pcma}, {0, audio::CodecKind::Pcmu}}};
    std::array<int, 2> noiseTypes{13, -1}; // comfort noise (RFC 3389) in what comes in; -1: none
    int eventType = -1; // telephone-event in the far end's description; -1: it takes none
    // In which the durations of events count both ways: the codec's clock (RFC 4733 2.1), or 8000
    // where the far end knows no other. Timestamps are the stream's all the same.
    int eventClock = 8000;
    std::uint32_t remoteEvents = 0xffff; // a bit for each event that it takes
    std::array<int, 2> receivedEventTypes{-1, -1}; // accepted in what comes in; -1: none
    std::array<int, 2> otherEventTypes{-1, -1}; // the same, of the next one
    int otherEventClock = 48000;
    int packetMs = 20; // of what we send: made one that the codec has (packetMsFor())
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
    int rate = 8000; // of the file: 8000 or 16000 Hz, whatever the call is spoken in
};

} // namespace hs::media
