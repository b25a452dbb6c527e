// AccountsDesk: all that the window has of accounts, put together: the indicator and the voice
// messages in the status bar, the choice beside the dial field, busy lamps, texts, the dialog.
// Thread: GUI. What it is given outlives it.
#pragma once

#include "ui/controllers/AccountsController.h"
#include "ui/models/AccountListModel.h"
#include "ui/models/LampListModel.h"
#include "ui/models/MessageListModel.h"

#include <functional>

class QWidget;

namespace hs::ui {

class AccountsDialog;
class BannerBar;
class CallController;
class DialPanel;
class LampsPanel;
class MainMenu;
class MessagesPanel;
class Panes;
class SessionsView;
class StatusBar;

class AccountsDesk : public QObject {
    Q_OBJECT
public:
    struct Parts {
        QWidget* window;
        MainMenu* menu;
        DialPanel* dial;
        SessionsView* sessions;
        LampsPanel* lamps;
        MessagesPanel* messages;
        Panes* panes;
        BannerBar* banners;
        StatusBar* statusBar;
    };

    AccountsDesk(engine::AccountsFacade& accounts, CallController& calls,
                 std::function<qint64()> now);
    ~AccountsDesk() override;

    LampListModel& lampModel() { return m_lampModel; }
    MessageListModel& messageModel() { return m_messageModel; }
    void connectTo(const Parts& parts); // once

private:
    void refresh();
    void refreshLamps();
    void showAccounts();
    void listenToMessages();
    void take(const model::TextMessage& message);
    void showMessages();
    void setUnseen(int texts);
    bool messagesAreSeen() const;

    AccountsController m_accounts;
    CallController& m_calls;
    std::function<qint64()> m_now;
    AccountListModel m_accountModel;
    LampListModel m_lampModel;
    MessageListModel m_messageModel;
    Parts m_parts{};
    AccountsDialog* m_dialog = nullptr; // the window's
    int m_unseen = 0; // texts
};

} // namespace hs::ui
