// TlsThread: gives back what OpenSSL keeps for a thread, at the end of the thread's function. Left
// to thread-local storage it goes only after QThread::wait() has returned elsewhere, and may meet
// OpenSSL's own end in exit(): both free the same. Thread: that in which it lives.
#pragma once

namespace hs::sip {

class TlsThread {
public:
    TlsThread() = default;
    ~TlsThread();
    TlsThread(const TlsThread&) = delete;
    TlsThread& operator=(const TlsThread&) = delete;
};

} // namespace hs::sip
