using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Zvonok.Simulation.Receivers;

/// <summary>
/// The back end of an app, on a socket of the loopback address: it checks every request's signature and age and takes what is in order. It may be
/// stopped and started again on the same port, and told to answer badly.
/// </summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private static readonly Duration AgeMax = Duration.FromMinutes(5);

    // Known to everybody: it signs what is played, nothing else.
    private static readonly byte[] PlaySecret = [.. Enumerable.Range(0, 32).Select(n => (byte)n)];

    private readonly byte[] _secret;
    private readonly ConcurrentQueue<ReceivedNotice> _arrivals = new();
    private WebApplication? _app;
    private int _port;
    private long _forged;
    private long _count;

    private WebhookReceiver(byte[] secret, int port) => (_secret, _port) = (secret, port);

    /// <summary>Where notices are to be sent.</summary>
    public Uri Address => new($"http://127.0.0.1:{_port.ToString(CultureInfo.InvariantCulture)}/notices");

    /// <summary>What a silo has to be set to, to send here.</summary>
    public IReadOnlyDictionary<string, string> SiloSettings => new Dictionary<string, string>
    {
        ["Zvonok:Notices:Webhook:Hosts:0"] = Address.Host,
        ["Zvonok:Notices:Webhook:AllowHttp"] = "true",
        ["Zvonok:Notices:Webhook:KeyId"] = "play",
        ["Zvonok:Notices:Webhook:Keys:play"] = Convert.ToHexString(_secret),
    };

    /// <summary>What arrived, in order, repeats included.</summary>
    public IReadOnlyCollection<ReceivedNotice> Arrivals => _arrivals;

    /// <summary>How many arrived.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Requests that were not signed as they should be.</summary>
    public long Forged => Interlocked.Read(ref _forged);

    /// <summary>Decides what to answer instead of taking a notice; null from it: take it. Null: take all.</summary>
    public Func<string, Task<HttpStatusCode?>>? Mood { get; set; }

    /// <summary>What to answer to what is taken; null from it, and null: nothing.</summary>
    public Func<string, string?>? Says { get; set; }

    /// <summary>False: what arrives is only counted, by <see cref="Arrived"/>.</summary>
    public bool Keeps { get; init; } = true;

    /// <summary>Told of each notice that was taken.</summary>
    public Action<ReceivedNotice>? Arrived { get; init; }

    /// <summary>Starts one.</summary>
    /// <param name="secret">With which requests are signed; null: one of its own.</param>
    /// <param name="port">Where; 0: any free port.</param>
    /// <param name="arrived">Told of each notice; then nothing is kept. Null: all are kept.</param>
    public static async Task<WebhookReceiver> Start(byte[]? secret = null, int port = 0, Action<ReceivedNotice>? arrived = null)
    {
        var receiver = new WebhookReceiver(secret ?? PlaySecret, port) { Arrived = arrived, Keeps = arrived is null };
        await receiver.Start();
        return receiver;
    }

    /// <summary>Listens, again on the same port after the first time.</summary>
    public async Task Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, _port, listen => listen.Protocols = HttpProtocols.Http1));
        _app = builder.Build();
        _app.Run(Take);
        await _app.StartAsync();
        _port = new Uri(_app.Urls.First()).Port;
    }

    /// <summary>Stops listening and breaks off what is under way, as a killed process would.</summary>
    public async Task Stop()
    {
        if (_app is not { } app) return;
        _app = null;
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Stop();

    private async Task Take(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        var body = buffer.ToArray();
        var key = context.Request.Headers["Zvonok-Notice"].ToString();
        if (!IsGenuine(context.Request.Headers, body))
        {
            Interlocked.Increment(ref _forged);
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (Mood is { } mood && await mood(key) is { } status)
        {
            context.Response.StatusCode = (int)status;
            return;
        }

        var arrival = new ReceivedNotice(key, Encoding.UTF8.GetString(body), SystemClock.Instance.GetCurrentInstant());
        if (Keeps) _arrivals.Enqueue(arrival);
        Interlocked.Increment(ref _count);
        Arrived?.Invoke(arrival);
        if (Says?.Invoke(key) is { } answer)
        {
            await context.Response.WriteAsync(answer, context.RequestAborted);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    // Written as a receiver would, from the documentation alone.
    private bool IsGenuine(IHeaderDictionary headers, byte[] body)
    {
        var timestamp = headers["Zvonok-Timestamp"].ToString();
        if (headers["Zvonok-Key-Id"].Count != 1 || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return false;
        var age = SystemClock.Instance.GetCurrentInstant() - Instant.FromUnixTimeSeconds(seconds);
        if (age > AgeMax || age < -AgeMax) return false;
        byte[] signed = [.. Encoding.ASCII.GetBytes(timestamp), (byte)'.', .. body];
        var expected = HMACSHA256.HashData(_secret, signed);
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(expected)), Encoding.ASCII.GetBytes(headers["Zvonok-Signature"].ToString()));
    }
}
