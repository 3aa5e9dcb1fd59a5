using System.Collections.Concurrent;

namespace Zvonok.Domain.Cards;

/// <summary>Things that are not for two threads at once and dear to make: whoever needs one takes an idle one, or makes it, and puts it back.</summary>
/// <param name="make">Makes one more.</param>
internal sealed class Idle<T>(Func<T> make)
{
    private readonly ConcurrentBag<T> _idle = [];

    /// <summary>One that nobody else has until it is disposed of.</summary>
    public Taken Take() => new(_idle, _idle.TryTake(out var idle) ? idle : make());

    /// <summary>In use.</summary>
    public readonly struct Taken(ConcurrentBag<T> idle, T item) : IDisposable
    {
        /// <summary>What was taken.</summary>
        public T Item => item;

        /// <summary>Puts it back.</summary>
        public void Dispose() => idle.Add(item);
    }
}
