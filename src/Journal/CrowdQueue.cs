using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Zvonok.Journal;

/// <summary>What waits for a way to the database, oldest first.</summary>
/// <param name="max">One more than so many is not taken.</param>
/// <param name="crowd">So many are worth a way of their own beside the one that is under way.</param>
internal sealed class CrowdQueue<T>(int max, int crowd)
{
    private readonly Channel<T> _waiting = Channel.CreateBounded<T>(max);

    // Holds a sign once the queue has grown to a crowd; whoever takes it looks whether that is still so.
    private readonly Channel<bool> _crowds = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>False when the queue is full or complete.</summary>
    public bool TryAdd(T one)
    {
        if (!_waiting.Writer.TryWrite(one)) return false;
        if (Interlocked.Increment(ref _count) == crowd) _crowds.Writer.TryWrite(true);
        return true;
    }

    public bool TryTake([MaybeNullWhen(false)] out T one)
    {
        if (!_waiting.Reader.TryRead(out one)) return false;
        Interlocked.Decrement(ref _count);
        return true;
    }

    /// <summary>Returns when something waits; false when the queue is complete and empty.</summary>
    public ValueTask<bool> WaitForOne() => _waiting.Reader.WaitToReadAsync();

    /// <summary>Returns when a crowd waits; false when the queue is complete and no crowd is left.</summary>
    public async ValueTask<bool> WaitForCrowd()
    {
        while (Count < crowd)
        {
            if (!await _crowds.Reader.WaitToReadAsync()) return false;
            _crowds.Reader.TryRead(out _);
        }

        return true;
    }

    /// <summary>Nothing more is taken.</summary>
    public void Complete(Exception? reason = null)
    {
        _waiting.Writer.TryComplete(reason);
        _crowds.Writer.TryComplete();
    }
}
