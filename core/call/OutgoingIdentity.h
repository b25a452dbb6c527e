// OutgoingIdentity: as whom a call is made and which way it goes first: an account's, or that of a
// program without one. Thread: a value.
#pragma once

#include "model/Account.h"
#include "sip/ua/DigestClient.h"

namespace hs::call {

struct OutgoingIdentity {
    QString account; // its name; empty: none
    sip::NameAddr from; // without a host: our own address, as the far end sees it
    QByteArray contactUser;
    QList<sip::NameAddr> routes;
    std::optional<sip::Uri> nextHop; // a server of the account; none: where the target says
    bool isSentElsewhere = false; // nextHop is a 305's word: no server of the account
    std::shared_ptr<sip::DigestClient> credentials; // null: none
    model::DtmfMethod dtmf = model::DtmfMethod::Auto;
    QStringList codecs{}; // the account's own; empty: those of all calls
};

} // namespace hs::call
