using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;
using Zvonok.Domain.Lists;

namespace Zvonok.Domain.Tests.Lists;

[Trait("Rule", "O1")]
public sealed class ListRulesTests
{
    private static readonly ListKey Key = new ListMasterKey(new byte[ListMasterKey.Length]).Of(Given.School);
    private static readonly TokenKey TokenKey = new(new byte[TokenKey.Length]);
    private static readonly TokenKeys Tokens = new(TokenKey);

    private static readonly Card Card = new()
    {
        Token = new CardToken(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff")),
        Kind = CardKind.SchoolCard,
        State = CardState.Active,
        Account = Given.Number,
        Rights = new AccessRights(Given.School),
    };

    [Theory]
    [InlineData(CardState.Active, true)]
    [InlineData(CardState.Lost, true)]
    [InlineData(CardState.Blocked, true)]
    [InlineData(CardState.Issued, false)]
    [InlineData(CardState.Returned, false)]
    [InlineData(CardState.Destroyed, false)]
    [Trait("Rule", "C2")]
    public void A_card_is_listed_with_its_state_as_long_as_somebody_may_present_it(CardState state, bool isListed)
    {
        var list = Make(Given.Account(), cards: Card with { State = state, ExpiresAt = Given.Morning + Duration.FromMilliseconds(1_500) });

        ListedCard[] expected = isListed ? [new ListedCard(Key.TokenOf(TokenKey.DigestOf(Card.Token)), state, Given.Morning + Duration.FromSeconds(1))] : [];
        list.Holders.SelectMany(holder => holder.Cards).ShouldBe(expected);
    }

    [Fact]
    [Trait("Rule", "P4")]
    public void A_card_is_listed_where_its_rights_open_the_building()
    {
        Make(Given.Account(), cards: Card with { Rights = new AccessRights(Given.Club) }).Holders.ShouldBeEmpty();
        Make(Given.Account(), cards: Card with { Rights = new AccessRights(Given.Club, Given.School) }).Holders.Length.ShouldBe(1);
    }

    [Fact]
    [Trait("Rule", "P4")]
    public void A_card_is_listed_with_the_rules_about_the_building_and_they_say_there_what_they_say_of_the_card()
    {
        AccessRule[] rules =
        [
            new(IsDeny: false, Given.School, WeekdaySet.Of([IsoDayOfWeek.Tuesday])), new(IsDeny: true, null, Hours: new HourSpan(0, 480)), new(IsDeny: true, Given.Club), new(IsDeny: false, Given.Club),
        ];
        foreach (var rights in (AccessRights[])[new(Given.School, [], rules), new(Given.Club, [], rules), new(Given.Club, [Given.School], rules[2..])])
        {
            var listed = Make(Given.Account(), cards: Card with { Rights = rights }).Holders.ShouldHaveSingleItem().Cards.ShouldHaveSingleItem();

            listed.Rules.ShouldBe(rights.Rules.Where(rule => rule.Building != Given.Club), ignoreOrder: true);
            for (var hour = 0; hour < 7 * 24; hour++)
            {
                var at = Given.Morning + Duration.FromHours(hour);
                listed.Rights(Given.School).Check(Given.School, at, "Europe/Moscow").ShouldBe(rights.Check(Given.School, at, "Europe/Moscow"));
            }
        }

        Make(Given.Account(), cards: Card with { Rights = new AccessRights(Given.Club, [], [new(IsDeny: true, Given.School)]) }).Holders.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "C7")]
    public void While_the_token_key_is_being_replaced_a_card_is_found_whichever_made_its_token()
    {
        var uid = new byte[] { 4, 1, 2, 3 };
        TokenKey older = new([.. Enumerable.Repeat((byte)7, TokenKey.Length)]);
        foreach (var token in (CardToken[])[TokenKey.TokenOf(uid), older.TokenOf(uid)])
        {
            var list = ListRules.Make(Facts(Given.Account()) with { Cards = [Card with { Token = token }] }, DeviceKind.Gate, Key, new TokenKeys(TokenKey, older), Given.Morning, Duration.FromHours(72));

            list.Holders.ShouldHaveSingleItem().Cards.Count(card => card.Token == Key.TokenOf(CardDigest.Of(uid))).ShouldBe(1);
        }
    }

    [Fact]
    public void Two_cards_of_one_person_are_one_holder_so_that_what_is_sold_by_one_is_gone_for_the_other()
    {
        var phone = Card with { Token = new CardToken(Guid.Parse("ffffffff-4455-6677-8899-aabbccddeeff")), Kind = CardKind.Phone };

        var holder = Make(Given.Account(), cards: [Card, phone]).Holders.ShouldHaveSingleItem();

        holder.Handle.ShouldBe(17);
        holder.Cards.Select(card => card.Token).ShouldBe([Key.TokenOf(TokenKey.DigestOf(Card.Token)), Key.TokenOf(TokenKey.DigestOf(phone.Token))], ignoreOrder: true);
    }

    [Fact]
    public void A_gate_is_told_of_cards_and_nothing_else()
    {
        var account = Given.Account(meal: 50_000);
        account = account with { Profile = account.Profile with { StopList = new StopList(Allergens.Milk), Entitlements = Lunches(Weekdays) }, Orders = [Order(Given.Today)] };

        var gate = Make(account, audience: DeviceKind.Gate);

        gate.Holders.ShouldBe([new Holder { Handle = 17, Kind = AccountKind.Pupil, Cards = [new ListedCard(Key.TokenOf(TokenKey.DigestOf(Card.Token)), CardState.Active, null)] }]);
        (gate.Meals.Length, gate.Terms.Allowance, gate.Terms.Audience).ShouldBe((0, Money.Zero, DeviceKind.Gate));
        gate.Digest.ShouldBe(Make(Given.Account(meal: 1), audience: DeviceKind.Gate).Digest, "no sale and no change of a family's wishes reaches a gate");
    }

    [Fact]
    [Trait("Rule", "M10")]
    public void A_validator_is_told_of_cards_and_of_what_rides_may_come_to()
    {
        var account = Given.Account(meal: 50_000) with { Transport = new Money(20_000) };
        account = account with { Profile = account.Profile with { StopList = new StopList(Allergens.Milk), Entitlements = Lunches(Weekdays) }, Orders = [Order(Given.Today)] };

        var validator = Make(account, audience: DeviceKind.Validator);

        var allowance = new OfflineAllowance(new Money(20_000), new Money(20_000), new Money(20_000));
        validator.Holders.ShouldBe([Make(account, audience: DeviceKind.Gate).Holders[0] with { Allowance = allowance, NextAllowance = allowance }]);
        (validator.Meals.Length, validator.Terms.Allowance, validator.Terms.Audience).ShouldBe((0, new Money(30_000), DeviceKind.Validator));
        validator.Digest.ShouldBe(Make(account with { Meal = Money.Zero }, audience: DeviceKind.Validator).Digest, "no sale at a till reaches a validator");
    }

    [Theory]
    [Trait("Rule", "O2")]
    [Trait("Rule", "M10")]
    [InlineData(50_000, null, 30_000, 30_000)] // By policy, whoever has more.
    [InlineData(20_000, null, 20_000, 20_000)] // By the purse, which has no credit.
    [InlineData(-100, null, 0, 0)]
    [InlineData(50_000, 9_000, 2_000, 9_000)] // By the family's limit, of which 7,000 are ridden today.
    [InlineData(50_000, 6_000, 0, 6_000)]
    public void No_more_is_ridden_offline_than_policy_the_transport_purse_and_the_limit_of_rides_allow(long transport, int? limit, long today, long later)
    {
        var account = Given.Account(meal: 0) with { Transport = new Money(transport), SpentOn = Given.Today, Spent = new DaySpending(new Money(99_000), Money.Zero, new Money(7_000)) };
        account = account with { Profile = account.Profile with { RideLimit = limit is { } most ? new Money(most) : null } };

        OfflineAllowance.OnRides(account, new Money(30_000), Given.Today).Total.ShouldBe(new Money(today));
        OfflineAllowance.OnRides(account, new Money(30_000), Given.Today.PlusDays(1)).Total.ShouldBe(new Money(later));
        OfflineAllowance.OnRides(account with { Profile = account.Profile with { IsClosed = true } }, new Money(30_000), Given.Today).ShouldBe(OfflineAllowance.None);
    }

    [Fact]
    [Trait("Rule", "M5")]
    public void Meals_at_public_cost_are_those_that_are_left_of_today_and_those_of_the_next_day_of_meals()
    {
        var account = Given.Account() with { RedeemedOn = Given.Today, Redeemed = MealSet.Of(MealKind.Breakfast) };
        var list = new EntitlementList(
            new Entitlement(ContraAccount.Budget(5), MealSet.Of(MealKind.Lunch, MealKind.Breakfast), Weekdays, Given.Today, Given.Today.PlusDays(100)),
            new Entitlement(ContraAccount.Budget(6), MealSet.Of(MealKind.Dinner), Weekdays, Given.Today.PlusDays(-9), Given.Today));
        account = account with { Profile = account.Profile with { Entitlements = list } };

        var holder = Make(account).Holders[0];

        (holder.Meals, holder.NextMeals).ShouldBe((MealSet.Of(MealKind.Lunch, MealKind.Dinner), MealSet.Of(MealKind.Lunch, MealKind.Breakfast)));
    }

    [Theory]
    [InlineData(0, 1)] // Tuesday: Wednesday
    [InlineData(3, 3)] // Friday: Monday
    [InlineData(4, 2)]
    [InlineData(5, 1)]
    public void The_next_day_is_the_next_on_which_the_school_eats_whoever_else_has_a_meal_on_a_Sunday(int fromTuesday, int ahead)
    {
        var facts = Facts([.. Enumerable.Range(1, 10).Select(n => Eats(n, Weekdays)), Eats(99, WeekdaySet.Of(Enum.GetValues<IsoDayOfWeek>()))]);

        ListRules.NextDay(facts, Given.Today.PlusDays(fromTuesday)).ShouldBe(Given.Today.PlusDays(fromTuesday + ahead));
    }

    [Fact]
    public void The_next_day_is_tomorrow_where_nobody_has_a_meal() => ListRules.NextDay(Facts(Given.Account()), Given.Today).ShouldBe(Given.Today.PlusDays(1));

    [Fact]
    [Trait("Rule", "M6")]
    public void Orders_of_this_school_for_both_days_are_listed_by_what_they_are()
    {
        var account = Given.Account() with
        {
            Orders = [Order(Given.Today), Order(Given.Today.PlusDays(1)), Order(Given.Today.PlusDays(2)), Order(Given.Today, Given.Club)],
        };

        var list = Make(account);

        list.Meals.Select(meal => (meal.Day, meal.Meal, meal.Seller, meal.Products.Single())).ShouldBe(
            [(Given.Today, MealKind.Lunch, Given.Seller, new ListedProduct("LUNCH", 2)), (Given.Today.PlusDays(1), MealKind.Lunch, Given.Seller, new ListedProduct("LUNCH", 2))], ignoreOrder: true);
        list.Holders[0].Orders.ShouldBe(list.Meals.Select(meal => meal.Mark));
    }

    [Fact]
    [Trait("Rule", "M3")]
    public void An_order_that_the_stop_list_forbids_by_now_is_not_served_without_a_connection()
    {
        var account = Given.Account() with { Orders = [Order(Given.Today)] };
        account = account with { Profile = account.Profile with { StopList = new StopList(Allergens.Milk) } };

        Make(account).Holders[0].Orders.ShouldBeEmpty();
        Make(account with { Profile = account.Profile with { StopList = new StopList(buffet: StopStrength.Hard) } }).Holders[0].Orders.Length.ShouldBe(1);
    }

    [Fact]
    [Trait("Rule", "M3")]
    public void A_till_stops_by_its_list_what_the_core_stops() => Gen.Select(Lines, StopLists).Sample((line, stops) =>
    {
        var (hard, soft) = stops.Stopped([line], Given.Seller);

        ListedStops.Of(stops, Key)!.StopOf(line, Given.Seller, Key).ShouldBe(!hard.IsEmpty ? StopStrength.Hard : !soft.IsEmpty ? StopStrength.Soft : null);
    });

    [Theory]
    [Trait("Rule", "O2")]
    [Trait("Rule", "M4")]
    [InlineData(100_000, 0, 30_000, 30_000)] // By policy, whoever has more.
    [InlineData(20_000, 0, 20_000, 20_000)] // By the purse.
    [InlineData(20_000, -60_000, 30_000, 20_000)] // Credit for hot meals alone.
    [InlineData(-50_000, -60_000, 10_000, 0)]
    [InlineData(-60_000, -60_000, 0, 0)]
    [InlineData(-70_000, -60_000, 0, 0)]
    public void No_more_is_sold_offline_than_policy_allows_nor_than_the_purse_has_with_credit_for_hot_meals(long meal, long floor, long total, long buffet) =>
        OfflineAllowance.Of(Given.Account(meal), new Money(30_000), new Money(floor), Given.Today).ShouldBe(new OfflineAllowance(new Money(total), new Money(buffet), new Money(total)));

    [Fact]
    [Trait("Rule", "O2")]
    [Trait("Rule", "M2")]
    public void No_more_is_sold_offline_than_the_familys_limits_leave_of_the_day()
    {
        var account = Given.Account(meal: 50_000, limit: 25_000) with { SpentOn = Given.Today, Spent = new DaySpending(new Money(6_000), new Money(4_000)) };
        account = account with { Profile = account.Profile with { BuffetLimit = new Money(5_000), HotMealLimit = new Money(12_000) } };

        OfflineAllowance.Of(account, new Money(30_000), Money.Zero, Given.Today).ShouldBe(new OfflineAllowance(new Money(15_000), new Money(1_000), new Money(6_000)));
        OfflineAllowance.Of(account, new Money(30_000), Money.Zero, Given.Today.PlusDays(1)).ShouldBe(new OfflineAllowance(new Money(25_000), new Money(5_000), new Money(12_000)));
        OfflineAllowance.Of(account with { Spent = new DaySpending(new Money(30_000), Money.Zero) }, new Money(30_000), Money.Zero, Given.Today).ShouldBe(OfflineAllowance.None);
    }

    [Fact]
    [Trait("Rule", "M12")]
    public void A_closed_accounts_card_opens_the_gate_and_pays_nothing()
    {
        var account = Given.Account(meal: 50_000, isClosed: true);
        account = account with { Profile = account.Profile with { Entitlements = Lunches(Weekdays) } };

        Make(account).Holders.ShouldBe(Make(account, audience: DeviceKind.Gate).Holders);
        OfflineAllowance.Of(account, new Money(30_000), Money.Zero, Given.Today).ShouldBe(OfflineAllowance.None);
    }

    [Fact]
    public void A_list_says_whose_it_is_how_old_it_is_and_until_when_tills_sell_by_it()
    {
        var list = Make(Given.Account(meal: 50_000));

        list.Terms.ShouldBe(new ListTerms(Given.School, DeviceKind.Till, Key.Id, BuildingMode.Lockdown, Given.Zone, Given.Today, Given.Today.PlusDays(1), new Money(30_000)));
        (list.MadeAt, list.ValidUntil).ShouldBe((Given.Morning, Given.Morning + Duration.FromHours(72)));
    }

    [Fact]
    [Trait("Rule", "P3")]
    [Trait("Rule", "S3")]
    public void A_gate_is_told_of_hard_anti_passback_and_of_each_person_whether_they_come_in_during_a_lockdown_and_a_till_of_neither()
    {
        var guard = Given.Account();
        guard = guard with { Profile = guard.Profile with { Roles = RoleNames.Of("guard", "head") } };
        var strict = Facts(guard) with { Cards = [Card], Building = new BuildingProfile(Given.School, Given.Zone) { HasHardAntiPassback = true, LockdownRoles = RoleNames.Of("guard") } };
        var unnamed = strict with { Building = strict.Building with { LockdownRoles = RoleNames.Of("deputy") } };

        foreach (var (facts, audience, isHard, enters) in new[] { (strict, DeviceKind.Gate, true, true), (unnamed, DeviceKind.Gate, true, false), (strict, DeviceKind.Till, false, false) })
        {
            var list = ListRules.Make(facts, audience, Key, Tokens, Given.Morning, Duration.FromHours(72));
            (list.Terms.HasHardAntiPassback, list.Holders.ShouldHaveSingleItem().EntersInLockdown).ShouldBe((isHard, enters));
        }
    }

    private static readonly WeekdaySet Weekdays = WeekdaySet.Of(IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday);

    private static readonly Gen<SaleLine> Lines = Gen.Select(Gen.String[Gen.Char['A', 'C'], 1, 1], Gen.Enum<ProductCategory>(), Gen.Int[0, 3], (code, category, allergens) =>
        new SaleLine(code, category, 1, new Money(1), (Allergens)allergens));

    private static readonly Gen<StopList> StopLists = Gen.Select(
        Gen.Int[0, 3], Gen.Enum<StopStrength>().Nullable(), Gen.Enum<StopStrength>().Nullable(),
        Gen.Select(Gen.Int[6, 8], Gen.String[Gen.Char['A', 'C'], 1, 1], Gen.Enum<StopStrength>(), (seller, code, strength) => new ProductStop(ContraAccount.Operator(seller), code, strength)).Array[0, 4],
        (allergens, hot, buffet, products) => new StopList((Allergens)allergens, hot, buffet, products));

    private static EntitlementList Lunches(WeekdaySet days) =>
        new(new Entitlement(ContraAccount.Budget(5), MealSet.Of(MealKind.Lunch), days, Given.Today.PlusDays(-100), Given.Today.PlusDays(100)));

    private static AccountState Eats(long serial, WeekdaySet days)
    {
        var account = Given.Account();
        return account with { Profile = account.Profile with { Number = AccountNumber.FromSerial(serial), Entitlements = Lunches(days) } };
    }

    private static OpenOrder Order(LocalDate day, BuildingId? building = null) => new(1, Given.Operation(), new MealOrder(
        building ?? Given.School, day, MealKind.Lunch, Given.Seller, [new SaleLine("LUNCH", ProductCategory.HotMeal, 2, new Money(100), Allergens.Milk)], Given.Morning, IsKept: false));

    private static ListFacts Facts(params AccountState[] accounts) => new(
        new BuildingProfile(Given.School, Given.Zone), BuildingMode.Lockdown, new Money(30_000), Money.Zero, [],
        accounts.ToDictionary(account => account.Profile.Number), new Dictionary<AccountNumber, int> { [Given.Number] = 17 });

    private static OfflineList Make(AccountState account, DeviceKind audience = DeviceKind.Till, params Card[] cards) =>
        ListRules.Make(Facts(account) with { Cards = cards.Length == 0 ? [Card] : cards }, audience, Key, Tokens, Given.Morning + Duration.FromMilliseconds(20), Duration.FromHours(72));
}
