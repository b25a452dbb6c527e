// StreamLabel: how the next stream is called that Qt Multimedia opens, in a sound server's mixer,
// and what it is for. Qt 6.4 calls its streams QtmPulseStream and a number; with PulseAudio (and
// PipeWire in its place) the label stands there instead, for as long as the object lives, and the
// program is always called Hookswitch there. What Qt makes of a stream that fails, to wait for it
// for ever with a lock held, is kept from it at the same place: in a thread that has made a label,
// a stream that does not open fails within two seconds, and one that is dead takes nothing.
// Elsewhere it does nothing. Thread: counts for the thread that made it.
#pragma once

namespace hs::device {

class StreamLabel {
public:
    // `name` in English, `role` as PulseAudio's media.role; both outlive the label.
    StreamLabel(const char* name, const char* role);
    ~StreamLabel();
    StreamLabel(const StreamLabel&) = delete;
    StreamLabel& operator=(const StreamLabel&) = delete;

private:
    const char* m_formerName;
    const char* m_formerRole;
};

} // namespace hs::device
