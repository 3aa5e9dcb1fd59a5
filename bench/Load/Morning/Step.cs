using Zvonok.Gate.V1;

namespace Zvonok.Load.Morning;

/// <summary>Something that a pupil does, and what has to come of it.</summary>
/// <param name="Start">When it is meant to begin.</param>
/// <param name="Pupil">Who.</param>
/// <param name="Direction">A tap's way; <see cref="Direction.Unspecified"/> for a sale.</param>
/// <param name="Balance">What a sale has to leave in the purse, in kopecks.</param>
internal readonly record struct Step(TimeSpan Start, int Pupil, Direction Direction, long Balance) : IStep
{
    public bool IsTap => Direction != Direction.Unspecified;
}
