namespace Zvonok.Grains.Caretaking;

/// <summary>
/// Does what has to be done once in the cluster from time to time, whatever died meanwhile. One in the cluster; two at once do no harm: every chore may be repeated.
/// </summary>
[Alias("zvonok.ICaretakerGrain")]
public interface ICaretakerGrain : IKeptGrain;

/// <summary>Something that the caretaker does every few seconds. Whatever it throws is logged, and it is tried again.</summary>
public interface IChore
{
    /// <summary>Looks for work and does it; it may be broken off between any two steps, and begun by another silo.</summary>
    Task Do(CancellationToken stop);
}
