// The proxy between two ends of a virtual network: what goes where, over good and bad lines and
// through a NAT, and what it is told in JSON.
#include "support/VirtualNetwork.h"
#include "tools/impairing_proxy/ProxyControl.h"

#include <QJsonDocument>
#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;
using base::Endpoint;

class UdpProxyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void carriesBothWays();
    void nothingGoesToNobody();
    void impairsEachWayByItself();
    void leavesRtcpOut();
    void symmetricNat();
    void rebinding();
    void optionsAreRead();
    void wrongOptions_data();
    void wrongOptions();
    void orders_data();
    void orders();
    void wrongOrderChangesNothing();
};

namespace {

Endpoint at(int port)
{
    return {base::IpAddress::loopbackV4(), static_cast<std::uint16_t>(port)};
}

struct End {
    struct Came {
        QByteArray bytes;
        Endpoint from;
        base::TimePoint at{};
    };
    End(ManualScheduler& scheduler, VirtualNetwork& network, int port)
        : socket(std::move(network.bindNotifying(at(port))).value())
    {
        socket->setReadable([this, &scheduler] {
            std::array<std::byte, 100> buffer{};
            base::IncomingDatagram slot{buffer};
            while (socket->receive({&slot, 1}) == 1) {
                came.append(
                    {QByteArray(reinterpret_cast<const char*>(buffer.data()), qsizetype(slot.size)),
                     slot.source, scheduler.clock().now()});
            }
        });
    }
    void send(const Endpoint& to, const QByteArray& bytes = "x")
    {
        const base::OutgoingDatagram out{
            std::as_bytes(std::span(bytes.constData(), std::size_t(bytes.size()))), to, {}};
        socket->send({&out, 1});
    }
    std::unique_ptr<base::NotifyingDatagramSocket> socket;
    QList<Came> came;
};

struct Rig {
    explicit Rig(const UdpProxy::Options& options = {}, bool knowsEnds = true)
        : proxy(std::move(UdpProxy::make(network, scheduler, options)).value())
    {
        if (knowsEnds) {
            proxy->setNear(at(31000));
            proxy->setFar(at(4000));
        }
    }
    void run(base::Duration time = 1ms) { scheduler.advance(time); }
    static Endpoint rtcpOf(const Endpoint& rtp)
    {
        return {rtp.address(), static_cast<std::uint16_t>(rtp.port() + 1)};
    }

    ManualScheduler scheduler;
    VirtualNetwork network{scheduler};
    End near{scheduler, network, 31000};
    End nearRtcp{scheduler, network, 31001};
    End far{scheduler, network, 4000};
    End farRtcp{scheduler, network, 4001};
    std::unique_ptr<UdpProxy> proxy;
};

UdpProxy::Options withNat()
{
    UdpProxy::Options options;
    options.nat = NatRules::symmetric();
    return options;
}

} // namespace

void UdpProxyTest::carriesBothWays()
{
    Rig rig;
    QCOMPARE(rig.proxy->nearPort().port() % 2, 0);
    QCOMPARE(rig.proxy->farPort().port() % 2, 0);
    rig.near.send(rig.proxy->nearPort(), "to far");
    rig.far.send(rig.proxy->farPort(), "to near");
    rig.nearRtcp.send(Rig::rtcpOf(rig.proxy->nearPort()), "report");
    rig.farRtcp.send(Rig::rtcpOf(rig.proxy->farPort()), "report");
    rig.run();
    QCOMPARE(rig.far.came.size(), 1);
    QCOMPARE(rig.far.came[0].bytes, "to far");
    QCOMPARE(rig.far.came[0].from, rig.proxy->farPort()); // RFC 4961: where it sends to
    QCOMPARE(rig.near.came.size(), 1);
    QCOMPARE(rig.near.came[0].bytes, "to near");
    QCOMPARE(rig.near.came[0].from, rig.proxy->nearPort());
    QCOMPARE(rig.nearRtcp.came.size(), 1);
    QCOMPARE(rig.nearRtcp.came[0].from, Rig::rtcpOf(rig.proxy->nearPort()));
    QCOMPARE(rig.farRtcp.came.size(), 1);
}

void UdpProxyTest::nothingGoesToNobody()
{
    Rig rig({}, false);
    rig.near.send(rig.proxy->nearPort());
    rig.far.send(rig.proxy->farPort());
    rig.run();
    QVERIFY(rig.far.came.isEmpty() && rig.near.came.isEmpty());
    QCOMPARE(rig.proxy->toFar().counts().sent, std::uint64_t(0));
}

void UdpProxyTest::impairsEachWayByItself()
{
    UdpProxy::Options options;
    options.toNear.loss = 1;
    options.toFar.delay = 70ms;
    options.toFar.duplicates = 1;
    options.toFar.duplicateAfter = 10ms;
    Rig rig(options);
    const base::TimePoint sent = rig.scheduler.clock().now();
    rig.near.send(rig.proxy->nearPort());
    rig.far.send(rig.proxy->farPort());
    rig.run(200ms);
    QVERIFY(rig.near.came.isEmpty());
    QCOMPARE(rig.far.came.size(), 2);
    QCOMPARE(rig.far.came[0].at - sent, base::Duration(70ms));
    QCOMPARE(rig.far.came[1].at - sent, base::Duration(80ms));
}

void UdpProxyTest::leavesRtcpOut()
{
    UdpProxy::Options options;
    options.carriesRtcp = false;
    Rig rig(options);
    rig.nearRtcp.send(Rig::rtcpOf(rig.proxy->nearPort()));
    rig.farRtcp.send(Rig::rtcpOf(rig.proxy->farPort()));
    rig.near.send(rig.proxy->nearPort());
    rig.run();
    QVERIFY(rig.nearRtcp.came.isEmpty() && rig.farRtcp.came.isEmpty());
    QCOMPARE(rig.far.came.size(), 1);
}

void UdpProxyTest::symmetricNat()
{
    Rig rig(withNat());
    rig.near.send(rig.proxy->nearPort()); // as the SDP has it: nobody is there
    rig.run();
    QVERIFY(rig.far.came.isEmpty());
    rig.far.send(rig.proxy->farPort());
    rig.farRtcp.send(Rig::rtcpOf(rig.proxy->farPort()));
    rig.run();
    QCOMPARE(rig.near.came.size(), 1);
    QCOMPARE(rig.nearRtcp.came.size(), 1);
    const Endpoint outside = rig.near.came[0].from;
    const Endpoint outsideRtcp = rig.nearRtcp.came[0].from;
    QVERIFY(outside != rig.proxy->nearPort() && outside != outsideRtcp);
    rig.near.send(outside);
    rig.nearRtcp.send(outsideRtcp);
    rig.nearRtcp.send(outside); // from where it was not sent to
    rig.run();
    QCOMPARE(rig.far.came.size(), 1);
    QCOMPARE(rig.far.came[0].from, rig.proxy->farPort());
    QCOMPARE(rig.farRtcp.came.size(), 1);
    QCOMPARE(rig.farRtcp.came[0].from, Rig::rtcpOf(rig.proxy->farPort()));
    QCOMPARE(rig.proxy->nat()->refused(), std::uint64_t(1));
}

void UdpProxyTest::rebinding()
{
    Rig rig(withNat());
    rig.far.send(rig.proxy->farPort());
    rig.run();
    const Endpoint before = rig.near.came.last().from;
    rig.proxy->nat()->rebind();
    rig.near.send(before);
    rig.run();
    QVERIFY(rig.far.came.isEmpty());
    rig.far.send(rig.proxy->farPort());
    rig.run();
    const Endpoint after = rig.near.came.last().from;
    QVERIFY(after != before);
    rig.near.send(after);
    rig.run();
    QCOMPARE(rig.far.came.size(), 1);
}

void UdpProxyTest::optionsAreRead()
{
    const auto options = ProxyControl::options(
        QJsonDocument::fromJson(
            R"({"to_near": {"loss": 0.05}, "to_far": {"delay_ms": 7}, "rtcp": false, "seed": 9,
                "nat": {"mapping": "independent", "filtering": "address", "timeout_ms": 30000}})")
            .object());
    QVERIFY(options);
    QCOMPARE(options->toNear.loss, 0.05);
    QCOMPARE(options->toFar.delay, base::Duration(7ms));
    QCOMPARE(options->carriesRtcp, false);
    QCOMPARE(options->seed, std::uint64_t(9));
    QVERIFY(options->nat->mapping == NatRules::Behaviour::EndpointIndependent);
    QVERIFY(options->nat->filtering == NatRules::Behaviour::AddressDependent);
    QCOMPARE(options->nat->timeout, base::Duration(30s));
}

void UdpProxyTest::wrongOptions_data()
{
    QTest::addColumn<QByteArray>("json");
    for (const char* json : {R"({"to_near": {"los": 0.05}})", R"({"nat": {"mapping": "wild"}})",
                             R"({"nat": {"timeout_ms": 0}})", R"({"rtcp": 1})", R"({"port": 5})",
                             R"({"seed": "x"})"}) {
        QTest::newRow(json) << QByteArray(json);
    }
}

void UdpProxyTest::wrongOptions()
{
    QFETCH(QByteArray, json);
    QVERIFY(!ProxyControl::options(QJsonDocument::fromJson(json).object()));
}

void UdpProxyTest::orders_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("answer");
    const auto row = [](const char* line, const char* answer) {
        QTest::newRow(line) << QByteArray(line) << QByteArray(answer);
    };
    row(R"({"near": "127.0.0.1:31000"})", R"({"ok":true})");
    row(R"({"near": "127.0.0.1:4000", "to_far": {"loss": 1}})", R"({"ok":true})");
    row(R"({"rebind": true})", R"({"ok":true})");
    row(R"({"near": "here"})", R"({"error":"near: this should be ADDRESS:PORT"})");
    row(R"({"far": "127.0.0.1:0"})", R"({"error":"far: this should be ADDRESS:PORT"})");
    row(R"({"to_far": {"loss": 2}})", R"({"error":"loss: this should be a number from 0 to 1"})");
    row(R"({"jump": 1})", R"({"error":"jump: there is no such order"})");
    row(R"(near)", R"({"error":"this is no JSON object"})");
    row(R"({"statistics": true})",
        R"({"nat":{"mappings":0,"refused":0},)"
        R"("to_far":{"bursts":0,"duplicated":0,"lost":0,"reordered":0,"sent":0},)"
        R"("to_near":{"bursts":0,"duplicated":0,"lost":0,"reordered":0,"sent":0}})");
}

void UdpProxyTest::orders()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, answer);
    Rig rig(withNat());
    ProxyControl control(*rig.proxy);
    QCOMPARE(QJsonDocument(control.obey(line)).toJson(QJsonDocument::Compact), answer);
}

void UdpProxyTest::wrongOrderChangesNothing()
{
    Rig rig;
    ProxyControl control(*rig.proxy);
    control.obey(R"({"far": "127.0.0.1:5000", "to_far": {"loss": 2}})");
    QCOMPARE(rig.proxy->farEnd(), at(4000));
    control.obey(R"({"far": "127.0.0.1:5000", "to_far": {"loss": 1}})");
    QCOMPARE(rig.proxy->farEnd(), at(5000));
    QCOMPARE(rig.proxy->toFar().impairments().loss, 1.0);
}

QTEST_GUILESS_MAIN(UdpProxyTest)
#include "tst_udp_proxy.moc"
