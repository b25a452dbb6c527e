#include "SampleAccounts.h"

namespace hs::test {

using model::Account;
using model::AccountState;
using model::BusyLamp;
using model::Call;
using model::LampState;
using model::MediaTrouble;
using model::RegistrationState;
using model::TransferState;

QList<Account> someAccounts()
{
    Account office;
    office.name = QStringLiteral("office");
    office.displayName = QStringLiteral("Front desk");
    office.user = QStringLiteral("200");
    office.domain = QStringLiteral("pbx.example.com");
    office.isDefault = true;
    office.voicemailNumber = QStringLiteral("*97");
    office.busyLamps = QStringList{QStringLiteral("201"), QStringLiteral("202"),
                                   QStringLiteral("203"), QStringLiteral("204")};
    office.pickupPrefix = QStringLiteral("**");
    Account home;
    home.name = QStringLiteral("home");
    home.user = QStringLiteral("0223880112");
    home.domain = QStringLiteral("sip.provider.example");
    home.transport = model::SipTransport::Tls;
    Account fax;
    fax.name = QStringLiteral("fax");
    fax.user = QStringLiteral("fax");
    fax.domain = QStringLiteral("192.0.2.9");
    fax.registers = false;
    return {office, home, fax};
}

QList<AccountState> someStates()
{
    QList<AccountState> states;
    for (const Account& account : someAccounts()) {
        AccountState state;
        state.name = account.name;
        state.addressOfRecord = account.addressOfRecord();
        state.isDefault = account.isDefault;
        states << state;
    }
    states[0].state = RegistrationState::Registered;
    states[0].registeredUntil = noon + 1800000;
    states[0].server = QStringLiteral("192.0.2.1:5060 UDP");
    states[0].newMessages = 3;
    states[0].oldMessages = 5;
    states[1].state = RegistrationState::Failed;
    states[1].nextTryAt = noon + 25000;
    states[1].sipCode = 403;
    states[1].problem = QStringLiteral("the server refused it: 403 Forbidden. Is the password "
                                       "right?");
    states[1].server = QStringLiteral("198.51.100.7:5061 TLS");
    return states;
}

QList<BusyLamp> someLamps()
{
    const QString office = QStringLiteral("office");
    return {{office, QStringLiteral("201"), LampState::Idle, {}, {}},
            {office, QStringLiteral("202"), LampState::Busy, QStringLiteral("0912 341 234"), {}},
            {office, QStringLiteral("203"), LampState::Ringing, QStringLiteral("Lin Mei-Hua"), {}},
            {office,
             QStringLiteral("204"),
             LampState::Unknown,
             {},
             QStringLiteral("the server does not know this extension: 404 Not Found")}};
}

model::TextMessage someText(const QString& text)
{
    model::TextMessage message;
    message.at = noon - 4000;
    message.account = QStringLiteral("office");
    message.number = QStringLiteral("203");
    message.displayName = QStringLiteral("Jens");
    message.uri = QStringLiteral("sip:203@pbx.example.com");
    message.text = text;
    return message;
}

QList<Call> troubledHour()
{
    QList<Call> calls = busyHour();
    for (Call& call : calls) {
        call.account = QStringLiteral("office");
        call.remoteMedia = QStringLiteral("203.0.113.5:16402");
        if (call.wasAnswered()) {
            call.media.mosReceivedCentis = 432;
            call.media.mosSentCentis = 405;
            call.media.jitterUs = 3800;
            call.media.roundTripUs = 38200;
            call.media.remoteLossPermille = 2;
        }
    }
    calls[0].digitsSent = QStringLiteral("1042#");
    calls[0].digitsReceived = QStringLiteral("7");
    calls[0].trouble = MediaTrouble::FarEndHearsNothing;
    calls[0].troubleSince = noon - 12000;
    calls[1].trouble = MediaTrouble::NothingReceived;
    calls[1].troubleSince = noon - 67000;
    calls[2].transfer = TransferState::Ringing;
    calls[2].transferTarget = QStringLiteral("200");
    calls[3].media.mosReceivedCentis = 281;
    calls[3].transfer = TransferState::Failed;
    calls[3].transferTarget = QStringLiteral("204");
    calls[3].transferCode = 486;
    calls[5].divertedBy = QStringLiteral("201");
    return calls;
}

} // namespace hs::test
