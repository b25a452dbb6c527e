#include "ui/models/RecordingListModel.h"

#include "ui/CallWords.h"
#include "ui/Formatting.h"
#include "ui/models/SortedMerge.h"

#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace hs::ui {

namespace {
bool isBefore(const model::Recording& a, const model::Recording& b)
{
    return a.startedAt != b.startedAt ? a.startedAt > b.startedAt : a.path < b.path;
}
} // namespace

struct RecordingListModel::Sink {
    RecordingListModel& model;

    void insertRows(int row, const QList<model::Recording>& added)
    {
        model.beginInsertRows({}, row, row + int(added.size()) - 1);
        for (qsizetype i = 0; i < added.size(); ++i) {
            model.m_recordings.insert(row + i, added[i]);
        }
        model.endInsertRows();
    }
    void removeRows(int row, int count)
    {
        model.beginRemoveRows({}, row, row + count - 1);
        model.m_recordings.remove(row, count);
        model.endRemoveRows();
    }
    void replaceRow(int row, const model::Recording& recording)
    {
        model.m_recordings[row] = recording;
        Q_EMIT model.dataChanged(model.index(row, 0), model.index(row, recordingColumnCount - 1));
    }
};

RecordingListModel::RecordingListModel(std::function<qint64()> now, QObject* parent)
    : QAbstractTableModel(parent)
    , m_now(std::move(now))
{
}

void RecordingListModel::setRecordings(QList<model::Recording> recordings)
{
    std::sort(recordings.begin(), recordings.end(), isBefore);
    // A path that is named twice would be two rows with one key.
    const auto same = [](const model::Recording& a, const model::Recording& b) {
        return !isBefore(a, b) && !isBefore(b, a);
    };
    recordings.erase(std::unique(recordings.begin(), recordings.end(), same), recordings.end());
    Sink sink{*this};
    mergeSorted(m_recordings, 0, int(m_recordings.size()), recordings, isBefore, sink);
}

void RecordingListModel::setPlaying(const QString& path)
{
    if (path != m_playing) {
        markRow(std::exchange(m_playing, path));
        markRow(path);
    }
}

void RecordingListModel::markRow(const QString& path)
{
    const QModelIndex at = indexOf(path);
    if (at.isValid()) {
        Q_EMIT dataChanged(at, at.siblingAtColumn(recordingColumnCount - 1),
                           {IconRole, ToneRole, StyleRole, Qt::AccessibleTextRole});
    }
}

const model::Recording* RecordingListModel::recording(const QModelIndex& index) const
{
    return index.isValid() && index.row() < m_recordings.size() ? &m_recordings[index.row()]
                                                                : nullptr;
}

QModelIndex RecordingListModel::indexOf(const QString& path) const
{
    for (int row = 0; row < m_recordings.size(); ++row) {
        if (m_recordings[row].path == path) {
            return index(row, 0);
        }
    }
    return {};
}

QString RecordingListModel::sample(RecordingColumn column)
{
    switch (column) {
    case RecordingColumn::Time:
        return QStringLiteral("22/12/2026 00:00:00") + QStringLiteral("MM");
    case RecordingColumn::Direction:
        return CallWords::direction(model::Direction::Outgoing) + QStringLiteral("MMM");
    case RecordingColumn::Who:
        return QStringLiteral("0912 341 234 \u00b7 Lin Mei-Hua");
    case RecordingColumn::Duration:
        return QStringLiteral("00:00:00");
    case RecordingColumn::Size:
        return QStringLiteral("1000.0 MB");
    case RecordingColumn::File:
        return QStringLiteral("20261122_140211_out_0912341234_a1b2.wav") + QStringLiteral("MM");
    }
    return {};
}

Cell RecordingListModel::cell(RecordingColumn column, const model::Recording& recording) const
{
    Cell cell;
    const bool playing = !m_playing.isEmpty() && recording.path == m_playing;
    switch (column) {
    case RecordingColumn::Time:
        cell.text = Formatting::time(recording.startedAt, m_now());
        cell.icon = playing ? QStringLiteral("play") : QString();
        cell.spoken = playing ? tr("playing, %1").arg(cell.text) : cell.text;
        cell.sort = recording.startedAt;
        break;
    case RecordingColumn::Direction:
        cell.text = CallWords::direction(recording.direction);
        cell.icon = recording.direction == model::Direction::Incoming ? QStringLiteral("arrow-in")
                                                                      : QStringLiteral("arrow-out");
        break;
    case RecordingColumn::Who: {
        const QString name = Formatting::plain(recording.displayName, 80);
        cell.text = Formatting::plain(recording.number, 80);
        if (!name.isEmpty() && name != cell.text) {
            cell.text += cell.text.isEmpty() ? name : QStringLiteral(" \u00b7 ") + name;
        }
        cell.toolTip = cell.text;
        break;
    }
    case RecordingColumn::Duration:
        cell.text = Formatting::duration(recording.durationMs);
        cell.spoken = Formatting::spokenDuration(recording.durationMs);
        cell.alignRight = true;
        cell.sort = recording.durationMs;
        break;
    case RecordingColumn::Size:
        cell.text = Formatting::bytes(recording.bytes);
        cell.alignRight = true;
        cell.sort = recording.bytes;
        break;
    case RecordingColumn::File:
        cell.text = recording.fileExists ? Formatting::plain(QFileInfo(recording.path).fileName())
                                         : tr("file is gone");
        cell.icon = recording.fileExists ? QString() : QStringLiteral("warning");
        cell.toolTip = Formatting::plain(recording.path, 400);
        break;
    }
    cell.tone = playing ? Tone::Active : recording.fileExists ? cell.tone : Tone::Secondary;
    cell.style = playing ? Cell::Style::Strong : Cell::Style::Plain;
    return cell;
}

int RecordingListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_recordings.size());
}

int RecordingListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : recordingColumnCount;
}

QVariant RecordingListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const model::Recording& recording = m_recordings[index.row()];
    if (role == IdRole) {
        return recording.path;
    }
    if (role == NumberRole) {
        return recording.number;
    }
    return cellData(cell(RecordingColumn(index.column()), recording), role);
}

QVariant RecordingListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= recordingColumnCount) {
        return {};
    }
    const auto column = RecordingColumn(section);
    if (role == Qt::TextAlignmentRole) {
        const bool right = column == RecordingColumn::Duration || column == RecordingColumn::Size;
        return int((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (column) {
    case RecordingColumn::Time:
        return tr("Time");
    case RecordingColumn::Direction:
        return tr("Kind");
    case RecordingColumn::Who:
        return tr("Who");
    case RecordingColumn::Duration:
        return tr("Duration");
    case RecordingColumn::Size:
        return tr("Size");
    case RecordingColumn::File:
        return tr("File");
    }
    return {};
}

} // namespace hs::ui
