#include "sip/transport/TlsThread.h"

#include <openssl/crypto.h>

namespace hs::sip {

TlsThread::~TlsThread()
{
    OPENSSL_thread_stop();
}

} // namespace hs::sip
