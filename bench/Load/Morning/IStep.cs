namespace Zvonok.Load.Morning;

/// <summary>Something that an open loop begins at its time.</summary>
internal interface IStep
{
    /// <summary>When it is meant to begin.</summary>
    TimeSpan Start { get; }
}
