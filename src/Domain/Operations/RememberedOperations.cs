namespace Zvonok.Domain.Operations;

/// <summary>What a grain knows about an operation id that reaches it.</summary>
public enum Recollection
{
    /// <summary>It was never done here.</summary>
    New,

    /// <summary>It was done, and the answer is at hand.</summary>
    Remembered,

    /// <summary>It may have been done so long ago that it is forgotten: the journal has to be asked.</summary>
    MaybeForgotten,

    /// <summary>The id was used for something else.</summary>
    Reused,
}

/// <summary>
/// A grain's memory of its last operations and their answers, and the <em>floor</em>: the latest making time among the
/// ids that it has forgotten. An id made after the floor and not remembered is certainly new, so the usual operation
/// needs no look-up; only an older one, a late upload, does.
/// </summary>
/// <typeparam name="TAnswer">The answer to give again.</typeparam>
/// <param name="capacity">How many operations are remembered.</param>
public sealed class RememberedOperations<TAnswer>(int capacity)
{
    private Slot[] _slots = [];
    private int _count;
    private int _next;

    /// <summary>Ids made at or before this Unix millisecond may have been forgotten.</summary>
    public long FloorUnixMilliseconds { get; private set; } = long.MinValue;

    /// <summary>
    /// Called once after loading when the journal holds more operations than were read: every unread one was made at or
    /// before <paramref name="madeUntil"/>.
    /// </summary>
    public void ForgetUpTo(Instant madeUntil) => Raise(madeUntil.ToUnixTimeMilliseconds());

    /// <summary>What is known of <paramref name="id"/>; <paramref name="answer"/> is set when it is remembered.</summary>
    public Recollection Recall(OperationId id, Fingerprint fingerprint, out TAnswer answer)
    {
        // The newest first: what was refused may have come again as a fact.
        if (FindAmong(_slots.AsSpan(0, _next), id) is var newer and >= 0) return Recognise(_slots[newer], fingerprint, out answer);
        if (FindAmong(_slots.AsSpan(_next, _count - _next), id) is var older and >= 0) return Recognise(_slots[_next + older], fingerprint, out answer);
        answer = default!;
        return id.UnixMilliseconds > FloorUnixMilliseconds ? Recollection.New : Recollection.MaybeForgotten;
    }

    /// <summary>The answer to an operation, whatever it asked for; false when it is not remembered.</summary>
    public bool TryFind(OperationId id, out TAnswer answer)
    {
        var slots = _slots.AsSpan(0, _count);
        var found = FindAmong(slots, id);
        answer = found < 0 ? default! : slots[found].Answer;
        return found >= 0;
    }

    /// <summary>Remembers an answer, and forgets the oldest when full.</summary>
    public void Keep(OperationId id, Fingerprint fingerprint, TAnswer answer)
    {
        if (_count == capacity)
        {
            Raise(_slots[_next].Id.UnixMilliseconds);
        }
        else
        {
            if (_count == _slots.Length) Array.Resize(ref _slots, Math.Min(capacity, Math.Max(2, _count * 2)));
            _count++;
        }

        _slots[_next] = new Slot(id, fingerprint, answer);
        _next = (_next + 1) % capacity;
    }

    private static int FindAmong(ReadOnlySpan<Slot> slots, OperationId id)
    {
        for (var i = slots.Length - 1; i >= 0; i--)
            if (slots[i].Id == id) return i;
        return -1;
    }

    private static Recollection Recognise(in Slot slot, Fingerprint fingerprint, out TAnswer answer)
    {
        answer = slot.Answer;
        return slot.Fingerprint == fingerprint ? Recollection.Remembered : Recollection.Reused;
    }

    private void Raise(long floor) => FloorUnixMilliseconds = Math.Max(FloorUnixMilliseconds, floor);

    private readonly record struct Slot(OperationId Id, Fingerprint Fingerprint, TAnswer Answer);
}
