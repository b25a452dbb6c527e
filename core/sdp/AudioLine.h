// The m= lines of our descriptions, and what the one for audio lists. Thread: pure functions.
#pragma once

#include "sdp/OfferAnswerTypes.h"
#include "sdp/SessionDescription.h"

namespace hs::sdp {

// What an offer of ours lists: the codecs in order of choice; comfort noise, if it is wanted and
// one of them has its clock; digits, under a number for each clock of the codecs (RFC 4733 2.1).
QList<Codec> listed(const LocalMedia& local);

// Comfort noise and digits go beside a codec, and are none.
bool isSpeech(const Codec& codec);

MediaDescription audioLine(const LocalMedia& local, const QList<Codec>& codecs,
                           Direction direction);

// RFC 3264 6: a refused stream keeps its place, with port 0.
MediaDescription refusedLine(const MediaDescription& offered);

} // namespace hs::sdp
