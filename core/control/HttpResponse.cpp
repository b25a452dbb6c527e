#include "control/HttpResponse.h"

namespace hs::control {

namespace {
QByteArray reasonPhrase(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 426:
        return "Upgrade Required";
    case 431:
        return "Request Header Fields Too Large";
    case 503:
        return "Service Unavailable";
    default:
        return "Error";
    }
}
} // namespace

HttpResponse HttpResponse::refusal(int status, const QString& why, const QByteArray& extraField)
{
    HttpResponse response;
    response.status = status;
    response.body = why.toUtf8() + '\n';
    response.extraField = extraField;
    return response;
}

QByteArray HttpResponse::toBytes(bool withBody) const
{
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonPhrase(status)
        + "\r\nContent-Type: " + contentType
        + "\r\nContent-Length: " + QByteArray::number(body.size())
        + "\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n";
    if (!extraField.isEmpty()) {
        bytes += extraField + "\r\n";
    }
    bytes += "\r\n";
    return withBody ? QByteArray(bytes + body) : bytes;
}

} // namespace hs::control
