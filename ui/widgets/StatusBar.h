// StatusBar: where this console can be reached and how much of it is in use: SIP address, WebSocket
// address and programs, RTP ports, live calls. Its addresses can be copied. Thread: GUI.
#pragma once

#include "model/EngineStatus.h"

#include <QStatusBar>

class QLabel;
class QToolButton;

namespace hs::ui {

class StatusBar : public QStatusBar {
    Q_OBJECT
public:
    explicit StatusBar(QWidget* parent = nullptr);

    void setStatus(const model::EngineStatus& status);
    void setPrograms(int count);
    void setAccounts(const QString& summary, bool bad, const QString& toolTip);
    void setNewMessages(const QString& words); // empty: none wait
    void setMissed(int missed); // calls that nobody has looked at

    // Parts drop out where there is no room, rather than keeping the window wide.
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void accountsRequested();
    void voiceMailRequested();
    void missedRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Part {
        QWidget* box;
        QLabel* caption;
        QLabel* value;
    };
    Part addPart(const QString& name, const QString& caption);
    void set(const Part& part, const QString& value, bool bad);
    void refreshPrograms();
    void fit();
    QToolButton* makeButton(const QString& name, const QString& icon);

    Part m_sip;
    QToolButton* m_accounts;
    Part m_server;
    Part m_programs;
    Part m_rtp;
    Part m_calls;
    QToolButton* m_missed;
    QToolButton* m_voiceMail;
    QString m_webSocketAddress;
    int m_count = 0;
    bool m_hasServer = false;
};

} // namespace hs::ui
