// LowerTabs: call log, recordings, programs and messages, one behind the other. The tab of the log
// carries the number of missed calls that nobody has looked at; it stays until they are marked as
// seen. Thread: GUI.
#pragma once

#include <QTabWidget>

class QToolButton;

namespace hs::ui {

class LowerTabs : public QTabWidget {
    Q_OBJECT
public:
    enum Tab { Log, Recordings, Programs, Messages };

    explicit LowerTabs(QWidget* parent = nullptr);

    void setMissed(int missed);
    void setPrograms(int count);
    void setMessages(int unseen);

Q_SIGNALS:
    void missedRequested(); // the badge was clicked

protected:
    void tabInserted(int index) override;

private:
    QToolButton* m_badge;
};

} // namespace hs::ui
