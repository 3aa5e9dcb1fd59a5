namespace Zvonok.Grains;

/// <summary>
/// Orleans' notion of which activations were used lately, without its book-keeping. The built-in one notes every activation that is
/// used after ten seconds of rest and walks over all of them every five seconds; of a million children nearly every one has rested, so
/// each operation paid for two new notes that outlive a collection (docs/decisions/0005-lean-working-set.md). Here an activation belongs
/// to the set for as long as it lives. The collection of idle activations does not need more: it looks at an activation's own clock when
/// its time is up. What is lost are Orleans' warnings about requests that run for long; the journal's deadline bounds ours.
/// </summary>
internal sealed class LeanWorkingSet(IEnumerable<IActivationWorkingSetObserver> observers) : IActivationWorkingSet
{
    private readonly IActivationWorkingSetObserver[] _observers = [.. observers];
    private int _count;

    /// <summary>How many activations live here.</summary>
    public int Count => _count;

    public void OnActivated(IActivationWorkingSetMember member)
    {
        Interlocked.Increment(ref _count);
        foreach (var observer in _observers) observer.OnAdded(member);
    }

    public void OnActive(IActivationWorkingSetMember member)
    {
    }

    public void OnDeactivating(IActivationWorkingSetMember member)
    {
        foreach (var observer in _observers) observer.OnDeactivating(member);
    }

    public void OnDeactivated(IActivationWorkingSetMember member)
    {
        Interlocked.Decrement(ref _count);
        foreach (var observer in _observers) observer.OnDeactivated(member);
    }
}
