// BannerBar: what an operator should know: the engine's notices, each with its remedy, for as long
// as they last, and short messages about what was just asked for. A notice can be put away; it
// comes back when it comes anew. Two at a time, to leave room for the calls. Never modal, never
// takes the focus. Thread: GUI.
#pragma once

#include "model/EngineStatus.h"

#include <QWidget>

class QToolButton;
class QVBoxLayout;

namespace hs::ui {

class BannerBar : public QWidget {
    Q_OBJECT
public:
    static constexpr int mostAtOnce = 2; // a button leads on to the others

    explicit BannerBar(QWidget* parent = nullptr);

    void setNotices(const QList<model::Notice>& notices);
    void showMessage(const QString& message); // until it is put away or another one comes
    void clearMessage() { showMessage({}); }
    // A text that came in; a button leads to it. An empty title: none any more.
    void showText(const QString& title, const QString& text);

Q_SIGNALS:
    void textRequested();

private:
    void rebuild();
    void addNotice(const model::Notice& notice);
    void addText();
    QWidget* makeBanner(const QString& title, const QString& remedy,
                        const QString& icon = QStringLiteral("warning"));

    QVBoxLayout* m_column;
    QToolButton* m_more;
    QList<QWidget*> m_banners;
    QList<model::Notice> m_notices;
    QList<model::Notice> m_putAway;
    QString m_message;
    QString m_textTitle;
    QString m_text;
    qsizetype m_first = 0; // of those shown, among those not put away
};

} // namespace hs::ui
