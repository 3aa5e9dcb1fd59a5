using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Buildings;

/// <summary>What somebody did last at a building's gates, by the time of the event (O3): the later of two counts, whichever is told of first.</summary>
/// <param name="IsInside">They came in; else they went out.</param>
/// <param name="UnixMilliseconds">When.</param>
/// <param name="By">The operation, which decides between two in the same millisecond.</param>
[GenerateSerializer, Immutable, Alias("zvonok.Whereabouts")]
public readonly record struct Whereabouts([property: Id(0)] bool IsInside, [property: Id(1)] long UnixMilliseconds, [property: Id(2)] OperationId By) : IComparable<Whereabouts>
{
    /// <summary>When.</summary>
    public Instant At => Instant.FromUnixTimeMilliseconds(UnixMilliseconds);

    /// <summary>Where somebody is after a passage.</summary>
    public static Whereabouts After(Direction direction, Passage passage) => new(direction == Direction.In, passage.EventAt.ToUnixTimeMilliseconds(), passage.Operation);

    /// <summary>Which of two passages of one person counts: the greater.</summary>
    public int CompareTo(Whereabouts other) => UnixMilliseconds != other.UnixMilliseconds ? UnixMilliseconds.CompareTo(other.UnixMilliseconds) : By.CompareTo(other.By);
}
