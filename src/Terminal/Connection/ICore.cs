using Google.Protobuf;
using Grpc.Core;
using Zvonok.Domain.Operations;
using Zvonok.Terminals.V1;
using Status = Google.Rpc.Status;

namespace Zvonok.Terminals.Connection;

/// <summary>The core as one kind of device speaks with it.</summary>
internal interface ICore
{
    /// <summary>A stream on which this device says hello.</summary>
    IConversation Connect(CallInvoker core, Greeting hello, CancellationToken stop);

    /// <summary>The newest list, and when to ask again.</summary>
    Task<(SignedList? List, TimeSpan? FetchAfter)> FetchList(CallInvoker core, long knownVersion, CancellationToken stop);

    /// <summary>A call that takes facts of the queue.</summary>
    IUpload Upload(CallInvoker core, CancellationToken stop);
}

/// <summary>What a device says of itself first.</summary>
internal readonly record struct Greeting(uint ListKeyId, long ListVersion, long Queued);

/// <summary>A stream. Writes come one after the other; reads too.</summary>
internal interface IConversation : IDisposable
{
    /// <summary>Sends a request of the device, which the stream's own message is put around.</summary>
    Task Send(IMessage request);

    /// <summary>Says that the device lives.</summary>
    Task Beat(Instant deviceTime, long queued, IReadOnlyCollection<int> fireInputs);

    /// <summary>The next message; null: the core has ended the stream.</summary>
    Task<News?> Read();
}

/// <summary>A message of the core: what is set, it tells.</summary>
internal readonly record struct News
{
    /// <summary>The operation that <see cref="Answer"/> or <see cref="Error"/> is about.</summary>
    public OperationId? Operation { get; init; }

    public IMessage? Answer { get; init; }

    public Status? Error { get; init; }

    /// <summary>True: the answer to the hello.</summary>
    public bool IsWelcome { get; init; }

    /// <summary>The core's clock, in a welcome and in the answer to a heartbeat.</summary>
    public Instant? ServerTime { get; init; }

    public TimeSpan? HeartbeatInterval { get; init; }

    public (int Mode, bool Open)? Mode { get; init; }

    public SignedList? List { get; init; }

    /// <summary>When to upload (O7).</summary>
    public (TimeSpan After, int PerSecond)? Pace { get; init; }
}

/// <summary>An upload. Writes come one after the other; reads too, at the same time.</summary>
internal interface IUpload : IDisposable
{
    Task Send(long position, byte[] body);

    /// <summary>That was the last.</summary>
    Task Finish();

    /// <summary>How far the core has come; null: the call is over, and all that was sent was told of.</summary>
    Task<Acknowledged?> Read();
}

/// <summary>How far an upload has come.</summary>
internal readonly record struct Acknowledged(long Position, IReadOnlyCollection<(long Position, int Code, string Message)> NotTaken);
