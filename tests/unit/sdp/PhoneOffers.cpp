#include "PhoneOffers.h"

namespace hs::test {

QByteArray linphoneOffer()
{
    return sdpText({
        "v=0",
        "o=alice 1186 2593 IN IP4 192.0.2.10",
        "s=Talk",
        "c=IN IP4 192.0.2.10",
        "t=0 0",
        "a=ice-pwd:9f28cc5a0b2c7f6a9b32f0d1",
        "a=ice-ufrag:1b3c5a7d",
        "a=rtcp-xr:rcvr-rtt=all:10000 stat-summary=loss,dup,jitt,TTL voip-metrics",
        "a=record:off",
        "m=audio 7078 RTP/AVP 96 97 98 0 8 18 101 99 100",
        "a=rtpmap:96 opus/48000/2",
        "a=fmtp:96 useinbandfec=1",
        "a=rtpmap:97 speex/16000",
        "a=fmtp:97 vbr=on",
        "a=rtpmap:98 speex/8000",
        "a=fmtp:98 vbr=on",
        "a=fmtp:18 annexb=yes",
        "a=rtpmap:101 telephone-event/48000",
        "a=rtpmap:99 telephone-event/16000",
        "a=rtpmap:100 telephone-event/8000",
        "a=rtcp-fb:* trr-int 1000",
        "a=rtcp-fb:* ccm tmmbr",
        "a=candidate:1 1 UDP 2130706303 192.0.2.10 7078 typ host",
        "m=video 9078 RTP/AVP 96 97",
        "a=rtpmap:96 VP8/90000",
        "a=rtpmap:97 H264/90000",
        "a=fmtp:97 profile-level-id=42801F",
    });
}

QByteArray zoiperOffer()
{
    return sdpText({
        "v=0",
        "o=Z 0 1185072 IN IP4 192.0.2.11",
        "s=Z",
        "c=IN IP4 192.0.2.11",
        "t=0 0",
        "m=audio 8000 RTP/AVP 3 110 8 0 98 101",
        "a=rtpmap:110 speex/8000",
        "a=rtpmap:98 iLBC/8000",
        "a=fmtp:98 mode=20",
        "a=rtpmap:101 telephone-event/8000",
        "a=fmtp:101 0-15",
        "a=sendrecv",
    });
}

QByteArray asteriskOffer()
{
    return sdpText({
        "v=0",
        "o=root 1821872093 1821872093 IN IP4 192.0.2.12",
        "s=Asterisk PBX 18.10.0",
        "c=IN IP4 192.0.2.12",
        "t=0 0",
        "m=audio 14550 RTP/AVP 8 0 101",
        "a=rtpmap:8 PCMA/8000",
        "a=rtpmap:0 PCMU/8000",
        "a=rtpmap:101 telephone-event/8000",
        "a=fmtp:101 0-16",
        "a=ptime:20",
        "a=maxptime:150",
        "a=sendrecv",
    });
}

QByteArray sippOffer()
{
    return sdpText({
        "v=0",
        "o=user1 53655765 2353687637 IN IP4 127.0.0.1",
        "s=-",
        "c=IN IP4 127.0.0.1",
        "t=0 0",
        "m=audio 6000 RTP/AVP 0",
        "a=rtpmap:0 PCMU/8000",
    });
}

QByteArray ciscoOffer()
{
    return sdpText({
        "v=0",
        "o=Cisco-SIPUA 7216 0 IN IP4 192.0.2.13",
        "s=SIP Call",
        "b=AS:4064",
        "t=0 0",
        "m=audio 17096 RTP/AVP 114 9 124 113 115 0 8 116 18 101",
        "c=IN IP4 192.0.2.13",
        "b=TIAS:64000",
        "a=rtpmap:114 opus/48000/2",
        "a=fmtp:114 maxplaybackrate=16000;sprop-maxcapturerate=16000",
        "a=rtpmap:9 G722/8000",
        "a=rtpmap:124 ISAC/16000",
        "a=rtpmap:113 AMR-WB/16000",
        "a=rtpmap:115 AMR-WB/16000",
        "a=fmtp:115 octet-align=1",
        "a=rtpmap:0 PCMU/8000",
        "a=rtpmap:8 PCMA/8000",
        "a=rtpmap:116 iLBC/8000",
        "a=fmtp:116 mode=20",
        "a=rtpmap:18 G729/8000",
        "a=fmtp:18 annexb=yes",
        "a=rtpmap:101 telephone-event/8000",
        "a=fmtp:101 0-15",
        "a=sendrecv",
        "m=video 17098 RTP/AVP 100 126 97",
        "c=IN IP4 192.0.2.13",
        "b=TIAS:4000000",
        "a=rtpmap:100 H264/90000",
        "a=rtpmap:126 H264/90000",
        "a=rtpmap:97 H264/90000",
        "a=imageattr:* recv [x=1920,y=1080,q=0.60]",
        "a=sendrecv",
        "m=application 17100 UDP/BFCP *",
        "c=IN IP4 192.0.2.13",
        "a=floorctrl:c-s",
    });
}

QByteArray t38Offer()
{
    return sdpText({
        "v=0",
        "o=root 29 30 IN IP4 192.0.2.14",
        "s=session",
        "c=IN IP4 192.0.2.14",
        "t=0 0",
        "m=audio 0 RTP/AVP 8",
        "m=image 4118 udptl t38",
        "a=T38FaxVersion:0",
        "a=T38MaxBitRate:14400",
        "a=T38FaxRateManagement:transferredTCF",
    });
}

QByteArray audioAndT38Offer()
{
    return sdpText({
        "v=0",
        "o=- 29 30 IN IP4 192.0.2.14",
        "s=-",
        "c=IN IP4 192.0.2.14",
        "t=0 0",
        "m=image 4118 udptl t38",
        "a=T38FaxVersion:0",
        "m=audio 4120 RTP/AVP 8",
    });
}

QByteArray webRtcOffer()
{
    return sdpText({
        "v=0",
        "o=- 4611731400430051336 2 IN IP4 127.0.0.1",
        "s=-",
        "t=0 0",
        "a=group:BUNDLE 0",
        "a=extmap-allow-mixed",
        "a=msid-semantic: WMS",
        "m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126",
        "c=IN IP4 0.0.0.0",
        "a=rtcp:9 IN IP4 0.0.0.0",
        "a=ice-ufrag:xHh2",
        "a=ice-pwd:0Y1AfyvDfKLyKXmvHkNcx8GJ",
        "a=fingerprint:sha-256 AA:BB",
        "a=setup:actpass",
        "a=mid:0",
        "a=sendrecv",
        "a=rtcp-mux",
        "a=rtpmap:111 opus/48000/2",
        "a=rtpmap:63 red/48000/2",
        "a=rtpmap:9 G722/8000",
        "a=rtpmap:0 PCMU/8000",
        "a=rtpmap:8 PCMA/8000",
        "a=rtpmap:13 CN/8000",
        "a=rtpmap:110 telephone-event/48000",
        "a=rtpmap:126 telephone-event/8000",
    });
}

QByteArray bestEffortSrtpOffer()
{
    return sdpText({
        "v=0",
        "o=- 7 7 IN IP4 192.0.2.15",
        "s=-",
        "c=IN IP4 192.0.2.15",
        "t=0 0",
        "m=audio 5000 RTP/SAVP 0 8",
        "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:bm90IGEgcmVhbCBrZXk=",
        "m=audio 5000 RTP/AVP 0 8",
    });
}

} // namespace hs::test
