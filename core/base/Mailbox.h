// Mailbox: values from any number of threads to one. Lock-free, so the media tick may look into it;
// a value is put in a node by its sender and stays in that node until the receiver gives it back,
// which lets the receiver hand the node's memory to another thread instead of freeing it itself.
// Thread: post() any; takeAll() the owner.
#pragma once

#include <atomic>
#include <memory>
#include <utility>

namespace hs::base {

template <class T>
class Mailbox {
public:
    struct Node {
        T value;
        Node* next = nullptr;
    };
    // A list of nodes in the order in which they were posted. Owns them.
    class Batch {
    public:
        explicit Batch(Node* first = nullptr)
            : m_first(first)
        {
        }
        Batch(Batch&& other) noexcept
            : m_first(std::exchange(other.m_first, nullptr))
        {
        }
        Batch& operator=(Batch&& other) noexcept
        {
            if (this != &other) {
                clear();
                m_first = std::exchange(other.m_first, nullptr);
            }
            return *this;
        }
        ~Batch() { clear(); }

        bool empty() const { return m_first == nullptr; }
        std::unique_ptr<Node> pop()
        {
            std::unique_ptr<Node> node(m_first);
            if (node) {
                m_first = std::exchange(node->next, nullptr);
            }
            return node;
        }

    private:
        void clear()
        {
            while (pop()) { }
        }
        Node* m_first;
    };

    Mailbox() = default;
    Mailbox(const Mailbox&) = delete;
    Mailbox& operator=(const Mailbox&) = delete;
    ~Mailbox() { takeAll(); }

    // True if the mailbox was empty: the receiver then needs to be woken.
    bool post(T value) { return post(std::make_unique<Node>(Node{std::move(value), nullptr})); }
    bool post(std::unique_ptr<Node> owned)
    {
        Node* node = owned.release();
        Node* head = m_head.load(std::memory_order_relaxed);
        do {
            node->next = head;
        } while (!m_head.compare_exchange_weak(head, node, std::memory_order_release,
                                               std::memory_order_relaxed));
        return head == nullptr;
    }

    bool empty() const { return m_head.load(std::memory_order_relaxed) == nullptr; }

    Batch takeAll()
    {
        Node* newest = m_head.exchange(nullptr, std::memory_order_acquire);
        Node* oldest = nullptr;
        while (newest) {
            Node* next = newest->next;
            newest->next = oldest;
            oldest = newest;
            newest = next;
        }
        return Batch(oldest);
    }

private:
    std::atomic<Node*> m_head{nullptr};
};

} // namespace hs::base
