#include "ui/widgets/DetailsPanel.h"

#include "ui/CallWords.h"
#include "ui/Formatting.h"
#include "ui/HearingWords.h"
#include "ui/MediaWords.h"
#include "ui/TransferWords.h"
#include "ui/theme/SymbolicIcon.h"
#include "ui/widgets/SymbolLine.h"

#include <QAction>
#include <QFileInfo>
#include <QFrame>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QStyle>
#include <QToolButton>

namespace hs::ui {

using model::Call;

namespace {
constexpr int mostDigits = 60; // the last ones
const auto dot = QStringLiteral("\u00a0\u00b7 "); // a line never begins with it

QLabel* makeLabel(const QString& name, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setWordWrap(true);
    return label;
}

QString milliseconds(qint64 us)
{
    return QLocale().toString((us + 500) / 1000);
}

QString word(Tone tone)
{
    switch (tone) {
    case Tone::Bad:
        return QStringLiteral("bad");
    case Tone::Active:
        return QStringLiteral("active");
    case Tone::Ringing:
        return QStringLiteral("ringing");
    case Tone::Held:
        return QStringLiteral("held");
    default:
        return QStringLiteral("plain");
    }
}

// "0.3 % in · 0.0 % out": what is not known is left out.
QString bothWays(const QString& in, const QString& out)
{
    QStringList words;
    if (!in.isEmpty()) {
        //: a figure of what we receive
        words << DetailsPanel::tr("%1 in", "of what we receive").arg(in);
    }
    if (!out.isEmpty()) {
        words << DetailsPanel::tr("%1 out", "of what they receive").arg(out);
    }
    return words.join(dot);
}

QString loss(const Call& call)
{
    const model::MediaStats& media = call.media;
    return bothWays(media.packetsReceived > 0 ? Formatting::loss(media.lossPermille) : QString(),
                    media.remoteLossPermille >= 0
                        ? Formatting::loss(quint32(media.remoteLossPermille))
                        : QString());
}

QString jitter(const Call& call)
{
    const model::MediaStats& media = call.media;
    const auto ms = [](qint64 us) { return DetailsPanel::tr("%1 ms").arg(milliseconds(us)); };
    return bothWays(media.packetsReceived > 0 ? ms(media.jitterUs) : QString(),
                    media.remoteJitterUs >= 0 ? ms(media.remoteJitterUs) : QString());
}

QString mos(const Call& call)
{
    const auto both = [](qint32 centis) {
        return centis < 0
            ? QString()
            : MediaWords::score(centis) + QLatin1Char(' ') + MediaWords::quality(centis);
    };
    return bothWays(both(MediaWords::mosReceived(call)), both(MediaWords::mosSent(call)));
}

QString digits(const Call& call)
{
    const auto last = [](const QString& all) {
        const QString plain = Formatting::plain(all, 10000);
        return plain.size() <= mostDigits ? plain : QChar(0x2026) + plain.right(mostDigits);
    };
    QStringList words;
    if (!call.digitsSent.isEmpty()) {
        words << DetailsPanel::tr("sent %1", "digits").arg(last(call.digitsSent));
    }
    if (!call.digitsProblem.isEmpty()) {
        words << DetailsPanel::tr("the far end did not take the last one (%1)", "digits")
                     .arg(Formatting::plain(call.digitsProblem, 60));
    }
    if (!call.digitsReceived.isEmpty()) {
        words << DetailsPanel::tr("received %1", "digits").arg(last(call.digitsReceived));
    }
    return words.join(dot);
}

QString times(const Call& call, qint64 now)
{
    const qint64 until = call.isAlive() ? now : call.endedAt;
    QStringList words;
    if (call.isAlive() && call.stateSince != 0) {
        words << DetailsPanel::tr("%1 in this state").arg(Formatting::duration(now - call.stateSince));
    }
    if (call.wasAnswered()) {
        words << DetailsPanel::tr("%1 since the answer")
                     .arg(Formatting::duration(call.durationMs(now)));
    }
    words << DetailsPanel::tr("%1 in all").arg(Formatting::duration(until - call.startedAt));
    return words.join(dot);
}
} // namespace

DetailsPanel::DetailsPanel(QWidget* parent)
    : QScrollArea(parent)
    , m_body(new QWidget(this))
    , m_empty(makeLabel(QStringLiteral("secondary"), m_body))
    , m_number(makeLabel(QStringLiteral("detailsNumber"), m_body))
    , m_name(makeLabel(QStringLiteral("secondary"), m_body))
    , m_box(new QFrame(m_body))
    , m_sentence(makeLabel(QStringLiteral("detailsSentence"), m_box))
    , m_trouble(new SymbolLine(QStringLiteral("detailsTrouble"), m_body))
    , m_transfer(new SymbolLine(QStringLiteral("detailsTransfer"), m_body))
    , m_buttons(new QHBoxLayout)
    , m_facts(new QGridLayout)
    , m_events(makeLabel(QStringLiteral("detailsEvents"), m_body))
{
    setObjectName(QStringLiteral("details"));
    setAccessibleName(tr("Details of the call"));
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(NoFrame);
    m_body->setObjectName(QStringLiteral("detailsBody"));
    m_empty->setText(tr("No call is chosen. The live session that you choose, or who waits "
                        "longest, is shown here with all its figures."));
    m_box->setObjectName(QStringLiteral("sentenceBox"));
    (new QVBoxLayout(m_box))->addWidget(m_sentence);
    auto* column = new QVBoxLayout(m_body);
    column->setContentsMargins(12, 10, 12, 10);
    column->setSpacing(6);
    column->addWidget(m_empty);
    column->addWidget(m_number);
    column->addWidget(m_name);
    column->addWidget(m_box);
    column->addWidget(m_trouble);
    column->addWidget(m_transfer);
    column->addLayout(static_cast<QHBoxLayout*>(m_buttons));
    static_cast<QHBoxLayout*>(m_buttons)->addStretch(1);
    m_facts->setContentsMargins(0, 4, 0, 4);
    m_facts->setHorizontalSpacing(12);
    m_facts->setVerticalSpacing(4);
    m_facts->setColumnStretch(1, 1);
    column->addLayout(m_facts);
    addFacts();
    column->addWidget(m_events);
    column->addStretch(1);
    setWidget(m_body);
    setCall(std::nullopt, {}, 0);
}

void DetailsPanel::addFacts()
{
    for (int fact = 0; fact < FactCount; ++fact) {
        auto* title = makeLabel(QStringLiteral("secondary"), m_body);
        title->setText(caption(Fact(fact)));
        title->setWordWrap(false);
        auto* words = makeLabel(QStringLiteral("detailsFact"), m_body);
        m_facts->addWidget(title, fact, 0, Qt::AlignTop);
        m_facts->addWidget(words, fact, 1);
        m_rows << Row{title, words};
    }
}

QString DetailsPanel::caption(Fact fact)
{
    switch (fact) {
    case State:
        return tr("State");
    case Times:
        return tr("Time");
    case For:
        return tr("For");
    case Origin:
        return tr("Came by");
    case Owner:
        return tr("Has it");
    case Listeners:
        return tr("Listen");
    case Codec:
        return tr("Codec");
    case Loss:
        return tr("Loss");
    case Jitter:
        return tr("Jitter");
    case RoundTrip:
        return tr("Round trip");
    case Quality:
        return tr("MOS");
    case Recording:
        return tr("Recording");
    case Digits:
        return tr("Digits");
    case Media:
        return tr("Sound");
    case Address:
        return tr("Address");
    case FactCount:
        break;
    }
    return {};
}

QString DetailsPanel::value(Fact fact, const Call& call, qint64 now)
{
    const QString detail = CallWords::stateDetail(call);
    switch (fact) {
    case State:
        return detail.isEmpty() ? CallWords::state(call) : CallWords::state(call) + dot + detail;
    case Times:
        return times(call, now);
    case For:
        return TransferWords::whoseCall(call);
    case Origin:
        return TransferWords::origin(call);
    case Owner:
        return call.owner.kind == model::ActorKind::Nobody ? tr("nobody yet")
                                                           : CallWords::actor(call.owner);
    case Listeners:
        return CallWords::listeners(call.listeners);
    case Codec: {
        QStringList words{Formatting::plain(call.codec, 20)};
        words << (call.packetMs > 0 ? tr("%1 ms").arg(call.packetMs) : QString())
              << MediaWords::codecProblem(call);
        words.removeAll(QString());
        return words.join(dot);
    }
    case Loss:
        return loss(call);
    case Jitter:
        return jitter(call);
    case RoundTrip:
        return call.media.roundTripUs < 0 ? QString()
                                          : tr("%1 ms").arg(milliseconds(call.media.roundTripUs));
    case Quality:
        return mos(call);
    case Recording:
        return call.recordingPath.isEmpty() ? QString() : QFileInfo(call.recordingPath).fileName();
    case Digits:
        return digits(call);
    case Media:
        return Formatting::plain(call.remoteMedia, 80);
    case Address:
        return Formatting::plain(call.remoteUri, 120);
    case FactCount:
        break;
    }
    return {};
}

void DetailsPanel::addButton(QAction* action, const QString& icon)
{
    auto* button = new QToolButton(m_body);
    button->setDefaultAction(action);
    button->setIcon(symbolicIcon(icon));
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(action->text().remove(QLatin1Char('&')));
    auto* row = static_cast<QHBoxLayout*>(m_buttons);
    row->insertWidget(row->count() - 1, button);
}

void DetailsPanel::setHead(const Call& call)
{
    const QString number = CallWords::number(call);
    const QString name = CallWords::name(call);
    QStringList second{CallWords::direction(call.direction)};
    second << (name == number ? QString() : name) << CallWords::conference(call);
    second.removeAll(QString());
    m_number->setText(number);
    m_name->setText(second.join(dot));
}

void DetailsPanel::setSentence(const Call& call, qint64 now)
{
    const HearingWords::Sentence sentence = HearingWords::sentence(call, now);
    m_sentence->setText(sentence.text);
    const QString tone = word(sentence.tone);
    if (m_box->property("tone").toString() != tone) {
        m_box->setProperty("tone", tone);
        m_box->style()->unpolish(m_box);
        m_box->style()->polish(m_box);
    }
}

void DetailsPanel::setCall(const std::optional<Call>& call, const QList<CallEvents::Event>& events,
                           qint64 now)
{
    m_empty->setVisible(!call);
    for (QWidget* part : {static_cast<QWidget*>(m_number), static_cast<QWidget*>(m_name),
                          static_cast<QWidget*>(m_box), static_cast<QWidget*>(m_events)}) {
        part->setVisible(call.has_value());
    }
    for (int fact = 0; fact < FactCount; ++fact) {
        const QString words = call ? value(Fact(fact), *call, now) : QString();
        m_rows[fact].words->setText(words);
        m_rows[fact].title->setVisible(!words.isEmpty());
        m_rows[fact].words->setVisible(!words.isEmpty());
    }
    if (!call) {
        m_trouble->set({}, Tone::Normal, {});
        m_transfer->set({}, Tone::Normal, {});
        return;
    }
    setHead(*call);
    setSentence(*call, now);
    const MediaWords::Trouble trouble = MediaWords::trouble(*call, now);
    m_trouble->set(trouble.icon, trouble.tone, trouble.text);
    const TransferWords::Progress transfer = TransferWords::progress(*call);
    m_transfer->set(transfer.icon, transfer.tone, transfer.text);
    QStringList lines;
    for (const CallEvents::Event& event : events) {
        lines << Formatting::duration(event.at - call->startedAt) + QStringLiteral("\u2002")
                + event.words;
    }
    m_events->setText(lines.join(QLatin1Char('\n')));
}

} // namespace hs::ui
