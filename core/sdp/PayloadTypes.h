// PayloadTypes: what our numbers stand for in one session. RFC 3264 8.3.2: a dynamic payload type
// that once stood for an encoding does so for the whole session, in an offer that was refused too.
// Thread: a value.
#pragma once

#include "sdp/Codec.h"

#include <QList>

namespace hs::sdp {

bool hasPayloadType(const QList<Codec>& codecs, int payloadType);

class PayloadTypes {
public:
    // They stood in a description of ours. The latest word on a number stands.
    void remember(const QList<Codec>& codecs);

    // `codecs` under the numbers that they had before; what is new keeps its own if that stands for
    // nothing else, or gets a free one. `agreed` is what may come in now, which comes first.
    QList<Codec> numbered(const QList<Codec>& codecs, const QList<Codec>& agreed) const;

private:
    QList<Codec> m_known; // each number once
};

} // namespace hs::sdp
