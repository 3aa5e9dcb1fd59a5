using Zvonok.Grains.Tests.Model.Naive;

namespace Zvonok.Grains.Tests.Model;

/// <summary>Draws what happens next to a child. It looks at the naive account, so that what it draws often lies just at a limit, at a balance or at midnight, or one beside it.</summary>
internal sealed partial class Draw(Random random, NaiveFamily family, BuildingId school, NaiveZone schoolZone)
{
    private const long AmountMax = 10_000_000;

    private int _operations;

    public NaiveAccount Child() => OneOf(family.Children);

    public bool Chance(int percent) => random.Next(100) < percent;

    public T OneOf<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];

    /// <summary>Mostly one of the last.</summary>
    public T Recent<T>(IReadOnlyList<T> all) => all[^(1 + random.Next(Chance(70) ? Math.Min(all.Count, 20) : all.Count))];

    public CardRefusal Card() => Chance(2) ? CardRefusal.Lost : CardRefusal.None;

    public AccountCommand Command(NaiveAccount child, Instant now) => random.Next(1_000) switch
    {
        < 230 => Sale(child, now),
        < 330 => Redemption(child, now),
        < 410 => Ride(child, now),
        < 530 => Reversal(child, now),
        < 640 => TopUp(child, now),
        < 690 => Limit(child, now),
        < 715 => Stops(child, now),
        < 740 => Rights(child, now),
        < 820 => Transfer(child, Chance(3) ? AccountNumber.FromSerial(99_999) : Child().Number, now),
        < 900 => Orders(child, now),
        < 970 => OrderRedemption(child, now),
        < 999 => Fee(child, now),
        _ => Closing(child, now),
    };

    /// <summary>A name that no operation has had: made at this moment, or long ago by a device that has only now found its network.</summary>
    public OperationId Operation(Instant now) =>
        OperationId.Create(Chance(4) ? now - Duration.FromMinutes(random.Next(3 * 24 * 60)) : now + Duration.FromMilliseconds(_operations++ % 500_000), random);

    /// <summary>A device's time of an event: none, lately, at midnight, at the end of what is believed, or beyond it.</summary>
    public Instant? EventTime(NaiveAccount child, Instant now) => random.Next(10) switch
    {
        < 3 => null,
        < 7 => now - Duration.FromMinutes(random.Next(12 * 60)) - Part(),
        7 => Instant.FromUnixTimeMilliseconds(child.Zone.StartOf(child.Zone.DayOf(now.ToUnixTimeMilliseconds()))) + Beside(),
        8 => now - Duration.FromHours(12) + Beside(),
        _ => now + Beside() * random.Next(100_000),
    };

    /// <summary>One of the amounts, or one kopeck beside it, as far as it is an amount; else any.</summary>
    private long Amount(int max, params long?[] aims)
    {
        var any = random.Next(1, max);
        if (!Chance(30)) return any;
        var aim = (OneOf(aims) ?? any) + random.Next(3) - 1;
        return aim is > 0 and <= AmountMax ? aim : any;
    }

    private Duration Beside() => Duration.FromMilliseconds(random.Next(3) - 1) - Part();

    // Clocks of devices are finer than what is kept.
    private Duration Part() => Chance(20) ? Duration.FromTicks(random.Next(10_000)) : Duration.Zero;

    private T[] Some<T>(params T[] all) => [.. all.Where(_ => Chance(25))];

    private static int Today(NaiveAccount child, Instant now) => child.Zone.DayOf(now.ToUnixTimeMilliseconds());
}
