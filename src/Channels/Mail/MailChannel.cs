using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace Zvonok.Channels.Mail;

/// <summary>Sends a notice as a mail. The message's id is made of the notice's key, so that a repeat is known as one.</summary>
internal sealed class MailChannel(SmtpOptions options, IClock clock, TimeProvider time) : IAsyncDisposable
{
    private readonly SmtpConnections _connections = new(options, time);

    /// <summary>Sends it once.</summary>
    public async ValueTask<SendResult> Send(NoticeKey key, Notice notice, CancellationToken stop)
    {
        try
        {
            using var message = Compose(key, notice);
            await using var connection = await _connections.Rent(stop);
            await connection.Send(message, stop);
            return SendResult.Delivered;
        }
        catch (SmtpCommandException exception)
        {
            // 5xx about the recipient or the message stays so; about the sender it is our setting that is wrong.
            var isFinal = (int)exception.StatusCode >= 500 && exception.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted;
            return new SendResult(isFinal ? SendOutcome.Rejected : SendOutcome.Failed, $"SMTP {(int)exception.StatusCode}: {exception.Message}");
        }
        catch (Exception exception) when (exception is ProtocolException or ServiceNotConnectedException or ServiceNotAuthenticatedException
            or MailKit.Security.AuthenticationException or MailKit.Security.SslHandshakeException or IOException or System.Net.Sockets.SocketException or NotSupportedException or TimeoutException)
        {
            return new SendResult(SendOutcome.Failed, exception.Message);
        }
    }

    public ValueTask DisposeAsync() => _connections.DisposeAsync();

    private MimeMessage Compose(NoticeKey key, Notice notice)
    {
        var now = clock.GetCurrentInstant();
        var text = NoticeTexts.Write(notice, now);
        var from = MailboxAddress.Parse(options.From);
        var message = new MimeMessage
        {
            MessageId = $"{key.ToString().Replace('/', '.')}@{from.Domain}",
            Date = now.ToDateTimeOffset(),
            Subject = text.Subject,
            Body = new TextPart("plain") { Text = text.Body },
        };
        message.From.Add(from);
        message.To.Add(MailboxAddress.Parse(notice.Channel.Address));
        // Nobody's holiday answer shall come back.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("Zvonok-Notice", key.ToString());
        return message;
    }
}
