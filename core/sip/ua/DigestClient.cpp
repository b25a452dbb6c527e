#include "sip/ua/DigestClient.h"

#include "base/Text.h"

#include <algorithm>

namespace hs::sip {

namespace {
constexpr int cnonceCharacters = 20;
// A proxy and the far end behind it may both ask, each once more with a fresh nonce.
constexpr int mostRounds = 4;
// Realms are named by servers; more than a few of them are a joke at our cost.
constexpr std::size_t mostRealms = 8; // in one challenge
constexpr std::size_t mostSpaces = 16;
// Addresses of one account's names; a cloud may have many of them.
constexpr qsizetype mostServers = 64;

bool isStronger(const DigestChallenge& one, const DigestChallenge& other)
{
    return one.hash() == QCryptographicHash::Sha256 && other.hash() != QCryptographicHash::Sha256;
}

HeaderId challengeHeader(const Response& challenge)
{
    return challenge.statusCode == 407 ? HeaderId::ProxyAuthenticate : HeaderId::WwwAuthenticate;
}
} // namespace

DigestClient::DigestClient(base::Random& random, DigestCredentials credentials)
    : m_random(random)
    , m_credentials(std::move(credentials))
{
}

void DigestClient::setCredentials(const DigestCredentials& credentials)
{
    m_credentials = credentials;
    m_spaces.clear();
}

void DigestClient::admitServers(const QList<Hop>& servers)
{
    for (const Hop& server : servers) {
        m_servers.removeOne(server.remote.address());
        m_servers.append(server.remote.address());
    }
    if (m_servers.size() > mostServers) {
        m_servers.remove(0, m_servers.size() - mostServers);
    }
}

void DigestClient::remember(const SpaceKey& key, const DigestChallenge& challenge)
{
    if (m_spaces.size() >= mostSpaces && !m_spaces.contains(key)) {
        // Not all: others may be of this very challenge, whose answer would lack them.
        m_spaces.erase(std::min_element(m_spaces.begin(), m_spaces.end(),
                                        [](const auto& one, const auto& other) {
                                            return one.second.lastUse < other.second.lastUse;
                                        }));
    }
    m_spaces[key] = {challenge, 0, m_random.token(cnonceCharacters), ++m_uses};
}

// A proxy takes its Proxy-Authorization away; an Authorization goes on to the far end, who could
// try passwords on it at leisure. What the registrar asked for is therefore nobody else's.
QByteArray DigestClient::recipient(const Request& request)
{
    const std::optional<NameAddr> to = request.to();
    const QByteArray address = to ? to->uri.user + '@' + to->uri.host : QByteArray("@");
    return base::toLower(address);
}

void DigestClient::authorize(Request& request, const Hop& to)
{
    request.headers.remove(HeaderId::Authorization);
    request.headers.remove(HeaderId::ProxyAuthorization);
    if (!hasPassword() || !isServer(to)) {
        return;
    }
    const QByteArray party = recipient(request);
    for (auto& [key, space] : m_spaces) {
        const auto& [header, realm, meantFor, server] = key;
        if (server != to.remote || (!meantFor.isEmpty() && meantFor != party)) {
            continue;
        }
        space.lastUse = ++m_uses;
        // RFC 7616 section 3.4.2: the key of a session is made of its first cnonce. A server that
        // makes it anew each time is content with the same one too.
        const QByteArray cnonce =
            space.challenge.isSession() ? space.firstCnonce : m_random.token(cnonceCharacters);
        const DigestInput input{request.method, request.requestUri, request.body, cnonce,
                                ++space.uses};
        request.headers.add(header, digestAuthorization(space.challenge, m_credentials, input));
    }
}

ChallengedRequest::ChallengedRequest(std::shared_ptr<DigestClient> client)
    : m_client(std::move(client))
{
}

void ChallengedRequest::prepare(Request& request, const Hop& to)
{
    if (m_client) {
        m_client->authorize(request, to);
    }
}

ChallengedRequest::Verdict ChallengedRequest::answer(Request& request, const Response& challenge,
                                                     const Hop& by)
{
    if (!m_client || !m_client->hasPassword()) {
        return Verdict::NoCredentials;
    }
    // RFC 3261 section 22.1 leaves it to the client to know whom it trusts. The realm proves
    // nothing: whoever asks may write any. What an own server passes on from behind it (section
    // 22.3) is answered: it speaks for the account.
    if (!m_client->isServer(by)) {
        return Verdict::Stranger;
    }
    if (++m_rounds > mostRounds) {
        return Verdict::WrongPassword;
    }
    const bool byProxy = challenge.statusCode == 407;
    const QByteArray to = byProxy ? QByteArray() : DigestClient::recipient(request);
    const HeaderId answerHeader = byProxy ? HeaderId::ProxyAuthorization : HeaderId::Authorization;
    std::map<QByteArray, QList<DigestChallenge>> byRealm;
    for (const QByteArrayView value : challenge.headers.all(challengeHeader(challenge))) {
        const std::optional<DigestChallenge> parsed = DigestChallenge::parse(value);
        // RFC 8760 section 2.4: what we can't do is passed over, a later one may do.
        if (parsed && parsed->isAnswerable() && byRealm.size() < mostRealms) {
            byRealm[parsed->realm].append(*parsed);
        }
    }
    if (byRealm.empty()) {
        return Verdict::Unanswerable;
    }
    for (const auto& [realm, offered] : byRealm) {
        const Verdict verdict = answerSpace({answerHeader, realm, to, by.remote}, offered);
        if (verdict != Verdict::TryAgain) {
            return verdict;
        }
    }
    m_client->authorize(request, by);
    return Verdict::TryAgain;
}

ChallengedRequest::Verdict ChallengedRequest::answerSpace(const DigestClient::SpaceKey& key,
                                                          const QList<DigestChallenge>& offered)
{
    DigestChallenge best = offered.first();
    for (const DigestChallenge& other : offered) {
        if (isStronger(other, best)) {
            best = other; // never let ourselves be talked down to MD5
        }
    }
    // A nonce that this very request got and answered is refused: so is the password, unless the
    // server says that it was only too old. (A nonce of an earlier request may have run out without
    // a word of stale: FRITZ!Box and Asterisk.)
    if (m_answered.contains(key) && !best.stale) {
        m_client->m_spaces.erase(key); // a later request asks first: each try counts there
        return Verdict::WrongPassword;
    }
    m_answered.insert(key);
    m_client->remember(key, best);
    return Verdict::TryAgain;
}

QString ChallengedRequest::sentence(Verdict verdict, const Response& challenge)
{
    QString realm;
    if (const auto value = challenge.headers.first(challengeHeader(challenge))) {
        if (const auto parsed = DigestChallenge::parse(*value)) {
            realm = base::printable(parsed->realm, 80);
        }
    }
    switch (verdict) {
    case Verdict::NoCredentials:
        return QStringLiteral("the server asks for a password for '%1', and none is known: set the "
                              "account's password")
            .arg(realm);
    case Verdict::Stranger:
        return QStringLiteral("somebody who is no server of the account asks for a password for "
                              "'%1'; the account's is for its own servers only")
            .arg(realm);
    case Verdict::WrongPassword:
        return QStringLiteral("the server refuses user name or password for '%1'").arg(realm);
    case Verdict::Unanswerable:
        return QStringLiteral("the server asks for a kind of authentication that Hookswitch does "
                              "not have (it has Digest with MD5 and SHA-256)");
    case Verdict::TryAgain:
        break;
    }
    return {};
}

} // namespace hs::sip
