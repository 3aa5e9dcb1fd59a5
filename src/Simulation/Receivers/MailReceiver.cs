using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Zvonok.Simulation.Receivers;

/// <summary>
/// A mail server on a socket of the loopback address that speaks as much SMTP (RFC 5321) as a sender needs: it takes every mail and delivers none.
/// It may be stopped and started again on the same port, and told to refuse.
/// </summary>
public sealed class MailReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<ReceivedNotice> _arrivals = new();
    private readonly ConcurrentDictionary<TcpClient, bool> _clients = new();
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;
    private long _connections;

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port { get; private set; }

    /// <summary>What arrived, in order, repeats included; the key is the one in the message's id.</summary>
    public IReadOnlyCollection<ReceivedNotice> Arrivals => _arrivals;

    /// <summary>Connections so far.</summary>
    public long Connections => Interlocked.Read(ref _connections);

    /// <summary>The answer to a recipient, such as <c>550 unknown</c>; null: it is taken.</summary>
    public Func<string, string?>? AnswerToRecipient { get; set; }

    /// <summary>The answer to a message after it was sent; null: it is taken.</summary>
    public Func<string?>? AnswerToMessage { get; set; }

    /// <summary>Starts one on a free port.</summary>
    public static MailReceiver Begin()
    {
        var receiver = new MailReceiver();
        receiver.Start();
        return receiver;
    }

    /// <summary>Listens, again on the same port after the first time.</summary>
    public void Start()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = Accept(_listener);
    }

    /// <summary>Stops listening and hangs up, as a killed process would.</summary>
    public async Task Stop()
    {
        _listener?.Stop();
        foreach (var client in _clients.Keys) client.Dispose();
        await _accepting;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Stop();

    private async Task Accept(TcpListener listener)
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                _clients[client] = true;
                Interlocked.Increment(ref _connections);
                talks.Add(Talk(client));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }

        await Task.WhenAll(talks);
    }

    private async Task Talk(TcpClient client)
    {
        try
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
            await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 zvonok-simulation");
            while (await reader.ReadLineAsync() is { } line)
            {
                await writer.WriteLineAsync(await Answer(line, reader, writer));
                if (line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase)) break;
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or SocketException)
        {
            // Somebody hung up.
        }
        finally
        {
            _clients.TryRemove(client, out _);
            client.Dispose();
        }
    }

    private async Task<string> Answer(string line, StreamReader reader, StreamWriter writer)
    {
        var verb = line.Split(' ', ':')[0].ToUpperInvariant();
        switch (verb)
        {
            case "EHLO":
                return "250-zvonok-simulation\r\n250-8BITMIME\r\n250 SMTPUTF8";
            case "RCPT":
                return AnswerToRecipient?.Invoke(line) ?? "250 ok";
            case "DATA":
                await writer.WriteLineAsync("354 go on");
                return await Take(reader);
            case "QUIT":
                return "221 bye";
            case "HELO" or "MAIL" or "RSET" or "NOOP":
                return "250 ok";
            default:
                return "502 not known here";
        }
    }

    private async Task<string> Take(StreamReader reader)
    {
        var message = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line && line != ".")
            message.Append(line.StartsWith('.') ? line[1..] : line).Append('\n');
        if (AnswerToMessage?.Invoke() is { } refusal) return refusal;
        var text = message.ToString();
        _arrivals.Enqueue(new ReceivedNotice(KeyOf(text), text, SystemClock.Instance.GetCurrentInstant()));
        return "250 taken";
    }

    // Message-Id: <account.1234567897.5.bought.0011…@example.org>
    private static string KeyOf(string message)
    {
        const string Header = "message-id: <";
        var line = message.Split('\n').FirstOrDefault(line => line.StartsWith(Header, StringComparison.OrdinalIgnoreCase)) ?? "";
        return line.Length > Header.Length ? line[Header.Length..line.IndexOf('@', StringComparison.Ordinal)].Replace('.', '/') : "";
    }
}
