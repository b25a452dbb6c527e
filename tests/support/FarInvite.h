// farInvite: the INVITE by which 192.0.2.9 has called us, as far as a dialog is made of it.
#pragma once

#include "sip/message/Message.h"

namespace hs::test {

inline sip::Request farInvite(const QByteArray& contact)
{
    sip::Request invite;
    invite.method = "INVITE";
    invite.requestUri = "sip:100@192.0.2.1:5062";
    invite.headers.add("From", "<sip:200@192.0.2.9>;tag=far");
    invite.headers.add("To", "<sip:100@192.0.2.1>");
    invite.headers.add("Call-ID", "call-1");
    invite.headers.add("CSeq", "1 INVITE");
    invite.headers.add("Contact", contact);
    return invite;
}

} // namespace hs::test
