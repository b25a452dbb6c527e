// mergeSorted: brings an ordered list to another ordered list by the fewest inserted, removed and
// replaced rows, so that a model never has to reset and a view keeps selection and scroll position.
// Both lists are in the order of `before` and hold each key once. Linear. Thread: pure.
#pragma once

#include <QList>

namespace hs::ui {

// Sink: void insertRows(int row, const QList<T>& rows); void removeRows(int row, int count);
//       void replaceRow(int row, const T& value), called only where the value differs.
// The sink must apply each step to `current`, which is the list that it changes. Only rows
// [begin, end) of it are merged; begin..end holds what the incoming list stands for.
template <class T, class Before, class Sink>
void mergeSorted(const QList<T>& current, int begin, int end, const QList<T>& incoming,
                 Before before, Sink& sink)
{
    int row = begin;
    int rest = end - begin; // rows of the old list not yet looked at, from `row` on
    qsizetype next = 0;
    while (next < incoming.size() || rest > 0) {
        int gone = 0;
        while (gone < rest
               && (next == incoming.size() || before(current[row + gone], incoming[next]))) {
            ++gone;
        }
        if (gone > 0) {
            sink.removeRows(row, gone);
            rest -= gone;
            continue;
        }
        QList<T> added;
        while (next < incoming.size() && (rest == 0 || before(incoming[next], current[row]))) {
            added << incoming[next++];
        }
        if (!added.isEmpty()) {
            sink.insertRows(row, added);
            row += int(added.size());
            continue;
        }
        if (!(current[row] == incoming[next])) {
            sink.replaceRow(row, incoming[next]);
        }
        ++row;
        --rest;
        ++next;
    }
}

} // namespace hs::ui
