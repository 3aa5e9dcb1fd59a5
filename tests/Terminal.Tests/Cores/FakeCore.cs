using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Threading.Channels;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zvonok.Domain.Lists;
using Zvonok.Terminals.V1;
using OfflineList = Zvonok.Domain.Lists.OfflineList;
using Status = Google.Rpc.Status;

namespace Zvonok.Terminals.Tests.Cores;

/// <summary>
/// A core over a socket that does what a test wants: it comes and goes at one address, keeps what it is told by operation id, and answers as it is set up to. What it has recorded stays when it is stopped, as a database does.
/// </summary>
internal sealed class FakeCore(School school) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Guid, Channel<Push>> _streams = new();
    private WebApplication? _app;

    public int Port { get; } = FreePort.Next();

    public Uri Address => new($"http://127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}");

    public School School { get; } = school;

    /// <summary>The newest list; null: none is given.</summary>
    public OfflineList? List { get; set; }

    /// <summary>Versions before the newest.</summary>
    public List<OfflineList> Older { get; } = [];

    public TimeSpan ClockAhead { get; set; }

    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(1);

    public (TimeSpan After, int PerSecond)? Pace { get; set; } = (TimeSpan.Zero, 100_000);

    public (Feed.V1.BuildingMode Mode, bool Open) Mode { get; set; } = (Feed.V1.BuildingMode.Normal, false);

    public Func<Gate.V1.TapRequest, Gate.V1.TapResult?> OnTap { get; set; } = Admit;

    public Func<IMessage, Till.V1.OperationResult?> OnSale { get; set; } = Grant;

    /// <summary>What a fact cannot be taken for; null: it can.</summary>
    public Func<long, Status?> OnFact { get; set; } = _ => null;

    /// <summary>Breaks an upload off after so many facts; 0: never.</summary>
    public int UploadBreaksAfter { get; set; }

    /// <summary>Every operation that was asked for over a stream.</summary>
    public ConcurrentQueue<IMessage> Asked { get; } = [];

    /// <summary>Uploaded facts in their order, repeats too.</summary>
    public ConcurrentQueue<(long Position, IMessage Fact)> Uploaded { get; } = [];

    public ConcurrentQueue<IMessage> Hellos { get; } = [];

    public ConcurrentQueue<IReadOnlyList<int>> FireInputs { get; } = [];

    public int Streams => _streams.Count;

    public static Gate.V1.TapResult Admit(Gate.V1.TapRequest tap) => new()
    {
        OperationId = tap.OperationId,
        Response = new Gate.V1.TapResponse { PassageNumber = 1, Outcome = Gate.V1.Outcome.Admitted, Direction = tap.Direction == Gate.V1.Direction.Toggle ? Gate.V1.Direction.In : tap.Direction, EventTime = tap.EventTime, AccountNumber = 1230 },
    };

    public static Till.V1.OperationResult Grant(IMessage request) => new()
    {
        OperationId = OperationOf(request), Granted = new Till.V1.OperationGranted { AccountNumber = 1230, EntryNumber = 5, BalanceKopecks = 100 },
    };

    public static Till.V1.OperationResult Refuse(IMessage request, Till.V1.RefusalReason reason) => new() { OperationId = OperationOf(request), Refused = new Till.V1.OperationRefused { Reason = reason } };

    public static Till.V1.OperationResult Fail(IMessage request, Code code) => new() { OperationId = OperationOf(request), Error = new Status { Code = (int)code, Message = code.ToString() } };

    public static ByteString OperationOf(IMessage request) => (ByteString)request.Descriptor.FindFieldByName("operation_id").Accessor.GetValue(request);

    public async Task Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, Port, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(this);
        _app = builder.Build();
        _app.MapGrpcService<FakeGates>();
        _app.MapGrpcService<FakeTills>();
        await _app.StartAsync();
    }

    /// <summary>Gone as a process that was killed.</summary>
    public async Task Stop()
    {
        if (_app is null) return;
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        _app = null;
    }

    public void TellMode(Feed.V1.BuildingMode mode, bool open)
    {
        Mode = (mode, open);
        foreach (var stream in _streams.Values) stream.Writer.TryWrite(new Push { Mode = Mode });
    }

    /// <summary>Another version of the list; it is pushed as a delta.</summary>
    public void Change(OfflineList next)
    {
        var delta = School.Sign(ListDeltas.Diff(List!, next));
        Older.Add(List!);
        List = next;
        Tell(delta);
    }

    public void Tell(SignedList list)
    {
        foreach (var stream in _streams.Values) stream.Writer.TryWrite(new Push { List = list });
    }

    /// <summary>Answers late to what was asked before.</summary>
    public void Tell(IMessage result)
    {
        foreach (var stream in _streams.Values) stream.Writer.TryWrite(new Push { Result = result });
    }

    public SignedList? Fetch(long known) => List is null ? null
        : known == List.Version ? School.Sign(ListDeltas.Diff(List, List))
        : Older.Find(older => older.Version == known) is { } old ? School.Sign(ListDeltas.Diff(old, List)) : School.Sign(List);

    public Channel<Push> Join(Guid stream) => _streams[stream] = Channel.CreateUnbounded<Push>();

    public void Leave(Guid stream)
    {
        if (_streams.TryRemove(stream, out var pushes)) pushes.Writer.TryComplete();
    }

    public Timestamp Now => Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow() + ClockAhead);

    public async ValueTask DisposeAsync() => await Stop();

    public readonly record struct Push
    {
        public (Feed.V1.BuildingMode Mode, bool Open)? Mode { get; init; }

        public SignedList? List { get; init; }

        public IMessage? Result { get; init; }
    }
}
