using Zvonok.Grains.Feed;

namespace Zvonok.Journal.Feed;

/// <summary>The facts of one table on one page, by transaction, and within it by what they are numbered in and number.</summary>
internal sealed class FactList<TFact>
    where TFact : Fact
{
    private readonly List<TFact> _facts = [];
    private readonly Comparison<TFact> _order;
    private bool _isSorted = true;

    /// <param name="order">Within one transaction.</param>
    public FactList(Comparison<TFact> order) => _order = (left, right) =>
        left.Position != right.Position ? left.Position.CompareTo(right.Position) : order(left, right);

    public int Count => _facts.Count;

    public void Add(TFact fact)
    {
        if (_isSorted && _facts.Count > 0) _isSorted = _order(_facts[^1], fact) <= 0;
        _facts.Add(fact);
    }

    /// <summary>The facts in order. The database nearly always gives them so, since it wrote them so; nothing promises it.</summary>
    public List<TFact> InOrder()
    {
        if (!_isSorted) _facts.Sort(_order);
        _isSorted = true;
        return _facts;
    }
}
