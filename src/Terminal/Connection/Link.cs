using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Zvonok.Domain.Operations;

namespace Zvonok.Terminals.Connection;

/// <summary>The way to the core: there is a session, or one is being opened in the background, at one address after the other and more and more slowly (O7).</summary>
internal sealed class Link : IAsyncDisposable
{
    private static readonly TimeSpan WelcomeWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);
    private readonly ICore _core;
    private readonly TerminalOptions _options;
    private readonly ILinkHost _host;
    private readonly ILogger _logger;
    private readonly Random _random;
    private readonly ResiliencePipeline<Session> _opening;
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeSpan _answerWithin;
    private Task _running = Task.CompletedTask;
    private volatile Session? _session;
    private int _address;

    public Link(ICore core, TerminalOptions options, ILinkHost host, Random random, ILogger logger)
    {
        (_core, _options, _host, _random, _logger) = (core, options, host, random, logger);
        _answerWithin = options.AnswerWithin ?? throw new ArgumentException("AnswerWithin is not set.", nameof(options));
        _address = random.Next(options.Addresses.Count);
        _opening = new ResiliencePipelineBuilder<Session> { TimeProvider = options.TimeProvider }.AddRetry(new RetryStrategyOptions<Session>
        {
            ShouldHandle = outcome => ValueTask.FromResult(outcome.Outcome.Exception is not null and not OperationCanceledException),
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = FirstDelay,
            MaxDelay = options.ReconnectAtMostEvery,
            DelayGenerator = outcome => ValueTask.FromResult(AskedFor(outcome.Outcome.Exception)),
            OnRetry = outcome =>
            {
                LastFault = outcome.Outcome.Exception?.Message;
                return default;
            },
        }).Build();
    }

    /// <summary>Where the session is; null: there is none.</summary>
    public Uri? Address { get; private set; }

    /// <summary>Why there is none, or why the one before ended; null: never failed.</summary>
    public string? LastFault { get; private set; }

    /// <summary>The session; null: there is none.</summary>
    public Session? Session => _session;

    /// <summary>Begins to connect.</summary>
    public void Start() => _running = Task.Run(Run);

    /// <summary>Asks the core; null: there is no connection, or it has not answered in time. <c>WasSent</c>: it may have heard.</summary>
    public async ValueTask<(Answer? Answer, bool WasSent)> Ask(OperationId operation, IMessage request, TimeSpan? within = null)
    {
        if (_session is not { IsTrusted: true, HasRoom: true } session) return (null, false);
        return (await session.Ask(operation, request, within ?? _answerWithin), true);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _session?.End();
        await _running;
        _stop.Dispose();
    }

    private async Task Run()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                using (var session = await _opening.ExecuteAsync(Open, _stop.Token))
                {
                    using var stopped = _stop.Token.Register(session.End);
                    _session = session;
                    _host.Connected(session);
                    LastFault = await session.Run();
                    _session = null;
                    Address = null;
                    _host.Disconnected();
                    Log.ConnectionLost(_logger, LastFault);
                }

                await Task.Delay(FirstDelay * Jitter(), _options.TimeProvider, _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The terminal is stopped.
        }
    }

    private async ValueTask<Session> Open(CancellationToken stop)
    {
        var address = _options.Addresses[_address++ % _options.Addresses.Count];
        var (channel, isOwn) = _options.ChannelFactory is { } factory ? (factory(address), false) : (OwnChannel(address), true);
        var core = channel.CreateCallInvoker();
        Session? session = null;
        try
        {
            session = new Session(core, new OwnedConversation(_core.Connect(core, _host.Greeting, stop), isOwn ? channel as IDisposable : null), _host, _options.TimeProvider, _answerWithin);
            await session.Greet(WelcomeWithin);
            Address = address;
            Log.Connected(_logger, address);
            return session;
        }
        catch
        {
            if (session is not null) session.Dispose();
            else if (isOwn) (channel as IDisposable)?.Dispose();
            throw;
        }
    }

    // A new one for each session: when a cable was cut, calls over the old one would wait for answers that never come.
    private static GrpcChannel OwnChannel(Uri address) => GrpcChannel.ForAddress(address, new GrpcChannelOptions
    {
        HttpHandler = new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(5), KeepAlivePingDelay = TimeSpan.FromSeconds(20), KeepAlivePingTimeout = TimeSpan.FromSeconds(5) },
        DisposeHttpClient = true,
    });

    private TimeSpan? AskedFor(Exception? exception) =>
        exception is RpcException rpc && rpc.GetRpcStatus()?.GetDetail<RetryInfo>()?.RetryDelay?.ToTimeSpan() is { } delay ? delay * (1 + Jitter()) : null;

    private double Jitter()
    {
        lock (_random) return _random.NextDouble();
    }

    /// <summary>A conversation that takes its channel with it.</summary>
    private sealed class OwnedConversation(IConversation stream, IDisposable? channel) : IConversation
    {
        public Task Send(IMessage request) => stream.Send(request);

        public Task Beat(Instant deviceTime, long queued, IReadOnlyCollection<int> fireInputs) => stream.Beat(deviceTime, queued, fireInputs);

        public Task<News?> Read() => stream.Read();

        public void Dispose()
        {
            stream.Dispose();
            channel?.Dispose();
        }
    }
}

/// <summary>Whose link it is.</summary>
internal interface ILinkHost : ISessionHost
{
    Greeting Greeting { get; }

    /// <summary>A session is there; the welcome was heard already.</summary>
    void Connected(Session session);

    void Disconnected();
}
