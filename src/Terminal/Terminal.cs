using System.Security.Cryptography;
using System.Threading.Channels;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;
using Zvonok.Domain.Lists;
using Zvonok.Domain.Operations;
using Zvonok.Terminals.Connection;
using Zvonok.Terminals.Lists;
using Zvonok.Terminals.Storage;
using Zvonok.Terminals.Uploads;
using Zvonok.Terminals.V1;

namespace Zvonok.Terminals;

/// <summary>What gates and tills have in common: the file, the list, the connection, the upload, the clock. It has tasks, and no thread of its own.</summary>
internal sealed class Terminal : ILinkHost, IUploadHost, IAsyncDisposable
{
    // A list of many pieces takes long to put together at the start.
    private const int ListPartsMax = 64;

    private static readonly TimeSpan FetchSoon = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FetchUnsaid = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FetchWithin = TimeSpan.FromSeconds(30);
    private readonly ITerminalOwner _owner;
    private readonly ICore _core;
    private readonly Random _random = new(RandomNumberGenerator.GetInt32(int.MaxValue));
    private readonly ILogger _logger;
    private readonly Link _link;
    private readonly Uploader _uploader;
    private readonly Pacer _pacer = new();
    private readonly ListVerifier _verifier;
    private readonly Signal _work = new();
    private readonly Channel<SignedList> _pushed = Channel.CreateBounded<SignedList>(new BoundedChannelOptions(64) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private long _knownVersion;

    public Terminal(TerminalOptions options, DeviceKind kind, ICore core, ITerminalOwner owner, Action<StoreMoment>? watch)
    {
        (Options, _core, _owner, _logger) = (options, core, owner, options.Logger ?? NullLogger.Instance);
        Building = new BuildingId(options.Building);
        Key = new ListKey(options.ListKeyId, options.ListKey.Span);
        _verifier = new ListVerifier(options.SigningKeys);
        Keeper = new Keeper(options.DataFile, options.TimeProvider, _logger, watch);
        Clock = new ServerClock(options.TimeProvider, Keeper.Remembered.ClockOffset);
        Book = new ListBook(_verifier, Building, kind, options.ListKeyId);
        foreach (var part in Keeper.Remembered.List) Book.Take(part);
        _knownVersion = Book.Version;
        _link = new Link(core, options, this, _random, _logger);
        _uploader = new Uploader(core, this, _pacer, options.TimeProvider, _random, _logger);
    }

    /// <summary>Held while something is decided or written: a terminal does one thing at a time.</summary>
    public Lock Gate { get; } = new();

    public TerminalOptions Options { get; }

    public BuildingId Building { get; }

    public ListKey Key { get; }

    public Keeper Keeper { get; }

    public ServerClock Clock { get; }

    public ListBook Book { get; }

    public bool IsConnected => _link.Session is { IsTrusted: true };

    Instant ISessionHost.DeviceTime => Clock.DeviceTime;

    long ISessionHost.Queued => Keeper.Queued;

    IReadOnlyCollection<int> ISessionHost.FireInputs => _owner.FireInputs;

    Greeting ILinkHost.Greeting => new(Options.ListKeyId, Interlocked.Read(ref _knownVersion), Keeper.Queued);

    /// <summary>Begins to connect.</summary>
    public void Start()
    {
        _link.Start();
        _running = Task.WhenAll(Task.Run(() => _uploader.Run(_stop.Token)), Task.Run(() => KeepList(_stop.Token)));
    }

    /// <summary>A new operation's id, of the core's time: one from a clock that is ahead would be refused.</summary>
    public OperationId NewOperation(Guid? given)
    {
        if (given is { } guid)
        {
            Span<byte> bytes = stackalloc byte[OperationId.Length];
            guid.TryWriteBytes(bytes, bigEndian: true, out _);
            return OperationId.TryRead(bytes, out var operation) ? operation : throw new ArgumentException("An operation id is a UUIDv7.", nameof(given));
        }

        lock (_random) return OperationId.Create(Clock.Now, _random);
    }

    /// <summary>Who has that card by the list. Its radio number is hashed here, and kept nowhere.</summary>
    public ListToken TokenOf(ReadOnlyMemory<byte> cardUid) => Key.TokenOf(CardDigest.Of(cardUid.Span));

    public ValueTask<(Answer? Answer, bool WasSent)> Ask(OperationId operation, IMessage request, TimeSpan? within = null) => _link.Ask(operation, request, within);

    /// <summary>Something is in the queue.</summary>
    public void Queued() => _work.Set();

    /// <summary>Tells the core at once how the inputs are.</summary>
    public void BeatNow() => _link.Session?.BeatNow();

    public TerminalStatus Status(BuildingMode mode)
    {
        lock (Gate)
        {
            var list = Book.Index?.List;
            return new TerminalStatus
            {
                IsConnected = IsConnected,
                Address = _link.Address,
                ConnectionFault = _link.LastFault,
                ListVersion = Book.Version,
                ListAge = list is null ? null : (Clock.Now - list.MadeAt).ToTimeSpan(),
                ListValidUntil = list?.ValidUntil.ToDateTimeOffset(),
                Queued = Keeper.Queued,
                Unsaved = Keeper.Unsaved,
                ClockOffset = Clock.Offset.ToTimeSpan(),
                Mode = (Zvonok.Feed.V1.BuildingMode)mode,
                StoreFault = Keeper.Fault,
                BrokenFile = Keeper.BrokenFile,
                UploadFault = _uploader.LastFault,
            };
        }
    }

    void ISessionHost.Heard(News news, long sentAt)
    {
        if (news.ServerTime is { } serverTime && Clock.Read(serverTime, sentAt)) KeepOffset();
        if (news.Pace is { } pace) _pacer.Set(pace.After, pace.PerSecond, Options.TimeProvider.GetUtcNow(), Jitter());
        else if (news.IsWelcome) _pacer.Set(TimeSpan.Zero, 0, Options.TimeProvider.GetUtcNow(), Jitter());
        if (news.Mode is { } mode) _owner.TurnTo((BuildingMode)mode.Mode, mode.Open);
        if (news.List is { } list) _pushed.Writer.TryWrite(list);
    }

    void ISessionHost.HeardLate(OperationId operation, Answer answer) => _owner.HeardLate(operation, answer);

    void ILinkHost.Connected(Session session)
    {
        _work.Set();
        _owner.Connected();
        if (_owner.FireInputs.Count > 0) session.BeatNow();
    }

    void ILinkHost.Disconnected()
    {
    }

    async Task<Session> IUploadHost.WaitForWork(CancellationToken stop)
    {
        while (true)
        {
            // What is in memory alone waits too: it goes when the file takes it again. That a connection is there and trusted is told by nobody.
            if (_link.Session is { IsTrusted: true } session && (Keeper.Queued > 0 || Keeper.Unsaved > 0)) return session;
            lock (Gate) Keeper.Rest();
            if (Keeper.Queued == 0 && Keeper.Unsaved == 0) await _work.Wait(stop);
            else await Task.Delay(LookAgain, Options.TimeProvider, stop);
        }
    }

    IReadOnlyList<QueuedFact> IUploadHost.Next(long after, int most)
    {
        lock (Gate) return Keeper.Next(after, most);
    }

    long IUploadHost.Acknowledge(Acknowledged acknowledged)
    {
        lock (Gate)
        {
            _owner.Acknowledging(acknowledged);
            return Keeper.Acknowledge(acknowledged, Clock.Now);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _link.DisposeAsync();
        await _running;
        lock (Gate) Keeper.Dispose();
        _verifier.Dispose();
        _stop.Dispose();
    }

    // Lists come by themselves over the stream; who has heard of none for long asks.
    private async Task KeepList(CancellationToken stop)
    {
        var due = Options.TimeProvider.GetTimestamp();
        var after = FetchSoon * Jitter();
        var (isWhole, wasAway) = (false, false);
        while (!stop.IsCancellationRequested)
        {
            var taking = await Pushed(after - Options.TimeProvider.GetElapsedTime(due), stop) is { } pushed ? Take(pushed) : default(ListTaking?);
            if (stop.IsCancellationRequested) return;
            if (taking is ListTaking.Whole or ListTaking.Delta or ListTaking.Younger)
            {
                (due, after) = (Options.TimeProvider.GetTimestamp(), FetchUnsaid * (1 + Jitter()));
                continue;
            }

            if (taking is ListTaking.Older) continue;
            if (taking is ListTaking.OtherResult) isWhole = true;
            if (_link.Session is not { IsTrusted: true } session) (after, wasAway) = (FetchSoon * (0.5 + Jitter()), true);
            // The core knows from the hello what is there, and sends what is missing: thousands do not come at once (O7).
            else if (wasAway && Book.Version > 0 && taking is null) (after, wasAway) = (FetchUnsaid * Jitter(), false);
            else (after, isWhole) = await Fetch(session, isWhole, stop);
            due = Options.TimeProvider.GetTimestamp();
        }
    }

    private async Task<SignedList?> Pushed(TimeSpan within, CancellationToken stop)
    {
        if (_pushed.Reader.TryRead(out var there)) return there;
        if (within <= TimeSpan.Zero) return null;
        using var patience = new CancellationTokenSource(within, Options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        try
        {
            return await _pushed.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<(TimeSpan After, bool IsWhole)> Fetch(Session session, bool isWhole, CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(FetchWithin, Options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, session.Ended, patience.Token);
        try
        {
            long known;
            lock (Gate) known = isWhole || Keeper.ListParts > ListPartsMax ? 0 : Book.Version;
            var (list, fetchAfter) = await _core.FetchList(session.Core, known, either.Token);
            var taking = list is null ? ListTaking.NotOurs : Take(list);
            if (taking is ListTaking.OtherBase or ListTaking.OtherResult) return (FetchSoon * Jitter(), true);
            return (fetchAfter > TimeSpan.Zero ? fetchAfter.Value : FetchUnsaid * (1 + Jitter()), false);
        }
        catch (Exception exception) when (exception is RpcException or OperationCanceledException or IOException or InvalidOperationException)
        {
            if (exception is RpcException rpc && !stop.IsCancellationRequested) Log.FetchFailed(_logger, $"{rpc.StatusCode}: {rpc.Status.Detail}");
            return (FetchUnsaid * (0.5 + Jitter()), isWhole);
        }
    }

    private ListTaking Take(SignedList signed)
    {
        lock (Gate)
        {
            var taking = Book.Take(signed);
            if (taking is ListTaking.NotOurs or ListTaking.OtherBase or ListTaking.OtherResult) Log.ListNotTaken(_logger, taking);
            if (taking is not (ListTaking.Whole or ListTaking.Delta or ListTaking.Younger)) return taking;
            Interlocked.Exchange(ref _knownVersion, Book.Version);
            Keeper.Note(store =>
            {
                if (taking == ListTaking.Whole) store.PutList(signed);
                else store.PutDelta(signed, taking == ListTaking.Younger);
            });
            _owner.ListChanged(Book.Index!);
            return taking;
        }
    }

    private void KeepOffset() => Task.Run(() =>
    {
        lock (Gate) Keeper.Note(store => store.PutClockOffset(Clock.Offset));
    });

    private double Jitter()
    {
        lock (_random) return _random.NextDouble();
    }
}

/// <summary>The gate or the till of a terminal.</summary>
internal interface ITerminalOwner
{
    /// <summary>The gates whose fire input is on; none for a till.</summary>
    IReadOnlyCollection<int> FireInputs { get; }

    /// <summary>The core has told the building's mode.</summary>
    void TurnTo(BuildingMode mode, bool isOpen);

    /// <summary>Another list is in force; the terminal's lock is held.</summary>
    void ListChanged(ListIndex index);

    /// <summary>The core has facts of the queue; the terminal's lock is held.</summary>
    void Acknowledging(Acknowledged acknowledged);

    /// <summary>An answer that nobody waits for any more.</summary>
    void HeardLate(OperationId operation, Answer answer);

    /// <summary>There is a connection again.</summary>
    void Connected();
}
