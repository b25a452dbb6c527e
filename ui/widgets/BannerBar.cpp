#include "ui/widgets/BannerBar.h"

#include "ui/Formatting.h"
#include "ui/NoticeWords.h"
#include "ui/theme/SymbolicIcon.h"
#include "ui/widgets/SymbolWidget.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

#include <utility>

namespace hs::ui {

namespace {
QLabel* makeText(const QString& name, const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}
} // namespace

BannerBar::BannerBar(QWidget* parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
    , m_more(new QToolButton(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(6);
    m_more->setObjectName(QStringLiteral("moreNotices"));
    m_column->addWidget(m_more, 0, Qt::AlignLeft);
    connect(m_more, &QToolButton::clicked, this, [this] {
        m_first += mostAtOnce; // and from the end to the beginning
        rebuild();
    });
    rebuild();
}

void BannerBar::setNotices(const QList<model::Notice>& notices)
{
    if (notices == m_notices) {
        return;
    }
    m_notices = notices;
    m_putAway.removeIf(
        [&notices](const model::Notice& notice) { return !notices.contains(notice); });
    rebuild();
}

void BannerBar::showMessage(const QString& message)
{
    if (message != m_message) {
        m_message = message;
        rebuild();
    }
}

void BannerBar::showText(const QString& title, const QString& text)
{
    if (title != m_textTitle || text != m_text) {
        m_textTitle = title;
        m_text = text;
        rebuild();
    }
}

void BannerBar::addText()
{
    QWidget* banner = makeBanner(m_textTitle, m_text, QStringLiteral("message"));
    auto* show = new QPushButton(tr("Show"), banner);
    show->setObjectName(QStringLiteral("showText"));
    auto* row = static_cast<QBoxLayout*>(banner->layout());
    row->insertWidget(row->count() - 1, show, 0, Qt::AlignVCenter);
    connect(show, &QPushButton::clicked, this, &BannerBar::textRequested);
    connect(banner->findChild<QToolButton*>(), &QToolButton::clicked, this,
            [this] { showText({}, {}); });
    m_banners << banner;
}

void BannerBar::rebuild()
{
    for (QWidget* banner : std::exchange(m_banners, {})) {
        banner->hide();
        banner->deleteLater(); // its own button may be what led here
    }
    if (!m_message.isEmpty()) {
        QWidget* banner = makeBanner(Formatting::plain(m_message, 300), {});
        connect(banner->findChild<QToolButton*>(), &QToolButton::clicked, this,
                &BannerBar::clearMessage);
        m_banners << banner;
    }
    if (!m_textTitle.isEmpty()) {
        addText();
    }
    QList<model::Notice> open = m_notices;
    open.removeIf([this](const model::Notice& notice) { return m_putAway.contains(notice); });
    m_first = m_first < open.size() ? m_first : 0;
    const QList<model::Notice> shown = open.mid(m_first, mostAtOnce);
    for (const model::Notice& notice : shown) {
        addNotice(notice);
    }
    QWidget* before = m_more;
    for (qsizetype i = 0; i < m_banners.size(); ++i) {
        m_column->insertWidget(int(i), m_banners[i]);
        m_banners[i]->show();
        auto* close = m_banners[i]->findChild<QToolButton*>();
        setTabOrder(before, close);
        before = close;
    }
    const int hidden = int(open.size() - shown.size());
    m_more->setVisible(hidden > 0);
    m_more->setText(hidden == 1 ? tr("1 more notice") : tr("%n more notices", nullptr, hidden));
    setVisible(!m_banners.isEmpty());
}

void BannerBar::addNotice(const model::Notice& notice)
{
    QWidget* banner = makeBanner(NoticeWords::title(notice), NoticeWords::remedy(notice));
    connect(banner->findChild<QToolButton*>(), &QToolButton::clicked, this, [this, notice] {
        m_putAway << notice;
        rebuild();
    });
    m_banners << banner;
}

QWidget* BannerBar::makeBanner(const QString& title, const QString& remedy, const QString& icon)
{
    auto* banner = new QFrame(this);
    banner->setObjectName(QStringLiteral("banner"));
    banner->setAccessibleName(title);
    banner->setAccessibleDescription(remedy);
    auto* row = new QHBoxLayout(banner);
    row->setContentsMargins(12, 8, 6, 8);
    row->setSpacing(10);
    row->addWidget(new SymbolWidget(icon, Tone::Ringing, banner), 0, Qt::AlignTop);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(makeText(QStringLiteral("bannerTitle"), title, banner));
    if (!remedy.isEmpty()) {
        words->addWidget(makeText(QStringLiteral("bannerRemedy"), remedy, banner));
    }
    row->addLayout(words, 1);
    auto* close = new QToolButton(banner);
    close->setObjectName(QStringLiteral("bannerClose"));
    close->setIcon(symbolicIcon(QStringLiteral("close")));
    close->setAccessibleName(tr("Put this notice away"));
    close->setToolTip(tr("Put this notice away"));
    close->setFocusPolicy(Qt::TabFocus);
    row->addWidget(close, 0, Qt::AlignTop);
    // Screen readers say an alert without the focus having to move.
    QAccessibleEvent alert(banner, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
    return banner;
}

} // namespace hs::ui
