using Zvonok.Till.V1;

namespace Zvonok.Load.Compare;

/// <summary>An endless row of sales: one pupil after the other, each at the till of the own school. Safe for any number of threads.</summary>
internal sealed class SaleSource
{
    private readonly Pupil[] _pupils;
    private long _position = -1;

    public SaleSource(City city)
    {
        var order = new PupilOrder(city.Plan.Pupils, city.Plan.Seed);
        _pupils = [.. Enumerable.Range(0, city.Plan.Pupils).Select(i => city.PupilAt(order[i]))];
    }

    /// <summary>How many sales it takes to meet every pupil.</summary>
    public int Pupils => _pupils.Length;

    /// <summary>The next pupil's sale.</summary>
    public SellRequest Next(ByteString operation)
    {
        var pupil = _pupils[Interlocked.Increment(ref _position) % _pupils.Length];
        return TillLink.Request(operation, pupil.School.Till, pupil.CardUid, Menu.LinesFor(pupil.Index), SystemClock.Instance.GetCurrentInstant());
    }
}
