using System.Threading.Channels;

namespace Zvonok.Terminals;

/// <summary>Wakes whoever waits; a signal that nobody waits for is kept once.</summary>
internal sealed class Signal
{
    private readonly Channel<bool> _set = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _set.Writer.TryWrite(true);

    public Task Wait(CancellationToken stop) => _set.Reader.ReadAsync(stop).AsTask();
}
