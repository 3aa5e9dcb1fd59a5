using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;
using Zvonok.Domain.Lists;
using Zvonok.Domain.Operations;
using Zvonok.Terminals.Lists;

namespace Zvonok.Terminals.Tests.Worlds;

/// <summary>A child of a world.</summary>
/// <param name="Index">0, 1, 2…; the handle on lists is one more.</param>
/// <param name="Uid">The radio number.</param>
/// <param name="Card">The card.</param>
/// <param name="AtFirst">The account before anything happens: with money in both purses, a right to lunch, an ordered dinner.</param>
internal sealed record Child(int Index, byte[] Uid, Card Card, AccountState AtFirst)
{
    public AccountNumber Account => Card.Account;

    public int Handle => Index + 1;
}

/// <summary>Who and what there is in a world, before anything happens.</summary>
internal sealed class School
{
    public const string Zone = "Europe/Moscow";
    public static readonly BuildingId Building = new(1501);
    public static readonly ContraAccount Seller = ContraAccount.Operator(7);
    public static readonly ContraAccount Carrier = ContraAccount.Carrier(12);
    private static readonly TokenKey TokenKey = new(new byte[TokenKey.Length]);
    private static readonly ListKey Key = new ListMasterKey(new byte[ListMasterKey.Length]).Of(Building);

    public School(Random random, Instant begin)
    {
        Allowance = new Money(random.Next(0, 4) * 10_000);
        Begin = begin;
        Children = [.. Enumerable.Range(0, random.Next(2, 5)).Select(index => Make(index, random))];
    }

    public BuildingProfile Profile { get; } = new(Building, Zone);

    public Instant Begin { get; }

    public Child[] Children { get; }

    /// <summary>What a till may sell to a child on a day without a connection, and a validator take for rides.</summary>
    public Money Allowance { get; }

    public static ListKey ListKey => Key;

    /// <summary>The list as the core makes it.</summary>
    public ListIndex ListFor(DeviceKind audience, Core core, Instant now) => ListIndex.Of(ListRules.Make(
        new ListFacts(
            Profile, core.Building.Mode, Allowance, Money.Zero, [.. Children.Select(child => child.Card)], Children.ToDictionary(child => child.Account, child => core.Of(child).Account),
            Children.ToDictionary(child => child.Account, child => child.Handle)),
        audience, Key, new TokenKeys(TokenKey), now, Duration.FromHours(72)));

    private Child Make(int index, Random random)
    {
        var account = AccountNumber.FromSerial(4_000 + index);
        var uid = BitConverter.GetBytes(random.Next());
        var card = new Card { Token = TokenKey.TokenOf(uid), Kind = CardKind.SchoolCard, State = random.Next(8) == 0 ? CardState.Lost : CardState.Active, Account = account, Rights = new AccessRights(Building), Holder = AccountKind.Pupil };
        var day = Begin.InZone(DateTimeZoneProviders.Tzdb[Zone]).Date;
        var lunches = new Entitlement(ContraAccount.Budget(5), MealSet.Of(MealKind.Lunch), WeekdaySet.Of(Enum.GetValues<IsoDayOfWeek>().Skip(1)), day.PlusDays(-9), day.PlusDays(9));
        OpenOrder[] orders = random.Next(2) == 0 ? [] :
        [
            new OpenOrder(1, OperationId.Create(Begin, random), new MealOrder(Building, day, MealKind.Dinner, Seller, [new SaleLine("DINNER", ProductCategory.HotMeal, 1, new Money(9_000), Allergens.None)], Begin, IsKept: false)),
        ];
        return new Child(index, uid, card, new AccountState
        {
            Profile = new AccountProfile { Number = account, Kind = AccountKind.Pupil, ZoneId = Zone, Entitlements = new EntitlementList(lunches), DailyLimit = random.Next(3) == 0 ? new Money(25_000) : null, RideLimit = random.Next(3) == 0 ? new Money(9_000) : null },
            Meal = new Money(random.Next(0, 6) * 8_000),
            Transport = new Money(random.Next(0, 6) * 3_000),
            Orders = orders,
        });
    }
}
