using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Accounts;

/// <summary>The commands of an account.</summary>
public enum CommandKind
{
    Sale,
    Reversal,
    TopUp,
    LimitChange,
    StopListChange,
    Ride,
    EntitlementChange,
    Transfer,
    FeeCharge,
    OrderChange,
}

/// <summary>
/// An account with two sales behind it (entries 2 and 3) and money for rides, to which every kind of command can be given, in two versions
/// that differ in content. The next entry is number 5.
/// </summary>
internal sealed class AccountCase
{
    public const long NextSeq = 5;

    private readonly TestCluster _cluster;

    private readonly AccountNumber _sister;

    private AccountCase(TestCluster cluster, AccountNumber number, AccountNumber sister) => (_cluster, Number, Grain, _sister) = (cluster, number, cluster.Account(number), sister);

    public AccountNumber Number { get; }

    public IAccountGrain Grain { get; }

    public static async Task<AccountCase> Create(OneSilo silo)
    {
        var account = new AccountCase(silo.Cluster, await silo.NewAccount(meal: 100_000), await silo.NewAccount());
        for (var sale = 0; sale < 2; sale++)
            (await account.Grain.Sell(Given.Sale(silo.Cluster.NextId()), CardRefusal.None)).Refusal.ShouldBe(AccountRefusal.None);
        (await account.Grain.TopUp(Given.TopUp(silo.Cluster.NextId(), 9_000, $"RIDES-{account.Number}", Purse.Transport))).Refusal.ShouldBe(AccountRefusal.None);
        return account;
    }

    /// <summary>Gives one of the commands.</summary>
    public ValueTask<AccountAnswer> Do(CommandKind kind, OperationId operation, int version = 0) => kind switch
    {
        CommandKind.Sale => Grain.Sell(Given.Sale(operation, 1_000 + version), CardRefusal.None),
        CommandKind.Reversal => Grain.Reverse(Given.Reversal(operation, 2 + version)),
        CommandKind.TopUp => Grain.TopUp(Given.TopUp(operation, 5_000 + version, $"CASE-{operation}")),
        CommandKind.StopListChange => Grain.Change(Given.StopListChange(operation, new StopList(buffet: version == 0 ? StopStrength.Soft : StopStrength.Hard))),
        CommandKind.Ride => Grain.Ride(Given.Ride(operation, 1_000 + version), CardRefusal.None),
        CommandKind.EntitlementChange => Grain.Change(Given.EntitlementChange(operation, new EntitlementList(
            new Entitlement(ContraAccount.Budget(5 + version), MealSet.Of(MealKind.Lunch), WeekdaySet.Of(IsoDayOfWeek.Monday), new LocalDate(2026, 9, 1), new LocalDate(2026, 9, 30))))),
        CommandKind.OrderChange => Grain.ChangeOrders(Given.OrderChange(operation, placed: Given.Order(4_000) with { Meal = version == 0 ? MealKind.Lunch : MealKind.Dinner })),
        CommandKind.FeeCharge => Grain.Charge(Given.Fee(operation, 3_000) with { Reference = version == 0 ? null : new BankReference(3, $"FEE-{operation}") }),
        CommandKind.Transfer => Grain.Transfer(Given.Transfer(operation, _sister, 2_000 + version)),
        _ => Grain.Change(Given.LimitChange(operation, 90_000 + version)),
    };

    /// <summary>How the meal purse looks after the first version of a command.</summary>
    public static Money MealAfter(CommandKind kind) => new(kind switch
    {
        CommandKind.Sale => 79_000,
        CommandKind.Reversal => 90_000,
        CommandKind.TopUp => 85_000,
        CommandKind.Transfer => 78_000,
        CommandKind.FeeCharge => 77_000,
        CommandKind.OrderChange => 76_000,
        _ => 80_000,
    });

    /// <summary>How the transport purse looks then.</summary>
    public static Money TransportAfter(CommandKind kind) => new(kind == CommandKind.Ride ? 8_000 : 9_000);

    public async Task<AccountView> View() => (await Grain.Get()).ShouldNotBeNull();

    public Task<IReadOnlyList<Entry>> Ledger() => _cluster.Ledger(Number);

    /// <summary>Nothing but what was there before.</summary>
    public async Task ShouldBeUntouched()
    {
        (await Ledger()).Count.ShouldBe((int)NextSeq - 1);
        var view = await View();
        view.Seq.ShouldBe(NextSeq - 1);
        view.Meal.ShouldBe(new Money(80_000));
        view.Profile.DailyLimit.ShouldBeNull();
    }
}
