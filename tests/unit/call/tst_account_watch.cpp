// Messages that wait and lamps of an account: when they are asked for, again after an end by hand,
// and what is said where the server tells nothing.
#include "AccountsFixture.h"

#include <QRegularExpression>
#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;
using model::LampState;

class AccountWatchTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void beginAgainAfterAnEndByHand();
    void beginAgainThoughTheEndIsNotAnswered();
    void refusalsAreSaid_data();
    void refusalsAreSaid();
    void withoutRegistrationNobodyTells();
    void refusedPasswordWaitsThroughANetworkChange();
    void refusedPasswordIsTriedWhenTheOperatorActs();
};

namespace {
const QByteArray challenge =
    "WWW-Authenticate: Digest realm=\"pbx\", nonce=\"n\", qop=\"auth\"\r\n";

struct Watching : AccountsFixture {
    Watching()
    {
        passwords[QStringLiteral("office")] = QStringLiteral("secret");
        model::Account office = account("office", "100", "office.example");
        office.busyLamps = QStringList{QStringLiteral("201")};
        set({office});
        requests = f.peer.takeRequests();
    }
    // What came of that method, answered with that; the rest stays.
    QList<sip::Request> answer(const QByteArray& method, int code, const QByteArray& more = {})
    {
        QList<sip::Request> answered;
        requests << f.peer.takeRequests();
        for (const sip::Request& request : std::exchange(requests, {})) {
            if (request.method != method) {
                requests << request;
                continue;
            }
            answered << request;
            const QList<sip::NameAddr> contacts = request.contacts();
            const QByteArray contact = method == "REGISTER"
                ? "Contact: <" + contacts.value(0).uri.toBytes()
                    + ">;expires=" + contacts.value(0).params.unquoted("expires") + "\r\n"
                : QByteArray();
            f.peer.send(replyTo(request, code, "srv", contact + more));
        }
        f.run();
        return answered;
    }
    void notify(const sip::Request& subscribe, const QByteArray& state, const QByteArray& type,
                const QByteArray& body)
    {
        const QByteArray number = QByteArray::number(++m_notified);
        f.peer.send("NOTIFY sip:100@[target] SIP/2.0\nVia: SIP/2.0/UDP [local];branch=z9hG4bKn"
                    + number
                    + ";rport\nMax-Forwards: 70\nFrom: <sip:x@office.example>;tag=srv\nTo: "
                    + *subscribe.headers.first("From") + "\nCall-ID: " + subscribe.callId()
                    + "\nCSeq: " + number + " NOTIFY\nContact: <sip:srv@192.0.2.9>\nEvent: "
                    + *subscribe.headers.first("Event") + "\nSubscription-State: " + state
                    + "\nContent-Type: " + type + "\nContent-Length: [len]\n\n" + body);
        f.run();
        f.peer.takeResponses();
    }
    void tellAll(const QList<sip::Request>& subscribes)
    {
        for (const sip::Request& subscribe : subscribes) {
            if (subscribe.headers.first("Event") == QByteArrayView("dialog")) {
                notify(subscribe, "active;expires=600", "application/dialog-info+xml",
                       "<?xml version=\"1.0\"?><dialog-info "
                       "xmlns=\"urn:ietf:params:xml:ns:dialog-info\" version=\"1\" state=\"full\" "
                       "entity=\"sip:201@office.example\"></dialog-info>");
            } else {
                notify(subscribe, "active;expires=600", "application/simple-message-summary",
                       "Messages-Waiting: yes\r\nVoice-Message: 2/1\r\n");
            }
        }
    }
    model::BusyLamp lamp() const { return accounts.lamps().value(0); }

    QList<sip::Request> requests;

private:
    int m_notified = 0;
};

// Registered, and told of both.
struct Told : Watching {
    Told()
    {
        answer("REGISTER", 200);
        tellAll(answer("SUBSCRIBE", 200, "Expires: 600\r\n"));
    }
};
} // namespace

void AccountWatchTest::beginAgainAfterAnEndByHand()
{
    Told f;
    QCOMPARE(f.lamp().state, LampState::Idle);
    QCOMPARE(f.state("office").newMessages, 2);
    QVERIFY(f.accounts.unregister(QStringLiteral("office")));
    f.f.run();
    QCOMPARE(f.answer("SUBSCRIBE", 481).size(), 2);
    QCOMPARE(f.answer("REGISTER", 200).size(), 1);
    QCOMPARE(f.lamp().state, LampState::Unknown);
    QCOMPARE(f.state("office").newMessages, -1); // nobody tells any more
    QVERIFY(f.accounts.registerNow(QStringLiteral("office")));
    f.f.run();
    QCOMPARE(f.answer("REGISTER", 200).size(), 1);
    const QList<sip::Request> again = f.answer("SUBSCRIBE", 200, "Expires: 600\r\n");
    QCOMPARE(again.size(), 2);
    f.tellAll(again);
    QCOMPARE(f.lamp().state, LampState::Idle);
    QCOMPARE(f.state("office").newMessages, 2);
}

void AccountWatchTest::beginAgainThoughTheEndIsNotAnswered()
{
    Told f;
    QVERIFY(f.accounts.unregister(QStringLiteral("office")));
    QVERIFY(f.accounts.registerNow(QStringLiteral("office")));
    f.f.run();
    f.requests << f.f.peer.takeRequests();
    const QList<sip::Request> ends = f.answer("REGISTER", 200);
    QCOMPARE(ends.value(0).expires(), std::optional<quint32>(0));
    const QList<sip::Request> anew = f.answer("REGISTER", 200);
    QCOMPARE(anew.size(), 1);
    QVERIFY(anew.first().expires() != std::optional<quint32>(0));
    QCOMPARE(f.state("office").state, model::RegistrationState::Registered);
    QCOMPARE(f.answer("SUBSCRIBE", 481).size(), 2); // the ends, only now
    const QList<sip::Request> again = f.answer("SUBSCRIBE", 200, "Expires: 600\r\n");
    QCOMPARE(again.size(), 2);
    f.tellAll(again);
    QCOMPARE(f.lamp().state, LampState::Idle);
}

void AccountWatchTest::refusalsAreSaid_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("words");
    QTest::newRow("6665 8.3.2 489") << 489 << QStringLiteral("does not offer the event 'dialog'");
    QTest::newRow("403") << 403 << QStringLiteral("does not let us watch");
    QTest::newRow("404") << 404 << QStringLiteral("knows no");
}

void AccountWatchTest::refusalsAreSaid()
{
    QFETCH(int, code);
    QFETCH(QString, words);
    Watching f;
    QList<model::BusyLamp> told;
    QObject::connect(&f.accounts, &call::Accounts::lampsChanged, &f.accounts,
                     [&told](const QList<model::BusyLamp>& lamps) { told = lamps; });
    f.answer("REGISTER", 200);
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(QStringLiteral("office can't watch 201.*") + words));
    f.answer("SUBSCRIBE", code);
    QCOMPARE(f.lamp().state, LampState::Unknown);
    QVERIFY2(f.lamp().problem.contains(words), qPrintable(f.lamp().problem));
    QCOMPARE(told, f.accounts.lamps());
}

void AccountWatchTest::withoutRegistrationNobodyTells()
{
    Watching f;
    f.answer("REGISTER", 404);
    QCOMPARE(f.lamp().state, LampState::Unknown);
    QVERIFY2(f.lamp().problem.contains(u"is not registered"), qPrintable(f.lamp().problem));
    model::Account silent = silentAccount("office", "100", "office.example");
    silent.busyLamps = QStringList{QStringLiteral("201")};
    f.set({silent});
    QVERIFY2(f.lamp().problem.contains(u"does not register"), qPrintable(f.lamp().problem));
}

void AccountWatchTest::refusedPasswordWaitsThroughANetworkChange()
{
    Watching f;
    f.answer("REGISTER", 200);
    f.answer("SUBSCRIBE", 401, challenge);
    f.answer("SUBSCRIBE", 401, challenge);
    QCOMPARE(f.f.peer.waiting(), 0);
    f.accounts.networkChanged();
    f.f.run();
    QCOMPARE(f.answer("REGISTER", 200).size(), 1);
    QVERIFY(f.answer("SUBSCRIBE", 200).isEmpty());
}

void AccountWatchTest::refusedPasswordIsTriedWhenTheOperatorActs()
{
    Watching f;
    f.answer("REGISTER", 200);
    f.answer("SUBSCRIBE", 401, challenge);
    f.answer("SUBSCRIBE", 401, challenge);
    f.accounts.passwordChanged(QStringLiteral("office"));
    f.f.run();
    QCOMPARE(f.answer("SUBSCRIBE", 200, "Expires: 600\r\n").size(), 2);
}

QTEST_GUILESS_MAIN(AccountWatchTest)
#include "tst_account_watch.moc"
