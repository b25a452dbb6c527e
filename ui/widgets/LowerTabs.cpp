#include "ui/widgets/LowerTabs.h"

#include <QTabBar>
#include <QToolButton>

namespace hs::ui {

LowerTabs::LowerTabs(QWidget* parent)
    : QTabWidget(parent)
    , m_badge(new QToolButton(this))
{
    setObjectName(QStringLiteral("tabs"));
    setDocumentMode(true);
    tabBar()->setAccessibleName(tr("Lists"));
    m_badge->setObjectName(QStringLiteral("missedBadge"));
    m_badge->setFocusPolicy(Qt::TabFocus);
    m_badge->setToolTip(tr("Missed calls that you have not marked as seen. Click to see them."));
    connect(m_badge, &QToolButton::clicked, this, &LowerTabs::missedRequested);
}

void LowerTabs::tabInserted(int index)
{
    QTabWidget::tabInserted(index);
    if (index == Log) {
        setMissed(0);
    }
}

void LowerTabs::setMissed(int missed)
{
    m_badge->setText(missed > 999 ? tr("999+") : QString::number(missed));
    const QString words =
        missed == 1 ? tr("1 missed call") : tr("%n missed calls", nullptr, missed);
    m_badge->setAccessibleName(words);
    m_badge->resize(m_badge->sizeHint());
    // An invisible badge would still take its room.
    tabBar()->setTabButton(Log, QTabBar::RightSide, missed > 0 ? m_badge : nullptr);
    m_badge->setVisible(missed > 0);
    tabBar()->setAccessibleTabName(
        Log, missed > 0 ? tabText(Log) + QStringLiteral(", ") + words : tabText(Log));
}

void LowerTabs::setPrograms(int count)
{
    setTabText(Programs, count > 0 ? tr("Programs (%1)").arg(count) : tr("Programs"));
}

void LowerTabs::setMessages(int unseen)
{
    //: %1 is how many of them are new
    setTabText(Messages, unseen > 0 ? tr("Messages (%1 new)").arg(unseen) : tr("Messages"));
}

} // namespace hs::ui
