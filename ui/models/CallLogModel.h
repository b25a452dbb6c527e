// CallLogModel: the call log, newest first, as far as it has been looked at; older pages come when
// the view asks for them. Emits queryNeeded for what it wants to know and is told by accept(), so
// it knows no engine. A refresh and a new filter insert, remove and change rows, never reset: the
// view keeps its selection and place. One question is out at a time, a new filter overtakes it.
// Thread: GUI.
#pragma once

#include "model/LogEntry.h"
#include "ui/models/LogCells.h"

#include <QAbstractTableModel>

#include <functional>
#include <optional>

namespace hs::ui {

class CallLogModel : public QAbstractTableModel {
    Q_OBJECT
public:
    static constexpr int pageSize = 200;

    struct Filter {
        QString text;
        bool missedOnly = false;
        bool recordedOnly = false;
        bool isEmpty() const { return text.isEmpty() && !missedOnly && !recordedOnly; }
        friend bool operator==(const Filter&, const Filter&) = default;
    };

    // `now` in UTC ms, to tell today's times from older ones.
    explicit CallLogModel(std::function<qint64()> now, QObject* parent = nullptr);

    const Filter& filter() const { return m_filter; }
    void setFilter(const Filter& filter);
    void refresh(); // asks again for what can have changed: the newest rows and the live ones
    void accept(quint64 requestId, const model::LogPage& page);
    void giveUp(quint64 requestId); // it could not be answered: what is shown stays

    bool isLoaded() const { return m_loaded; } // the first answer to this filter is there
    bool hasMore() const { return m_more; }
    int missedTotal() const { return m_missedTotal; }
    const model::LogEntry* entry(const QModelIndex& index) const; // null for none
    // Number or URI of the newest call among the rows that the operator has dialled.
    QString lastDialled() const;
    // What numbers without an account are dialled at; empty: nothing.
    void setSipServer(const QString& server) { m_sipServer = server; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

Q_SIGNALS:
    void queryNeeded(quint64 requestId, const hs::model::LogQuery& query);
    void pageAccepted(); // rows, missedTotal or hasMore may be new
    void missedTotalChanged(int total);

private:
    enum class Purpose { Replace, Refresh, Older };
    struct Question {
        quint64 id;
        Purpose purpose;
        qint64 beforeRowId;
    };
    struct Sink;

    void ask(Purpose purpose, qint64 beforeRowId);
    void merge(const Question& question, const model::LogPage& page);
    int rowAtOrBelow(qint64 rowId) const; // the first row whose id is `rowId` or smaller
    void replaceRow(int row, const model::LogEntry& entry);
    bool continueRefresh(const model::LogPage& page);

    std::function<qint64()> m_now;
    std::optional<QString> m_sipServer; // nothing: not told yet
    QList<model::LogEntry> m_entries; // rowId descending
    Filter m_filter;
    std::optional<Question> m_question;
    quint64 m_lastId = 0;
    qint64 m_refreshDownTo = 0; // row id to which the present refresh goes
    bool m_refreshAgain = false;
    bool m_olderWanted = false;
    bool m_more = false;
    bool m_loaded = false;
    int m_missedTotal = 0;
};

} // namespace hs::ui
