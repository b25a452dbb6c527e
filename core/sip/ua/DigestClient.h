// DigestClient: who we are to the servers of one account, and the challenges they have made: a
// request that follows to the same server carries its credentials at once, with the next nonce
// count (RFC 7616 section 3.3): those of a registrar or a far end only where it goes to whom they
// were meant for (RFC 3261 section 22.2). Nobody but the account's own servers gets anything: whose
// digest a stranger has, their password can be tried at leisure (section 26.1).
// ChallengedRequest: one request's way through challenges, never an endless one.
// Thread: one, the transaction layer's.
#pragma once

#include "base/Random.h"
#include "sip/message/Message.h"
#include "sip/transport/Transport.h"
#include "sip/ua/Digest.h"

#include <map>
#include <memory>
#include <set>
#include <tuple>

namespace hs::sip {

class DigestClient {
public:
    DigestClient(base::Random& random, DigestCredentials credentials);

    void setCredentials(const DigestCredentials& credentials);
    bool hasPassword() const { return !m_credentials.password.isEmpty(); }
    // What stands behind a name that the account was set up with, or that its registrar prescribed
    // (RFC 3608). The last ones count: names move.
    void admitServers(const QList<Hop>& servers);
    bool isServer(const Hop& hop) const { return m_servers.contains(hop.remote.address()); }
    // Takes off what credentials the request has and adds what is known to be wanted there.
    void authorize(Request& request, const Hop& to);

private:
    friend class ChallengedRequest;
    struct Space { // a protection space: one realm of one kind of server
        DigestChallenge challenge;
        std::uint32_t uses = 0;
        QByteArray firstCnonce; // kept for a "-sess" algorithm
        std::uint64_t lastUse = 0; // counted in uses of any
    };
    // Which header answers it, the realm, for WWW-Authenticate whom the request was for, and where
    // the challenge came from.
    using SpaceKey = std::tuple<HeaderId, QByteArray, QByteArray, base::Endpoint>;
    static QByteArray recipient(const Request& request);

    void remember(const SpaceKey& key, const DigestChallenge& challenge);

    base::Random& m_random;
    DigestCredentials m_credentials;
    QList<base::IpAddress> m_servers; // the oldest first
    std::map<SpaceKey, Space> m_spaces;
    std::uint64_t m_uses = 0;
};

class ChallengedRequest {
public:
    enum class Verdict {
        TryAgain, // the request has its credentials; it wants a new CSeq and branch
        NoCredentials, // there is no account, or no password
        Stranger, // who asks is no server of the account
        WrongPassword, // they were refused
        Unanswerable, // nothing in the challenge that we can do
    };

    explicit ChallengedRequest(std::shared_ptr<DigestClient> client);

    bool hasClient() const { return m_client != nullptr; }
    // Before it goes there, for the first time or after another hop has failed.
    void prepare(Request& request, const Hop& to);
    // The challenge of the server at that hop, or of one behind it.
    Verdict answer(Request& request, const Response& challenge, const Hop& by);

    // What a person should read: "the server 'pbx' refuses user name or password".
    static QString sentence(Verdict verdict, const Response& challenge);

private:
    Verdict answerSpace(const DigestClient::SpaceKey& key, const QList<DigestChallenge>& offered);

    std::shared_ptr<DigestClient> m_client; // may be null
    // Where this request has answered a challenge: who refuses that refuses the password.
    std::set<DigestClient::SpaceKey> m_answered;
    int m_rounds = 0;
};

} // namespace hs::sip
