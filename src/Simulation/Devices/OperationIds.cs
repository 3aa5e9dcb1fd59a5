namespace Zvonok.Simulation.Devices;

/// <summary>Makes operation ids as they go over the wire. Safe for any number of threads.</summary>
/// <param name="clock">The devices' clock.</param>
/// <param name="seed">What the random bits are drawn from; two makers that live at the same time need two seeds.</param>
public sealed class OperationIds(IClock clock, int seed)
{
    private readonly Random _random = new(seed);
    private readonly Lock _lock = new();

    /// <summary>A new id.</summary>
    public ByteString Next()
    {
        OperationId id;
        lock (_lock) id = OperationId.Create(clock.GetCurrentInstant(), _random);
        Span<byte> bytes = stackalloc byte[OperationId.Length];
        id.Write(bytes);
        return ByteString.CopyFrom(bytes);
    }
}
