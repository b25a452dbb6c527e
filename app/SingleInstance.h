// SingleInstance: one console for each database. The second one hands its arguments to the first,
// which comes to the front, and ends. Thread: GUI.
#pragma once

#include <QLocalServer>
#include <QStringList>

#include <memory>

namespace hs::app {

class SingleInstance final : public QObject {
    Q_OBJECT
public:
    explicit SingleInstance(const QString& databasePath);

    // True if another console took the arguments: there is nothing left to do here.
    bool handOver(const QStringList& arguments);
    // From here on others hand over to us.
    void listen();

Q_SIGNALS:
    void handedOver(const QStringList& arguments);

private:
    void takeConnection();

    QString m_name;
    QLocalServer m_server;
};

} // namespace hs::app
