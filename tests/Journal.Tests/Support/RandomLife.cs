using Zvonok.Domain.Reports;

namespace Zvonok.Journal.Tests.Support;

/// <summary>What happens next to a child.</summary>
/// <param name="Minutes">After what happened before.</param>
/// <param name="Lateness">How many minutes later it is recorded.</param>
/// <param name="What">0 to 12.</param>
/// <param name="Number">An amount, a building or an earlier entry.</param>
internal readonly record struct LifeStep(int Minutes, int Lateness, int What, int Number);

/// <summary>A child's weeks, made by the rules from steps drawn at random: entries and passages, those of a neighbour among them.</summary>
internal sealed class RandomLife
{
    /// <summary>The first and the last calendar day that steps can reach, and some around them.</summary>
    public static readonly Gen<LocalDate> Days = Gen.Int[-3, 40].Select(new LocalDate(2026, 10, 23).PlusDays);

    public static readonly Gen<string> Zones = Gen.OneOf(
        new[] { "Europe/Kaliningrad", "Europe/Moscow", "Asia/Omsk", "Asia/Kamchatka", "Europe/Berlin" }.Select(Gen.Const).ToArray());

    public static readonly Gen<LifeStep[]> Steps = Gen.Select(
        Gen.Frequency((1, Gen.Const(0)), (6, Gen.Int[1, 200]), (2, Gen.Int[200, 1_600])), Gen.Frequency((5, Gen.Const(0)), (1, Gen.Int[1, 719])), Gen.Int[0, 12], Gen.Int[0, 5_000],
        (minutes, lateness, what, number) => new LifeStep(minutes, lateness, what, number)).Array[1, 80];

    private readonly List<object> _rows = [];
    private readonly List<long> _sales = [];
    private readonly BuildingState[] _buildings;
    private readonly AccountNumber _neighbour;
    private AccountState _account;

    public RandomLife(int n, string zone, LifeStep[] steps)
    {
        Zone = zone;
        _neighbour = Given.Number(500_000 + n);
        _buildings = [.. Enumerable.Range(1, 2).Select(i => new BuildingState(new BuildingProfile(new BuildingId(2 * n + i), zone)))];
        _account = new AccountState { Profile = Given.Account(n) with { ZoneId = zone, Entitlements = Lunches } };
        // Two days before the clock is put back in Berlin, and with it in the others' autumn.
        Now = Instant.FromUtc(2026, 10, 23, 5, 0);
        foreach (var step in steps) Live(step);
    }

    public string Zone { get; }

    public AccountProfile Profile => _account.Profile;

    /// <summary>After the last step.</summary>
    public Instant Now { get; private set; }

    /// <summary>Entries and passages in the order in which they came, the neighbour's too.</summary>
    public IReadOnlyList<object> Rows => _rows;

    private static EntitlementList Lunches => new([new Entitlement(
        ContraAccount.Budget(5), MealSet.Of(MealKind.Lunch), WeekdaySet.Of(Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None)), new(2026, 1, 1), new(2027, 12, 31))]);

    /// <summary>The child's own, newest first, told from the definition.</summary>
    public static IReadOnlyList<object> NewestFirst(IEnumerable<object> rows, AccountNumber account) =>
    [
        .. rows.Where(row => row is Entry || row is Passage passage && passage.Account == account)
            .OrderByDescending(RecordedAt)
            .ThenBy(row => row is Entry ? 0 : 1)
            .ThenByDescending(row => row is Passage passage ? passage.Building.Value : 0)
            .ThenByDescending(row => row is Passage passage ? passage.Seq : ((Entry)row).Seq),
    ];

    public static Instant RecordedAt(object row) => row is Entry entry ? entry.RecordedAt : ((Passage)row).RecordedAt;

    public static Instant EventAt(object row) => row is Entry entry ? entry.EventAt : ((Passage)row).EventAt;

    /// <summary>What a family calls it.</summary>
    public static HistoryKind KindOf(object row) => row is Entry entry ? HistoryKinds.Of(entry.Kind) : HistoryKind.Passage;

    /// <summary>Writes rows, one after the other.</summary>
    public static async Task Commit(TestJournal journal, IEnumerable<object> rows)
    {
        foreach (var row in rows)
        {
            if (row is Entry entry) await journal.Commit(entry);
            else await journal.Commit((Passage)row);
        }
    }

    private void Live(LifeStep step)
    {
        Now += Duration.FromMinutes(step.Minutes);
        var at = Now - Duration.FromMinutes(step.Lateness);
        switch (step.What)
        {
            case 0: Record(AccountRules.Decide(_account, new TopUp { Operation = Id, EventTime = at, Purse = Purse.Meal, Amount = new Money(step.Number + 1), Reference = new BankReference(3, "R") }, Now)); break;
            case 1: Record(AccountRules.Decide(_account, new TopUp { Operation = Id, EventTime = at, Purse = Purse.Transport, Amount = new Money(step.Number + 1), Reference = new BankReference(3, "R") }, Now)); break;
            case 2: Sell(step.Number % 400, step.Number % 7, at); break;
            case 3: Record(AccountRules.Decide(_account, new Ride { Operation = Id, EventTime = at, Device = new DeviceId(7), Carrier = ContraAccount.Carrier(12), Fare = new Money(step.Number % 400 + 1) }, CardRefusal.None, DaySpending.None, Now)); break;
            case 4: Redeem(at); break;
            case 5 when _sales.Count > 0: Reverse(_sales[step.Number % _sales.Count], step.Number % 3, at); break;
            case 6: Record(AccountRules.Decide(_account, new LimitChange { Operation = Id, Limit = null }, Now)); break;
            case 7: Tap(step, Direction.In, _account.Profile.Number, at); break;
            case 8: Tap(step, Direction.Out, _account.Profile.Number, at); break;
            case 9: Tap(step, Direction.In, _neighbour, at); break;
            case 10: Record(_buildings[0], building => BuildingRules.Decide(building, Admission(step, at), Now)); break;
            default: Report(step); break;
        }
    }

    private OperationId Id => Given.Operation(Now);

    private void Sell(int hotMeal, int buffet, Instant at)
    {
        SaleLine[] lines = [Given.Lunch with { UnitPrice = new Money(hotMeal) }, Given.Lunch with { Category = ProductCategory.Buffet, UnitPrice = new Money(buffet) }];
        var sale = new Sale { Operation = Id, EventTime = at, Device = new DeviceId(5), Seller = Given.Seller, Lines = lines, Total = new Money(hotMeal + buffet), CreditFloor = new Money(-1_000_000) };
        if (Record(AccountRules.Decide(_account, sale, CardRefusal.None, DaySpending.None, Now)) is { } sold) _sales.Add(sold);
    }

    private void Redeem(Instant at)
    {
        var meal = new Redemption { Operation = Id, EventTime = at, Device = new DeviceId(5), Seller = Given.Seller, Meal = MealKind.Lunch, Lines = [Given.Lunch], Total = Given.Lunch.Total };
        var day = AccountRules.LimitDayOf(_account, meal, Now);
        var had = MealsHad.Of(_rows.OfType<Entry>().Where(entry => entry.LimitDay == day)).AtPublicCost.Keys;
        if (Record(AccountRules.Decide(_account, meal, CardRefusal.None, MealSet.Of(had), Now)) is { } served) _sales.Add(served);
    }

    private void Reverse(long seq, int lines, Instant at)
    {
        var sale = _rows.OfType<Entry>().Single(entry => entry.Seq == seq);
        var reversed = _rows.OfType<Entry>().Where(entry => entry.ReversedSeq == seq).Aggregate(LineSet.None, (all, entry) => all | (entry.ReversedLines.IsEmpty ? LineSet.All : entry.ReversedLines));
        var wanted = lines < sale.Lines.Length ? LineSet.Of(lines) : LineSet.None;
        Record(AccountRules.Decide(_account, new Reversal { Operation = Id, EventTime = at, Device = new DeviceId(5), Seller = Given.Seller, SaleSeq = seq, Lines = wanted }, sale, reversed, Now));
    }

    private long? Record(AccountDecision decision)
    {
        if (decision.Entry is not { } entry) return null;
        _rows.Add(entry);
        _account = AccountRules.Evolve(_account, entry);
        return entry.Seq;
    }

    private void Tap(LifeStep step, Direction direction, AccountNumber account, Instant at)
    {
        var building = _buildings[step.Number % _buildings.Length];
        // Some are refused.
        var card = Given.Card() with { Account = account, State = step.Number % 11 == 0 ? CardState.Blocked : CardState.Active, Rights = new AccessRights(building.Profile.Id) };
        var tap = new Tap { Operation = Id, Token = card.Token, Device = new DeviceId(6), Building = building.Profile.Id, Direction = direction, EventTime = at };
        Record(building, building => BuildingRules.Decide(building, tap, card, Now));
    }

    private ManualAdmission Admission(LifeStep step, Instant at) => new()
    {
        Operation = Id, Account = _account.Profile.Number, Device = new DeviceId(6), Direction = step.Number % 2 == 0 ? Direction.In : Direction.Out,
        Vouching = new Vouching(Given.Number(77), "Forgotten"), EventTime = at,
    };

    // About one of all passages so far, as late as that: some are refused.
    private void Report(LifeStep step)
    {
        var passages = _rows.OfType<Passage>().ToList();
        if (passages.Count == 0) return;
        var named = passages[step.Number % passages.Count];
        var report = new GateEvent { Operation = Id, Kind = GateEventKind.NotPassed, Device = new DeviceId(6), Passage = new PassageName(named.Seq, named.Operation) };
        Record(_buildings.Single(building => building.Profile.Id == named.Building), building => BuildingRules.Decide(building, report, [.. passages.Where(one => one.Building == named.Building)], Now));
    }

    private void Record(BuildingState building, Func<BuildingState, Passage> decide)
    {
        var passage = decide(building);
        BuildingRules.Evolve(building, passage);
        _rows.Add(passage);
    }
}
