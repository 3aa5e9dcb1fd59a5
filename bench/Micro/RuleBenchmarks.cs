namespace Zvonok.Micro;

/// <summary>The pure rules: what a sale and a tap cost without anything around them.</summary>
[MemoryDiagnoser]
public class RuleBenchmarks
{
    private readonly AccountState _account = Samples.Account;
    private readonly Sale _sale = Samples.Sale(Samples.Now);
    private readonly Entry _entry = Samples.Entry();
    private readonly Tap _tap = Samples.Tap(Samples.Now);
    private readonly BuildingState _building = Crowded();

    /// <summary>Decides a sale of three lines.</summary>
    [Benchmark]
    public AccountDecision DecideSale() => AccountRules.Decide(_account, _sale, CardRefusal.None, DaySpending.None, Samples.Now);

    /// <summary>Applies its entry.</summary>
    [Benchmark]
    public AccountState EvolveSale() => AccountRules.Evolve(_account, _entry);

    /// <summary>Digests what the sale asks for.</summary>
    [Benchmark]
    public Fingerprint FingerprintOfSale() => _sale.Fingerprint;

    /// <summary>Decides a tap at a reader that does not know the direction, with a thousand people inside.</summary>
    [Benchmark]
    public Passage DecideTap() => BuildingRules.Decide(_building, _tap, Samples.Card, Samples.Now);

    /// <summary>Decides a tap and applies its passage.</summary>
    [Benchmark]
    public long DecideAndEvolveTap()
    {
        BuildingRules.Evolve(_building, BuildingRules.Decide(_building, _tap, Samples.Card, Samples.Now));
        return _building.Seq;
    }

    private static BuildingState Crowded() => BuildingState.From(
        new BuildingProfile(Samples.School, "Europe/Moscow"), 1_000, Samples.Now.InUtc().Date,
        PresenceSnapshot.OfInside(Enumerable.Range(100, 1_000).Select(serial => KeyValuePair.Create(AccountNumber.FromSerial(serial), Samples.Now))));
}
