// Offers in the form in which well-known phones, servers and browsers send them, with documentation
// addresses (RFC 5737, RFC 3849), and the pieces that the tests of hs_sdp build theirs from.
#pragma once

#include "sdp/OfferAnswer.h"

#include <QByteArrayList>

namespace hs::test {

inline QByteArray sdpText(const QByteArrayList& lines)
{
    return lines.join("\r\n") + "\r\n";
}

inline sdp::LocalMedia localMedia(quint16 port = 31000)
{
    sdp::LocalMedia local;
    local.address = *base::IpAddress::parse("198.51.100.7");
    local.port = port;
    local.codecs = {*sdp::Codec::ofStaticType(0), *sdp::Codec::ofStaticType(8)};
    return local;
}

// An offer of one audio stream: the formats, the c= address, and more lines below m=.
inline QByteArray audioOffer(const QByteArray& formats = "0 8",
                             const QByteArray& address = "IN IP4 192.0.2.10",
                             const QByteArrayList& more = {})
{
    return sdpText(QByteArrayList{"v=0", "o=- 5 5 IN IP4 192.0.2.10", "s=-", "c=" + address,
                                  "t=0 0", "m=audio 4000 RTP/AVP " + formats}
                   + more);
}

// The m= line with this index, from its first letter to the line's end; empty if there is none.
inline QByteArray mediaLine(const QByteArray& sdp, int index)
{
    qsizetype at = sdp.startsWith("m=") ? 0 : sdp.indexOf("\nm=") + 1;
    for (; index > 0 && at > 0; --index) {
        at = sdp.indexOf("\nm=", at) + 1;
    }
    return at <= 0 ? QByteArray() : sdp.sliced(at, sdp.indexOf('\r', at) - at);
}

QByteArray linphoneOffer();
QByteArray zoiperOffer();
QByteArray asteriskOffer();
QByteArray sippOffer();
QByteArray ciscoOffer();
QByteArray t38Offer();
QByteArray audioAndT38Offer();
QByteArray webRtcOffer();
QByteArray bestEffortSrtpOffer(); // secure and plain audio side by side, the secure one first

} // namespace hs::test
