using System.Collections.Concurrent;
using Zvonok.Family.V1;
using Zvonok.Gate.V1;
using Zvonok.Till.V1;

namespace Zvonok.History.Load;

/// <summary>
/// Draws operations of a city's pupils, or of some of them: of ten, five are sales, two taps, two top-ups and one takes an earlier sale back. With
/// <paramref name="limits"/> one sale in eight gives way to a change of the daily limit.
/// </summary>
public sealed class Mix(IReadOnlyList<Pupil> pupils, OperationIds ids, bool limits = false)
{
    private const int Provider = 3;
    private const int LimitMax = 20_000;

    private readonly ConcurrentQueue<ReversibleSale> _sales = new();

    public Mix(City city, OperationIds ids, bool limits = false)
        : this([.. Enumerable.Range(0, city.Plan.Pupils).Select(city.PupilAt)], ids, limits)
    {
    }

    /// <summary>The next operation.</summary>
    public Operation Next(Random random) => random.Next(10) switch
    {
        < 5 => limits && random.Next(8) == 0 ? Limit(AnyPupil(random), random) : Sale(AnyPupil(random)),
        < 7 => Tap(AnyPupil(random), random),
        < 9 => TopUp(AnyPupil(random), 100 + random.Next(400)),
        _ => TryReversal(random) ?? Sale(AnyPupil(random)),
    };

    /// <summary>Somebody.</summary>
    public Pupil AnyPupil(Random random) => pupils[random.Next(pupils.Count)];

    public Operation Sale(Pupil pupil) => new SaleOperation(
        TillLink.Request(ids.Next(), pupil.School.Till, pupil.CardUid, Menu.LinesFor(pupil.Index)), pupil.Account.Value);

    public Operation Tap(Pupil pupil, Random random) => new TapOperation(
        GateLink.Request(ids.Next(), pupil.Gate, pupil.CardUid, (Direction)random.Next(1, 4)), pupil.School.Building.Value, pupil.Account.Value);

    public Operation TopUp(Pupil pupil, long amount)
    {
        var id = ids.Next();
        return new TopUpOperation(new TopUpRequest
        {
            OperationId = id,
            AccountNumber = pupil.Account.Value,
            Purse = Purse.Meal,
            AmountKopecks = amount,
            ProviderId = Provider,
            BankReference = Convert.ToHexString(id.Span),
        });
    }

    /// <summary>Every third lifts the limit; the others set one that a busy account reaches within minutes.</summary>
    public Operation Limit(Pupil pupil, Random random)
    {
        var change = new SetDailyLimitRequest { OperationId = ids.Next(), AccountNumber = pupil.Account.Value };
        if (random.Next(3) > 0) change.LimitKopecks = random.Next(LimitMax);
        return new LimitOperation(change);
    }

    public Operation Reversal(long account, long sale, int till) => new ReversalOperation(new ReverseSaleRequest
    {
        OperationId = ids.Next(),
        DeviceId = till,
        AccountNumber = account,
        SaleEntryNumber = sale,
    });

    /// <summary>A sale that was granted may be taken back later.</summary>
    public void Keep(Operation operation, Answer answer)
    {
        if (operation is SaleOperation sale && answer is EntryAnswer entry) _sales.Enqueue(new(entry.Account, entry.Seq, sale.Request.DeviceId));
    }

    // One sale in four stays in the queue: taking it back twice is refused.
    private Operation? TryReversal(Random random)
    {
        if (!_sales.TryDequeue(out var sale)) return null;
        if (random.Next(4) == 0) _sales.Enqueue(sale);
        return Reversal(sale.Account, sale.Seq, sale.Till);
    }

    private readonly record struct ReversibleSale(long Account, long Seq, int Till);
}
