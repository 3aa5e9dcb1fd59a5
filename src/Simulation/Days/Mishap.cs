using Zvonok.Simulation.Cities;

namespace Zvonok.Simulation.Days;

/// <summary>What goes wrong for a pupil today.</summary>
public enum Mishap
{
    /// <summary>Nothing: the gate opens and lunch is sold.</summary>
    None,

    /// <summary>The card was reported lost, and somebody still uses it.</summary>
    CardLost,

    /// <summary>The card is blocked.</summary>
    CardBlocked,

    /// <summary>The pupil holds out some other card, which nobody registered.</summary>
    CardNotRegistered,

    /// <summary>There is too little in the purse for a lunch.</summary>
    PurseLow,

    /// <summary>The family's daily limit is below the price of a lunch.</summary>
    LimitLow,
}

/// <summary>Who of a city has a mishap today: two in a hundred pupils, at least one of each kind.</summary>
public sealed class Mishaps
{
    // For a thousand pupils.
    private static readonly (Mishap Mishap, int PerThousand)[] Shares =
    [
        (Mishap.CardLost, 4), (Mishap.CardBlocked, 2), (Mishap.CardNotRegistered, 2), (Mishap.PurseLow, 6), (Mishap.LimitLow, 6),
    ];

    private readonly Dictionary<int, Mishap> _ofPupil = [];

    /// <summary>Draws them.</summary>
    public Mishaps(City city, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(city.Plan.Pupils, Shares.Length, nameof(city));
        var order = new PupilOrder(city.Plan.Pupils, seed);
        foreach (var (mishap, perThousand) in Shares)
            for (var left = Math.Max(1, city.Plan.Pupils * perThousand / 1_000); left > 0; left--)
                _ofPupil.Add(order[_ofPupil.Count], mishap);
    }

    /// <summary>What goes wrong for the pupil of an index.</summary>
    public Mishap Of(int pupil) => _ofPupil.GetValueOrDefault(pupil);

    /// <summary>The indices of the pupils for whom this goes wrong.</summary>
    public IEnumerable<int> With(Mishap mishap) => _ofPupil.Where(one => one.Value == mishap).Select(one => one.Key);
}
