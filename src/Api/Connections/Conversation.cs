using Zvonok.Api.Hosting;
using Zvonok.Grains.Buildings.Watching;
using Zvonok.Terminals.V1;

namespace Zvonok.Api.Connections;

/// <summary>
/// One <c>Connect</c> call. Without a hello it is a pipeline of commands. With one it is its devices' connection: greeted, told the mode, heard from, and ended when nothing comes any more.
/// The doors say what its messages are.
/// </summary>
internal abstract class Conversation<TRequest, TResponse>(ConnectionServices services, ServerCallContext call, ILogger logger)
    where TResponse : class
{
    private readonly Lock _gate = new();
    private readonly Outlet<TResponse> _outlet = new();
    private Task<bool>? _greeting;
    private Line? _line;
    private ModeSeen? _mode;
    private bool _hasBegun;
    private bool _isWelcome;
    private volatile bool _isOver;

    /// <summary>The devices of its hello; null when there was none.</summary>
    protected IReadOnlyList<DeviceId>? Devices => _line?.Devices;

    protected ConnectionServices Services => services;

    protected ILogger Logger => logger;

    /// <summary>Until the device has said its last, or is gone, or the core ends it.</summary>
    public async Task Run(IAsyncStreamReader<TRequest> requests, IServerStreamWriter<TResponse> responses)
    {
        try
        {
            await Pipeline.Run(requests, responses, Answer, _outlet, call.CancellationToken, services.ServerStops);
        }
        finally
        {
            _isOver = true;
            if (_line is { } line) services.Hub.Leave(line);
        }
    }

    /// <summary>What a message is.</summary>
    protected abstract Speech SpeechOf(TRequest request);

    /// <summary>Who says hello. Throws what is wrong with it.</summary>
    protected abstract ValueTask<Greeting> ReadHello(TRequest request);

    /// <summary>What a heartbeat says. Throws what is wrong with it.</summary>
    protected abstract Beat ReadHeartbeat(TRequest request);

    /// <summary>Does what is asked for. It does not throw.</summary>
    protected abstract ValueTask<TResponse?> Operate(TRequest request);

    protected abstract TResponse Welcome(ModeSeen? mode, Duration uploadAfter);

    protected abstract TResponse Pace(Duration uploadAfter);

    protected abstract TResponse AnswerToHeartbeat();

    /// <summary>The mode as the device is told of it; null when such a device need not know.</summary>
    protected abstract TResponse? Mode(ModeSeen mode);

    protected abstract TResponse List(SignedList list);

    /// <summary>A command is of a device of the hello, if there was one.</summary>
    protected void CheckDevice(int id)
    {
        if (Devices is { } devices && !devices.Contains(new DeviceId(id))) throw Shapes.Check.Bad("device_id", "a device of the stream's hello");
    }

    // The stream is read by one: what is said first is first here.
    private ValueTask<TResponse?> Answer(TRequest request)
    {
        var isFirst = !_hasBegun;
        _hasBegun = true;
        _line?.Heard();
        switch (SpeechOf(request))
        {
            case Speech.Hello:
                if (!isFirst) return Refuse(Shapes.Check.Bad("hello", "the first message of its stream, and the only hello"));
                _greeting = Greet(request);
                return Nothing(_greeting);
            case Speech.Heartbeat:
                return Hear(request);
            default:
                return _greeting is null or { IsCompletedSuccessfully: true, Result: true } ? Operate(request) : OperateGreeted(request);
        }
    }

    private async Task<bool> Greet(TRequest request)
    {
        try
        {
            var greeting = await ReadHello(request);
            var line = _line = new Line(this, greeting);
            var joining = services.Hub.Join(line);
            // It may have been over before it was there to be left.
            if (_isOver) services.Hub.Leave(line);
            var mode = await joining;
            var uploadAfter = services.Pace.Admit(line.Devices[0], greeting.Queued);
            lock (_gate)
            {
                // What came meanwhile is the later one.
                _isWelcome = true;
                return _outlet.TryPush(Welcome(_mode ?? mode, uploadAfter));
            }
        }
        catch (Exception exception)
        {
            End(exception);
            return false;
        }
    }

    private async ValueTask<TResponse?> Hear(TRequest request)
    {
        try
        {
            if (_greeting is null) throw Shapes.Check.Bad("heartbeat", "sent after a hello");
            if (!await _greeting) return null;
            var (line, beat) = (_line!, ReadHeartbeat(request));
            await services.Hub.Hear(line, beat.FiresOn);
            if (services.Pace.NeedsTurn(line.Devices[0], beat.Queued)) _outlet.TryPush(Pace(services.Pace.Admit(line.Devices[0], beat.Queued)));
            return AnswerToHeartbeat();
        }
        catch (Exception exception)
        {
            End(exception);
            return null;
        }
    }

    private async ValueTask<TResponse?> OperateGreeted(TRequest request) => await _greeting! ? await Operate(request) : null;

    private static async ValueTask<TResponse?> Nothing(Task before)
    {
        await before;
        return null;
    }

    private ValueTask<TResponse?> Refuse(Exception reason)
    {
        End(reason);
        return default;
    }

    private void End(Exception reason) => _outlet.End(Faults.ToRpcException(reason, call.Method, logger));

    private bool Tell(ModeSeen mode)
    {
        lock (_gate)
        {
            _mode = mode;
            return !_isWelcome || Mode(mode) is not { } notice || _outlet.TryPush(notice);
        }
    }

    /// <summary>The hub's end of it.</summary>
    private sealed class Line(Conversation<TRequest, TResponse> conversation, Greeting greeting) : DeviceStream(greeting.Building, greeting.Devices)
    {
        private readonly ListLine? _list = greeting.List is null ? null : new ListLine(conversation.Services.Lists, greeting, list => conversation._outlet.TryPush(conversation.List(list)));

        public override void CardsChanged() => _list?.Want();

        public override void Round() => _list?.Round();

        public override bool Tell(ModeSeen mode) => conversation.Tell(mode);

        protected override void End(StreamEnd why) => conversation._outlet.End(new RpcException(why switch
        {
            StreamEnd.Replaced => new Status(StatusCode.Aborted, "The device has said hello on another stream."),
            StreamEnd.Slow => new Status(StatusCode.ResourceExhausted, "The device does not read what it is told: connect again."),
            _ => new Status(StatusCode.Unavailable, "Nothing came from the device for three heartbeats: connect again."),
        }));

        protected override void Abort() => conversation.Abort();
    }

    private void Abort() => call.GetHttpContext().Abort();
}

/// <summary>What a message of a stream is.</summary>
internal enum Speech
{
    /// <summary>A command, or nothing that is known.</summary>
    Operation,

    /// <summary>Who speaks.</summary>
    Hello,

    /// <summary>The device lives.</summary>
    Heartbeat,
}

/// <summary>Who has said hello.</summary>
/// <param name="Building">Where the devices stand.</param>
/// <param name="Kind">What they are.</param>
/// <param name="Devices">One or more.</param>
/// <param name="Queued">Facts that wait to be uploaded.</param>
/// <param name="List">The list that they have; null when they want none.</param>
internal sealed record Greeting(BuildingId Building, DeviceKind Kind, IReadOnlyList<DeviceId> Devices, long Queued, ListHeld? List);

/// <summary>What a heartbeat says.</summary>
/// <param name="Queued">Facts that wait to be uploaded.</param>
/// <param name="FiresOn">Gates whose fire input is on.</param>
internal readonly record struct Beat(long Queued, IReadOnlyList<DeviceId> FiresOn);
