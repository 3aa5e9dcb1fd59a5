using System.Collections.Concurrent;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Zvonok.Channels.Mail;

/// <summary>Connections to the mail server, kept for the next mail: a handshake for each would cost more than the mail.</summary>
internal sealed class SmtpConnections(SmtpOptions options, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Servers hang up on idle clients after minutes; one that lay longer is not trusted.</summary>
    private static readonly TimeSpan IdleMax = TimeSpan.FromSeconds(30);

    private readonly ConcurrentBag<(SmtpClient Client, long Since)> _idle = [];

    /// <summary>A connection, ready to send. How many there are at once is the caller's to bound.</summary>
    public async Task<Rented> Rent(CancellationToken stop)
    {
        while (_idle.TryTake(out var idle))
        {
            if (idle.Client.IsConnected && time.GetElapsedTime(idle.Since) < IdleMax) return new Rented(this, idle.Client);
            idle.Client.Dispose();
        }

        var client = new SmtpClient { Timeout = options.TimeoutSeconds * 1_000 };
        try
        {
            await client.ConnectAsync(options.Host, options.Port, SecurityOf(options.Security), stop);
            if (options.User.Length > 0) await client.AuthenticateAsync(options.User, options.Password, stop);
            return new Rented(this, client);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_idle.TryTake(out var idle))
        {
            try
            {
                await idle.Client.DisconnectAsync(quit: true);
            }
            catch (Exception exception) when (exception is IOException or MailKit.ServiceNotConnectedException or MailKit.ProtocolException)
            {
                // It is gone already.
            }

            idle.Client.Dispose();
        }
    }

    private static SecureSocketOptions SecurityOf(SmtpSecurity security) => security switch
    {
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        SmtpSecurity.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };

    /// <summary>A connection in use. It goes back only after a mail that was sent to its end: after anything else nobody knows where it stands.</summary>
    internal sealed class Rented(SmtpConnections home, SmtpClient client) : IAsyncDisposable
    {
        private bool _isSound;

        public async Task Send(MimeMessage message, CancellationToken stop)
        {
            await client.SendAsync(message, stop);
            _isSound = true;
        }

        public ValueTask DisposeAsync()
        {
            if (_isSound) home._idle.Add((client, home.Now));
            else client.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    private long Now => time.GetTimestamp();
}
