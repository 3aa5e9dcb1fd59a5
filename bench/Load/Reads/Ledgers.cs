using Zvonok.Domain.Accounts;
using Zvonok.Domain.Cards;
using Zvonok.Grains.Journal;

namespace Zvonok.Load.Reads;

/// <summary>The entries of a month, decided by the rules that decide them in the grains.</summary>
internal sealed class Ledgers
{
    private const int Provider = 3;

    private static readonly SaleLine[][] Meals = [.. Enumerable.Range(0, 2).Select(pupil => Menu.LinesFor(pupil).Select(ToDomain).ToArray())];

    private readonly City _city;
    private readonly SchoolMonth _month;
    private readonly AccountState[] _accounts;
    private readonly Random _random;

    public Ledgers(City city, SchoolMonth month)
    {
        (_city, _month, _random) = (city, month, new Random(city.Plan.Seed));
        _accounts = [.. Enumerable.Range(0, city.Plan.Pupils).Select(pupil => new AccountState
        {
            Profile = new AccountProfile { Number = city.PupilAt(pupil).Account, Kind = AccountKind.Pupil, ZoneId = city.Plan.TimeZone },
        })];
    }

    /// <summary>In the order of their times.</summary>
    public IEnumerable<AccountAppend> Write()
    {
        for (var day = 0; day < _month.Days.Count; day++)
        {
            if (SchoolMonth.IsPayday(day))
                foreach (var (pupil, at) in _month.Walk(day, DayPart.TopUp)) yield return TopUp(pupil, day, at);
            foreach (var (pupil, at) in _month.Walk(day, DayPart.Lunch))
                if (SchoolMonth.Attends(pupil, day)) yield return Sell(pupil, at);
        }
    }

    private AccountAppend TopUp(int pupil, int day, Instant at)
    {
        var topUp = new TopUp
        {
            Operation = OperationId.Create(at, _random),
            Purse = Purse.Meal,
            Amount = SchoolMonth.TopUp,
            Reference = new BankReference(Provider, $"month-{day}-{pupil}"),
        };
        return new AccountAppend(Happened(pupil, AccountRules.Decide(_accounts[pupil], topUp, at))) { Reference = topUp.Reference };
    }

    private AccountAppend Sell(int pupil, Instant at)
    {
        var school = _city.PupilAt(pupil).School;
        ref var account = ref _accounts[pupil];
        var sale = new Sale
        {
            Operation = OperationId.Create(at, _random),
            Device = school.Till,
            Seller = ContraAccount.Operator(school.OperatorId),
            Lines = Meals[pupil % Meals.Length],
            Total = new Money(Menu.PriceFor(pupil)),
        };
        var spent = AccountRules.SpentOn(account, AccountRules.LimitDayOf(account, sale, at))!.Value;
        return new AccountAppend(Happened(pupil, AccountRules.Decide(account, sale, CardRefusal.None, spent, at)));
    }

    private Entry Happened(int pupil, AccountDecision decision)
    {
        var entry = decision.Entry ?? throw new InvalidOperationException($"A month without refusals was meant, and {decision.Refusal} came.");
        _accounts[pupil] = AccountRules.Evolve(_accounts[pupil], entry);
        return entry;
    }

    private static SaleLine ToDomain(Till.V1.SaleLine line) => new(
        line.ProductCode,
        (ProductCategory)line.Category,
        line.Quantity,
        new Money(line.UnitPriceKopecks),
        line.Allergens.Aggregate(Allergens.None, (all, one) => all | (Allergens)(1 << (int)one - 1)));
}
