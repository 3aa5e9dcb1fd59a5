namespace Zvonok.Simulation.Cities;

/// <summary>What a city is made from; the same plan makes the same city.</summary>
public sealed record CityPlan
{
    /// <summary>Pupils of an average school building of Moscow: a million in 1,900 buildings.</summary>
    private const double PupilsPerSchool = 1_000_000 / 1_900.0;

    /// <summary>Kindergartens for each school building: 2,400 for 1,900.</summary>
    private const double KindergartensPerSchool = 2_400 / 1_900.0;

    /// <summary>Pupils in all schools together; each has one account and one card.</summary>
    public required int Pupils { get; init; }

    /// <summary>School buildings with gates and a till.</summary>
    public required int Schools { get; init; }

    /// <summary>Pupils that share a gate: a turnstile lets some 20 a minute through.</summary>
    public int PupilsPerGate { get; init; } = 250;

    /// <summary>Kindergartens: buildings with one or two readers, without pupils of their own.</summary>
    public int Kindergartens { get; init; }

    /// <summary>What the sizes and radio numbers are drawn from.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The IANA zone of all buildings and accounts.</summary>
    public string TimeZone { get; init; } = "Europe/Moscow";

    /// <summary>A part of Moscow with so many pupils: buildings in the city's own proportion.</summary>
    public static CityPlan Moscow(int pupils, int seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pupils);
        var schools = Math.Max(1, (int)Math.Round(pupils / PupilsPerSchool));
        return new CityPlan
        {
            Pupils = pupils,
            Schools = schools,
            Kindergartens = (int)Math.Round(schools * KindergartensPerSchool),
            Seed = seed,
        };
    }
}
