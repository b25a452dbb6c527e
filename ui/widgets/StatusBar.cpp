#include "ui/widgets/StatusBar.h"

#include "ui/Formatting.h"
#include "ui/theme/SymbolicIcon.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>
#include <QToolButton>

namespace hs::ui {

namespace {
constexpr int gap = 8; // QStatusBar's between parts, and a little
}

StatusBar::StatusBar(QWidget* parent)
    : QStatusBar(parent)
    , m_sip(addPart(QStringLiteral("statusSip"), tr("SIP")))
    , m_accounts(makeButton(QStringLiteral("statusAccounts"), QStringLiteral("account")))
    , m_server(addPart(QStringLiteral("statusServer"), tr("Server")))
    , m_programs(addPart(QStringLiteral("statusPrograms"), tr("Programs")))
    , m_rtp(addPart(QStringLiteral("statusRtp"), tr("RTP ports")))
    , m_calls(addPart(QStringLiteral("statusCalls"), tr("Calls")))
    , m_missed(makeButton(QStringLiteral("missedBadge"), QStringLiteral("call-missed")))
    , m_voiceMail(makeButton(QStringLiteral("statusVoiceMail"), QStringLiteral("voicemail")))
{
    setSizeGripEnabled(false);
    setAccessibleName(tr("Status"));
    insertWidget(1, m_accounts); // beside where it can be reached
    m_missed->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_missed->setProperty("flat", {});
    addPermanentWidget(m_missed);
    addPermanentWidget(m_voiceMail);
    m_missed->setToolTip(tr("Missed calls that you have not marked as seen. Click to see them."));
    connect(m_missed, &QToolButton::clicked, this, &StatusBar::missedRequested);
    connect(m_accounts, &QToolButton::clicked, this, &StatusBar::accountsRequested);
    connect(m_voiceMail, &QToolButton::clicked, this, &StatusBar::voiceMailRequested);
    setAccounts({}, false, {});
    setNewMessages({});
    setMissed(0);
    setStatus({});
}

StatusBar::Part StatusBar::addPart(const QString& name, const QString& caption)
{
    auto* box = new QWidget(this);
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(10, 3, 8, 3);
    row->setSpacing(6);
    auto* captionLabel = new QLabel(caption, box);
    captionLabel->setObjectName(QStringLiteral("secondary"));
    auto* value = new QLabel(box);
    value->setObjectName(name);
    value->setTextFormat(Qt::PlainText);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    row->addWidget(captionLabel);
    row->addWidget(value);
    addWidget(box);
    return {box, captionLabel, value};
}

QToolButton* StatusBar::makeButton(const QString& name, const QString& icon)
{
    auto* button = new QToolButton(this);
    button->setObjectName(name);
    button->setProperty("flat", true);
    button->setIcon(symbolicIcon(icon));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

QSize StatusBar::minimumSizeHint() const
{
    return {0, QStatusBar::minimumSizeHint().height()};
}

void StatusBar::resizeEvent(QResizeEvent* event)
{
    QStatusBar::resizeEvent(event);
    fit();
}

void StatusBar::fit()
{
    const auto widthOf = [](const QWidget* part) { return part->sizeHint().width() + gap; };
    QList<QWidget*> shedFirst{m_rtp.box, m_programs.box, m_calls.box};
    m_server.box->setVisible(m_hasServer); // accounts say what there is without one
    if (m_hasServer) {
        shedFirst.prepend(m_server.box);
    }
    int needed = widthOf(m_sip.box) + widthOf(m_accounts);
    needed += m_voiceMail->text().isEmpty() ? 0 : widthOf(m_voiceMail);
    needed += m_missed->text().isEmpty() ? 0 : widthOf(m_missed);
    for (const QWidget* part : std::as_const(shedFirst)) {
        needed += widthOf(part);
    }
    for (QWidget* part : std::as_const(shedFirst)) {
        const bool room = needed <= width();
        part->setVisible(room);
        needed -= room ? 0 : widthOf(part);
    }
}

void StatusBar::setAccounts(const QString& summary, bool bad, const QString& toolTip)
{
    m_accounts->setText(summary);
    m_accounts->setAccessibleName(tr("Accounts: %1").arg(summary));
    m_accounts->setToolTip(toolTip.isEmpty() ? tr("Click to add an account.")
                                             : Formatting::toolTip(toolTip));
    m_accounts->setIcon(symbolicIcon(bad ? QStringLiteral("warning") : QStringLiteral("account")));
    if (m_accounts->property("bad").toBool() != bad) {
        m_accounts->setProperty("bad", bad);
        m_accounts->style()->unpolish(m_accounts);
        m_accounts->style()->polish(m_accounts);
    }
    fit();
}

void StatusBar::setNewMessages(const QString& words)
{
    m_voiceMail->setText(words);
    m_voiceMail->setAccessibleName(words.isEmpty() ? tr("Voice mail") : words);
    m_voiceMail->setToolTip(tr("Click to listen to them: calls the voice mail number."));
    m_voiceMail->setVisible(!words.isEmpty());
    fit();
}

void StatusBar::setMissed(int missed)
{
    const QString words = missed == 0 ? QString()
        : missed == 1                 ? tr("1 missed call")
                                      : tr("%n missed calls", nullptr, missed);
    m_missed->setText(words);
    m_missed->setAccessibleName(words);
    m_missed->setVisible(missed > 0);
    fit();
}

void StatusBar::set(const Part& part, const QString& value, bool bad)
{
    part.value->setText(value);
    part.value->setAccessibleName(part.caption->text() + QStringLiteral(": ") + value);
    if (part.value->property("bad").toBool() != bad) {
        part.value->setProperty("bad", bad);
        part.value->style()->unpolish(part.value);
        part.value->style()->polish(part.value);
    }
    fit();
}

void StatusBar::setStatus(const model::EngineStatus& status)
{
    const bool sipUp = !status.sipAddress.isEmpty();
    set(m_sip, sipUp ? Formatting::plain(status.sipAddress) : tr("down"), !sipUp);
    m_hasServer = !status.sipServer.isEmpty();
    set(m_server, status.sipServer.isEmpty() ? tr("none") : Formatting::plain(status.sipServer),
        false);
    m_webSocketAddress = Formatting::plain(status.webSocketAddress);
    refreshPrograms();
    const bool full = status.rtpPortsTotal > 0 && status.rtpPortsUsed >= status.rtpPortsTotal;
    const QString ports =
        tr("%1 of %2", "RTP ports in use").arg(status.rtpPortsUsed).arg(status.rtpPortsTotal);
    set(m_rtp, full ? tr("%1, all in use").arg(ports) : ports, full);
    set(m_calls, tr("%1 live").arg(status.liveCalls), false);
}

void StatusBar::setPrograms(int count)
{
    m_count = count;
    refreshPrograms();
}

void StatusBar::refreshPrograms()
{
    const bool up = !m_webSocketAddress.isEmpty();
    //: %1 is a WebSocket address, %2 the number of programs connected to it
    set(m_programs, up ? tr("ws://%1 \u00b7 %2").arg(m_webSocketAddress).arg(m_count) : tr("down"),
        !up);
}

} // namespace hs::ui
