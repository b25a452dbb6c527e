// Account: a place at a PBX or a provider: how to register there and call through it (one
// [account NAME] section of the configuration), and how that is going. Thread: values.
#pragma once

#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>

#include <chrono>

namespace hs::model {

enum class SipTransport { Auto, Udp, Tcp, Tls }; // Auto: as DNS says (RFC 3263), else UDP
enum class DtmfMethod { Auto, Rfc4733, Info, InBand }; // Auto: RFC 4733 if negotiated, else INFO

// Every codec that can be spoken, by its name in SDP, in the order of choice when nothing else is
// configured: the better it sounds, the sooner.
inline QStringList allCodecs()
{
    return {QStringLiteral("opus"), QStringLiteral("G722"), QStringLiteral("PCMA"),
            QStringLiteral("PCMU")};
}

struct Account {
    QString name; // of the section; unique, never empty
    QString displayName; // in From
    QString user; // user part of the address of record
    QString authUser; // empty: user
    QString domain; // of the address of record: "example.com"
    QString registrar; // HOST[:PORT]; empty: the domain
    QString outboundProxy; // HOST[:PORT]; empty: none
    SipTransport transport = SipTransport::Auto;
    std::chrono::seconds expires{600}; // 60..86400, what we ask for
    bool registers = true; // no: calls only
    bool isDefault = false; // numbers are dialled by it
    QString passwordFile; // empty: keyring, else the secrets file
    DtmfMethod dtmf = DtmfMethod::Auto;
    QString voicemailNumber; // what is dialled to hear messages; empty: none
    QStringList busyLamps; // extensions or sip: URIs that are watched (RFC 4235)
    QStringList codecs; // of allCodecs(), in order of choice; empty: those of the settings
    QString pickupPrefix; // dialled before a ringing extension where Replaces can't be used: "**"

    QString addressOfRecord() const { return user + u'@' + domain; }
    friend bool operator==(const Account&, const Account&) = default;
};

enum class RegistrationState {
    Off, // it does not register, or was told not to
    Registering, // the first time, or again after a failure
    Registered,
    Reachable, // it does not register, and its server answers
    Failed, // it is tried again at nextTryAt; never, if that is 0
    Unregistering
};

struct AccountState {
    QString name; // of the account
    QString addressOfRecord;
    bool isDefault = false;
    RegistrationState state = RegistrationState::Off;
    qint64 registeredUntil = 0; // UTC ms; 0: not registered
    qint64 nextTryAt = 0; // UTC ms; 0: none is planned
    int sipCode = 0; // of the last failure; 0: it was none of SIP
    QString problem; // a sentence; empty while all is well
    QString server; // asked last: "192.0.2.1:5060 TLS"; until its name is found, as configured
    // Message waiting (RFC 3842); -1: not told.
    int newMessages = -1;
    int oldMessages = -1;

    friend bool operator==(const AccountState&, const AccountState&) = default;
};

// One busy lamp (RFC 4235).
enum class LampState { Unknown, Idle, Ringing, Busy };

struct BusyLamp {
    QString account;
    QString extension; // as configured
    LampState state = LampState::Unknown;
    QString caller; // who rings there or is talked to, as far as the server says
    QString problem; // why it is unknown, a sentence

    friend bool operator==(const BusyLamp&, const BusyLamp&) = default;
};

} // namespace hs::model

Q_DECLARE_METATYPE(hs::model::AccountState)
Q_DECLARE_METATYPE(hs::model::BusyLamp)
